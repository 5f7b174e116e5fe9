//! An upload in steps, from its session to its response.

use http::StatusCode;
use reqwest::Url;
use tracing::Instrument as _;

use super::{
    answer::Answer, budget::StepBudget, confirmed::Confirmed, feed::Feed, session::UploadSession,
};
use crate::{
    call::{
        prepared::Prepared,
        response::{BodyUse, Response},
        retry::Attempts,
        trace,
    },
    error::{self, Error, Result},
    media::{meter::Meter, policy},
};

/// An upload under way.
pub(super) struct Transfer {
    /// The request that begins a session.
    pub(super) start: Prepared,
    pub(super) session: Option<Url>,
    /// Set if the caller knows the session, so that it cannot be replaced.
    is_callers: bool,
    restarted: bool,
    pub(super) feed: Feed,
    pub(super) meter: Meter,
    pub(super) confirmed: Confirmed,
    /// Set once the last chunk was begun.
    pub(super) finalized: bool,
    /// The number of bytes by which a step has to advance to count as progress.
    pub(super) progress: u64,
}

impl Transfer {
    /// Returns an upload in a session, if there is one. Nothing was sent in one that `is_new`.
    pub(super) fn new(
        start: Prepared,
        session: Option<UploadSession>,
        is_new: bool,
        feed: Feed,
        meter: Meter,
    ) -> Result<Self> {
        let session = session
            .map(|session| session.admitted(&start))
            .transpose()?;
        Ok(Self {
            start,
            is_callers: session.is_some(),
            restarted: false,
            feed,
            meter,
            confirmed: match session {
                Some(_) if !is_new => Confirmed::unknown(),
                _ => Confirmed::none(),
            },
            session,
            finalized: false,
            progress: 1,
        })
    }

    /// Begins a session, and no more.
    pub(super) async fn start(mut self) -> Result<UploadSession> {
        let span = self.start.span();
        let result = self.persist_start().instrument(span.clone()).await;
        trace::ended(&span, result.as_ref().map(|_| StatusCode::OK));
        result
    }

    async fn persist_start(&mut self) -> Result<UploadSession> {
        let mut attempts = self.attempts();
        loop {
            let limit = attempts.begin();
            let outcome = self.begin(&mut StepBudget::new(limit), &mut attempts).await;
            attempts.record(outcome.as_ref().map(|_| StatusCode::OK));
            match outcome {
                Ok(url) => {
                    attempts.succeeded();
                    return Ok(UploadSession::new(url));
                }
                Err(error) if policy::is_final(&error) => return Err(error),
                Err(error) => attempts.failed(error, true).await?,
            }
        }
    }

    /// Sends everything that the service lacks. Calls `answer` with the response, and with the length
    /// of the media if it is known.
    pub(super) async fn run<T, F>(
        mut self,
        reading: BodyUse,
        answer: impl FnOnce(Response, Option<u64>) -> F,
    ) -> Result<T>
    where
        F: Future<Output = Result<T>>,
    {
        let span = self.start.span();
        let complete = async {
            let (response, attempts) = self.persist(reading).await?;
            let (status, length) = (response.status, self.feed.total());
            let answer = answer(response, length).await;
            Ok((status, attempts.concluded(status, answer)?))
        };
        let result = complete.instrument(span.clone()).await;
        trace::ended(&span, result.as_ref().map(|(status, _)| *status));
        result.map(|(_, answer)| answer)
    }

    async fn persist(&mut self, reading: BodyUse) -> Result<(Response, Attempts)> {
        let mut attempts = self.attempts();
        // The position at which these attempts began.
        let mut mark = self.confirmed.most();
        loop {
            let limit = attempts.begin();
            let outcome = self
                .step(StepBudget::new(limit), reading, &mut attempts)
                .await;
            if let Ok(Answer::Complete(response)) = outcome {
                return Ok((response, attempts));
            }
            attempts.record(outcome.as_ref().map(Answer::status));
            // A failure after progress is the first of another step.
            let further = self.confirmed.most().saturating_sub(mark) >= self.progress;
            if further {
                attempts = self.attempts();
                mark = self.confirmed.most();
            }
            match outcome {
                Ok(_) => attempts.succeeded(),
                Err(error) if policy::is_final(&error) => return Err(error),
                Err(error) if self.session.is_some() && is_lost(&error) => self.restart(error)?,
                Err(error) => {
                    if further {
                        attempts.begin();
                    }
                    attempts.failed(error, true).await?;
                }
            }
        }
    }

    /// Gets ready to begin again, in another session. Once all of the media was sent, the service may
    /// have stored it, and there is no second time.
    fn restart(&mut self, error: Error) -> Result<()> {
        let is_bound = self.is_callers || self.restarted || !self.feed.can_restart();
        if is_bound || self.is_sent() {
            return Err(error::session_lost(&error, self.confirmed.most()));
        }
        self.restarted = true;
        self.session = None;
        self.confirmed = Confirmed::none();
        self.finalized = false;
        self.meter.restart();
        Ok(())
    }

    /// Returns whether all of the media was sent in this session.
    pub(super) fn is_sent(&self) -> bool {
        let total = self.feed.total();
        self.finalized && total.is_some_and(|total| self.meter.position() >= total)
    }

    fn attempts(&self) -> Attempts {
        policy::attempts(&self.start.client, &self.start.options, true)
    }
}

/// Returns whether the service does not know the session.
fn is_lost(error: &Error) -> bool {
    matches!(error.http_status_code(), Some(404 | 410))
}
