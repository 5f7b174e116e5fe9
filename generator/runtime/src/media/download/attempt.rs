//! Requests for media, or for the rest of it.

use std::{pin::pin, time::Duration};

use http::{HeaderValue, header};

use super::{
    opening::{Opening, Unsatisfied},
    range::Part,
    redirect,
    version::Version,
};
use crate::{
    call::{
        prepared::Prepared,
        retry::{Attempts, within},
    },
    error::{self, Error, MediaError, Result},
    media::policy,
};

/// A reply, the attempts that it took, and the time limit of the last.
pub(super) struct Attempted {
    pub(super) opening: Opening,
    pub(super) form: Form,
    pub(super) attempts: Attempts,
    pub(super) limit: Option<Duration>,
}

/// The form in which media comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// As it is stored, without being accepted in any compressed form.
    Stored,
    /// As it is stored, which takes accepting it compressed.
    StoredCompressed,
    /// Decompressed on its way, so that ranges do not count its bytes.
    Decompressed,
}

/// Facts that the replies so far have stated, and to which later ones are held.
#[derive(Clone, Debug)]
pub(super) struct Pinned {
    version: Version,
    pub(super) total: Option<u64>,
    coding: Option<HeaderValue>,
    form: Form,
    redirected: bool,
}

impl Pinned {
    pub(super) fn new(opening: &Opening, form: Form) -> Self {
        Self {
            version: opening.version.clone(),
            total: opening.total,
            coding: opening.coding().cloned(),
            form,
            redirected: opening.redirected,
        }
    }

    /// Returns whether a reply goes on with what came before.
    fn admits(&self, later: &Opening) -> bool {
        let same_total = self.total.is_none() || later.total.is_none() || self.total == later.total;
        let is_decompressed = self.form == Form::Decompressed;
        same_total
            && self.version.admits(&later.version)
            && self.coding.as_ref() == later.coding()
            && is_decompressed == later.is_decompressed()
    }

    /// Holds later replies to this one as well.
    pub(super) fn bind(&mut self, later: &Opening) {
        self.version.bind(later.version.clone());
        self.total = self.total.or(later.total);
        self.redirected = later.redirected;
    }

    /// Returns whether a 416 reply to a request for the rest is the end of the media.
    ///
    /// # Errors
    ///
    /// If it is that of another version.
    fn ends(&self, error: &Error, position: u64) -> Result<bool> {
        let Some(Unsatisfied { total: Some(total) }) = Unsatisfied::of(error) else {
            return Ok(false);
        };
        let version = error.http_headers().map(Version::of).unwrap_or_default();
        // Preconditions are evaluated before ranges, so that the service has vouched for the tag.
        let is_same = self.version.admits(&version)
            || (self.version.condition().is_some() && version.is_unnamed());
        if self.total.is_some_and(|known| known != total) || !is_same {
            return Err(error::media(MediaError::Changed));
        }
        Ok(total == position)
    }
}

/// Requests a part of the media, or everything.
pub(super) async fn first(request: &Prepared, part: Option<&Part>) -> Result<Attempted> {
    let mut attempts = attempts(request);
    loop {
        let limit = attempts.begin();
        let outcome = once(request, part, None, Form::Stored, &mut attempts, limit).await;
        match outcome {
            Ok(opening) => {
                let (opening, form) = stored(request, part, opening, &mut attempts, limit).await?;
                attempts.succeeded();
                return Ok(Attempted {
                    opening,
                    form,
                    attempts,
                    limit,
                });
            }
            Err(error) if policy::is_final(&error) => return Err(error),
            Err(error) => match Opening::of_nothing(&error, part) {
                Some(opening) => {
                    attempts.succeeded();
                    return Ok(Attempted {
                        opening,
                        form: Form::Stored,
                        attempts,
                        limit,
                    });
                }
                None => attempts.failed(error, true).await?,
            },
        }
    }
}

/// Requests once more what the service decompressed, accepting it compressed: Cloud Storage then
/// [sends it as it is stored](https://docs.cloud.google.com/storage/docs/transcoding). If it does not,
/// there is only what came, as long as that is everything.
async fn stored(
    request: &Prepared,
    part: Option<&Part>,
    opening: Opening,
    attempts: &mut Attempts,
    limit: Option<Duration>,
) -> Result<(Opening, Form)> {
    if !opening.is_decompressed() {
        return Ok((opening, Form::Stored));
    }
    let form = Form::StoredCompressed;
    let again = once(request, part, None, form, attempts, limit).await;
    match again.unwrap_or(opening) {
        opening if !opening.is_decompressed() => Ok((opening, form)),
        opening if part.is_none() => Ok((opening, Form::Decompressed)),
        _ => Err(error::media(MediaError::Decompressed)),
    }
}

/// Requests the rest, after a failure if there was one, or finds that there is none.
pub(super) async fn again(
    request: &Prepared,
    part: &Part,
    pinned: &Pinned,
    mut attempts: Attempts,
    mut failure: Option<Error>,
) -> Result<Option<Attempted>> {
    let (form, condition) = (pinned.form, Some(pinned));
    let part_of_stored = (form != Form::Decompressed).then_some(part);
    loop {
        if let Some(failure) = failure.take() {
            attempts.failed(failure, true).await?;
        }
        let limit = attempts.begin();
        let outcome = once(
            request,
            part_of_stored,
            condition,
            form,
            &mut attempts,
            limit,
        )
        .await;
        match outcome {
            Ok(opening) if !pinned.admits(&opening) => {
                return Err(error::media(MediaError::Changed));
            }
            Ok(mut opening) => {
                if part_of_stored.is_none() {
                    opening.skip = part.start;
                }
                attempts.succeeded();
                return Ok(Some(Attempted {
                    opening,
                    form,
                    attempts,
                    limit,
                }));
            }
            Err(error) if pinned.version.condition().is_some() && is_unmet(&error) => {
                return Err(error::media(MediaError::Changed));
            }
            Err(error) if policy::is_final(&error) => return Err(error),
            Err(error) if pinned.ends(&error, part.start)? => return Ok(None),
            Err(error) => failure = Some(error),
        }
    }
}

/// Returns the attempts at getting further, by the policies of the call or the client.
pub(super) fn attempts(request: &Prepared) -> Attempts {
    let idempotent = request.http_method.is_idempotent();
    policy::attempts(&request.client, &request.options, idempotent)
}

async fn once(
    request: &Prepared,
    part: Option<&Part>,
    pinned: Option<&Pinned>,
    form: Form,
    attempts: &mut Attempts,
    limit: Option<Duration>,
) -> Result<Opening> {
    let request = partial(request, part, form)?;
    let condition = pinned.and_then(|pinned| pinned.version.condition());
    let redirected = pinned.is_some_and(|pinned| pinned.redirected);
    let reply = redirect::follow(&request, condition, redirected, attempts);
    let reply = within(limit, pin!(reply)).await;
    let opening = reply.and_then(|(reply, redirected)| Opening::new(reply, part, redirected));
    attempts.record(opening.as_ref().map(|opening| opening.status));
    opening
}

fn partial(request: &Prepared, part: Option<&Part>, form: Form) -> Result<Prepared> {
    let mut partial = request.again();
    let accepted = match form {
        Form::Stored => "identity",
        Form::StoredCompressed | Form::Decompressed => "gzip",
    };
    let accepted = HeaderValue::from_static(accepted);
    partial.headers.insert(header::ACCEPT_ENCODING, accepted);
    if let Some(part) = part {
        let range = HeaderValue::from_str(&part.header()).map_err(error::serialization)?;
        partial.headers.insert(header::RANGE, range);
    }
    Ok(partial)
}

fn is_unmet(error: &Error) -> bool {
    error.http_status_code() == Some(412)
}
