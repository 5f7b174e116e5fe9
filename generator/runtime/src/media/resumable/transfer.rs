//! The course of an upload in steps.

use std::pin::pin;

use http::{HeaderValue, StatusCode, header};
use reqwest::Url;
use tracing::Instrument as _;

use super::{
    allowance::Allowance,
    answer::Answer,
    feed::{self, Chunk, Feed},
    session::UploadSession,
};
use crate::{
    call::{
        payload::Payload,
        prepared::Prepared,
        response::{BodyUse, Response},
        retry::Attempts,
        trace,
    },
    description::http_method::HttpMethod,
    error::{self, Error, MediaError, Result},
    media::{meter::Meter, policy},
};

/// Headers that are meant for the beginning of a session alone.
const OPENING: [&str; 3] = [
    "content-type",
    "x-upload-content-type",
    "x-upload-content-length",
];

/// An upload under way.
pub(super) struct Transfer {
    /// The request that begins a session.
    start: Prepared,
    session: Option<Url>,
    /// Whether the caller knows the session, so that it cannot be replaced.
    is_callers: bool,
    restarted: bool,
    feed: Feed,
    meter: Meter,
    /// The first byte that the service lacks. If it is not known, the service is asked.
    offset: Option<u64>,
    /// The most that the service ever had.
    stored: u64,
    /// Whether the end of the media was sent, by us or perhaps by whoever had the session before.
    sent_last: bool,
}

impl Transfer {
    pub(super) fn new(
        start: Prepared,
        session: Option<UploadSession>,
        feed: Feed,
        meter: Meter,
    ) -> Result<Self> {
        let session = session
            .map(|session| session.admitted(&start))
            .transpose()?;
        Ok(Self {
            start,
            is_callers: session.is_some(),
            sent_last: session.is_some(),
            session,
            restarted: false,
            feed,
            meter,
            offset: None,
            stored: 0,
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
            let outcome = self.begin(&mut Allowance::new(limit), &mut attempts).await;
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

    /// Sends all that the service lacks, and makes an answer of the response and of the length of
    /// the media, if it is known.
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
        loop {
            let limit = attempts.begin();
            let before = self.stored;
            let time = Allowance::new(limit);
            let outcome = self.step(time, reading, &mut attempts).await;
            if let Ok(Answer::Complete(response)) = outcome {
                return Ok((response, attempts));
            }
            attempts.record(outcome.as_ref().map(Answer::status));
            // What got further and then failed is another step's first failure.
            if self.stored > before {
                attempts = self.attempts();
            }
            match outcome {
                Ok(_) => attempts.succeeded(),
                Err(error) if policy::is_final(&error) => return Err(error),
                Err(error) if self.session.is_some() && is_lost(&error) => self.restart(error)?,
                Err(error) => {
                    if self.stored > before {
                        attempts.begin();
                    }
                    attempts.failed(error, true).await?;
                }
            }
        }
    }

    /// Gets one chunk further; in a session that is begun, at a place that is asked for, if need
    /// be.
    async fn step(
        &mut self,
        mut time: Allowance,
        reading: BodyUse,
        attempts: &mut Attempts,
    ) -> Result<Answer> {
        let session = match &self.session {
            Some(session) => session.clone(),
            None => self.begin(&mut time, attempts).await?,
        };
        let offset = match self.offset {
            Some(offset) => offset,
            None => match self.ask(&session, &mut time, reading, attempts).await? {
                Answer::Stored(stored) => stored,
                complete => return Ok(complete),
            },
        };
        let chunk = self.feed.at(offset).await?;
        self.put(&session, &chunk, &mut time, reading, attempts)
            .await
    }

    async fn begin(&mut self, time: &mut Allowance, attempts: &mut Attempts) -> Result<Url> {
        let begin = async {
            let mut reply = self.start.authorized(attempts).await?;
            let session = UploadSession::of_reply(&reply.headers, &self.start)?;
            let max_size = self.start.client.0.max_response_size;
            // To its end, so that the connection can be used again.
            BodyUse::Ignored.read(&mut reply, max_size).await?;
            session.admitted(&self.start)
        };
        let session = time.spend(begin).await?;
        (self.session, self.offset) = (Some(session.clone()), Some(0));
        Ok(session)
    }

    /// Asks how much the service has.
    async fn ask(
        &mut self,
        session: &Url,
        time: &mut Allowance,
        reading: BodyUse,
        attempts: &mut Attempts,
    ) -> Result<Answer> {
        let range = format!("bytes */{}", feed::total(self.feed.total()));
        let request = self.request(session, &range, Payload::Bytes(bytes::Bytes::new()))?;
        let answer = time.spend(exchange(&request, reading, attempts)).await?;
        match answer {
            Answer::Stored(stored) => self.confirmed(stored),
            Answer::Complete(_) => self.completed()?,
        }
        Ok(answer)
    }

    /// Sends a chunk, while the next is read.
    async fn put(
        &mut self,
        session: &Url,
        chunk: &Chunk,
        time: &mut Allowance,
        reading: BodyUse,
        attempts: &mut Attempts,
    ) -> Result<Answer> {
        self.offset = None;
        self.sent_last |= chunk.is_last();
        let request = self.request(session, &chunk.range(), chunk.payload(&self.meter))?;
        let exchange = time.spend(exchange(&request, reading, attempts));
        let answer = alongside(exchange, self.feed.read_ahead()).await?;
        match answer {
            Answer::Stored(stored) if stored > chunk.end() => {
                return Err(feed::beyond(stored, chunk.end()));
            }
            Answer::Stored(stored) => {
                self.confirmed(stored);
                if stored <= chunk.offset {
                    let range = chunk.range();
                    let message =
                        format!("the service kept nothing of {range}, but {stored} bytes");
                    return Err(error::broken(message));
                }
            }
            Answer::Complete(_) => self.completed()?,
        }
        Ok(answer)
    }

    fn request(&self, session: &Url, range: &str, payload: Payload) -> Result<Prepared> {
        let mut request = self
            .start
            .follow_up(HttpMethod::Put, session.clone(), payload);
        for name in OPENING {
            request.headers.remove(name);
        }
        let range = HeaderValue::from_str(range).map_err(error::serialization)?;
        request.headers.insert(header::CONTENT_RANGE, range);
        Ok(request)
    }

    fn confirmed(&mut self, stored: u64) {
        self.offset = Some(stored);
        self.stored = self.stored.max(stored);
        self.meter.stored(stored);
    }

    /// A service that is content before it got the end has something else.
    fn completed(&self) -> Result<()> {
        if self.sent_last {
            return Ok(());
        }
        Err(error::media(MediaError::Protocol {
            problem: format!(
                "the service ended the upload, of which {} bytes are stored, before its end",
                self.stored
            ),
        }))
    }

    /// Makes ready to begin again, in another session.
    fn restart(&mut self, error: Error) -> Result<()> {
        if self.is_callers || self.restarted || !self.feed.can_restart() {
            return Err(error::session_lost(&error, self.stored));
        }
        self.restarted = true;
        (self.session, self.offset) = (None, None);
        (self.stored, self.sent_last) = (0, false);
        Ok(())
    }

    fn attempts(&self) -> Attempts {
        policy::attempts(&self.start.client, &self.start.options)
    }
}

async fn exchange(request: &Prepared, reading: BodyUse, attempts: &mut Attempts) -> Result<Answer> {
    let limit = request.client.0.max_response_size;
    Answer::read(request.authorized(attempts).await, reading, limit).await
}

/// The outcome of one future, with another polled beside it until then.
async fn alongside<T>(main: impl Future<Output = T>, other: impl Future<Output = ()>) -> T {
    let (mut main, mut other) = (pin!(main), pin!(other));
    let mut waiting = true;
    std::future::poll_fn(|context| {
        let outcome = main.as_mut().poll(context);
        if outcome.is_pending() && waiting {
            waiting = other.as_mut().poll(context).is_pending();
        }
        outcome
    })
    .await
}

/// Whether the service does not know the session.
fn is_lost(error: &Error) -> bool {
    matches!(error.http_status_code(), Some(404 | 410))
}
