//! Requests for media, or for what is left of it.

use std::{pin::pin, time::Duration};

use http::{HeaderValue, header};

use super::{
    answer::{Opened, Version, is_end},
    range::Part,
};
use crate::{
    call::{
        payload::Payload,
        prepared::Prepared,
        retry::{Attempts, within},
    },
    error::{self, Error, MediaError, Result},
    media::policy,
};

/// A reply, and by how many attempts and with how much patience it came.
pub(super) struct Asked {
    pub(super) opened: Opened,
    pub(super) attempts: Attempts,
    pub(super) limit: Option<Duration>,
}

/// What was known of the media before it broke off.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub(super) version: Version,
    pub(super) total: Option<u64>,
    /// Whether the bytes that come are those that the service's ranges count.
    pub(super) is_plain: bool,
}

/// Asks for a part of the media, which may be all.
pub(super) async fn first(request: &Prepared, part: &Part) -> Result<Asked> {
    let mut attempts = attempts(request);
    let request = partial(request, (!part.is_whole()).then_some(part), None)?;
    loop {
        let limit = attempts.begin();
        match once(&request, part, &mut attempts, limit).await {
            Ok(opened) => {
                attempts.succeeded();
                return Ok(Asked {
                    opened,
                    attempts,
                    limit,
                });
            }
            Err(error) if policy::is_final(&error) => return Err(error),
            Err(error) => attempts.failed(error, true).await?,
        }
    }
}

/// Asks for what is left after a failure, or finds that it was all.
pub(super) async fn again(
    request: &Prepared,
    part: &Part,
    known: &Known,
    mut attempts: Attempts,
    failure: Error,
) -> Result<Option<Asked>> {
    let condition = known.version.condition();
    let request = partial(request, known.is_plain.then_some(part), condition)?;
    let mut failure = failure;
    loop {
        attempts.failed(failure, true).await?;
        let limit = attempts.begin();
        match once(&request, part, &mut attempts, limit).await {
            Ok(opened) if !opened.continues(&known.version, known.total) => {
                return Err(error::media(MediaError::Changed));
            }
            Ok(opened) => {
                attempts.succeeded();
                return Ok(Some(Asked {
                    opened,
                    attempts,
                    limit,
                }));
            }
            Err(error) if is_end(&error, part.start) => return Ok(None),
            Err(error) if condition.is_some() && error.http_status_code() == Some(412) => {
                return Err(error::media(MediaError::Changed));
            }
            Err(error) if policy::is_final(&error) => return Err(error),
            Err(error) => failure = error,
        }
    }
}

/// Attempts at getting further, by the policies of the call or the client.
pub(super) fn attempts(request: &Prepared) -> Attempts {
    policy::attempts(&request.client, &request.options)
}

async fn once(
    request: &Prepared,
    part: &Part,
    attempts: &mut Attempts,
    limit: Option<Duration>,
) -> Result<Opened> {
    let reply = within(limit, pin!(request.authorized(attempts))).await;
    let opened = reply.and_then(|reply| Opened::new(reply, part));
    attempts.record(opened.as_ref().map(|opened| opened.status));
    opened
}

fn partial(
    request: &Prepared,
    part: Option<&Part>,
    condition: Option<&HeaderValue>,
) -> Result<Prepared> {
    let (verb, url) = (request.method.http_method(), request.url.clone());
    let mut partial = request.follow_up(verb, url, Payload::Bytes(bytes::Bytes::new()));
    if let Some(part) = part {
        let range = HeaderValue::from_str(&part.header()).map_err(error::serialization)?;
        partial.headers.insert(header::RANGE, range);
    }
    if let Some(condition) = condition {
        partial.headers.insert(header::IF_MATCH, condition.clone());
    }
    Ok(partial)
}
