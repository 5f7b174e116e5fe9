//! The steps of an upload: to begin a session, to query its position, to send a chunk.

use std::pin::pin;

use http::{HeaderValue, header};
use reqwest::Url;

use super::{
    answer::Answer,
    budget::StepBudget,
    chunk::{self, Chunk},
    confirmed::Confirmed,
    session::UploadSession,
    transfer::Transfer,
};
use crate::{
    call::{
        payload::Payload,
        prepared::Prepared,
        response::{BodyUse, Response},
        retry::Attempts,
    },
    description::http_method::HttpMethod,
    error::{self, MediaError, Result},
};

/// Headers that are meant for the beginning of a session alone.
const OPENING: [&str; 3] = [
    "content-type",
    "x-upload-content-type",
    "x-upload-content-length",
];

impl Transfer {
    /// Gets one chunk further. Begins a session, and queries its position, if need be.
    pub(super) async fn step(
        &mut self,
        mut budget: StepBudget,
        reading: BodyUse,
        attempts: &mut Attempts,
    ) -> Result<Answer> {
        let session = match &self.session {
            Some(session) => session.clone(),
            None => self.begin(&mut budget, attempts).await?,
        };
        let offset = match self.confirmed.offset() {
            Some(offset) => offset,
            None => match self.ask(&session, &mut budget, reading, attempts).await? {
                Answer::Stored(stored) => stored,
                complete => return Ok(complete),
            },
        };
        let chunk = self.feed.at(offset).await?;
        self.put(&session, &chunk, &mut budget, reading, attempts)
            .await
    }

    /// Begins a session.
    pub(super) async fn begin(
        &mut self,
        budget: &mut StepBudget,
        attempts: &mut Attempts,
    ) -> Result<Url> {
        let begin = async {
            let mut reply = self.start.authorized(attempts).await?;
            let session = UploadSession::of_reply(&reply.headers, &self.start)?;
            let max_size = self.start.client.0.max_response_size;
            // To its end, so that the connection can be used again.
            BodyUse::Ignored.read(&mut reply, max_size).await?;
            session.admitted(&self.start)
        };
        let session = budget.spend(begin).await?;
        self.session = Some(session.clone());
        self.confirmed = Confirmed::none();
        Ok(session)
    }

    /// Asks how much the service has.
    async fn ask(
        &mut self,
        session: &Url,
        budget: &mut StepBudget,
        reading: BodyUse,
        attempts: &mut Attempts,
    ) -> Result<Answer> {
        let range = format!("bytes */{}", chunk::total(self.feed.total()));
        let request = self.request(session, &range, Payload::Bytes(bytes::Bytes::new()))?;
        let answer = budget.spend(exchange(&request, reading, attempts)).await?;
        match &answer {
            Answer::Stored(stored) => self.confirm(*stored)?,
            Answer::Complete(response) => {
                self.complete(response, self.confirmed.is_unknown() || self.is_sent())?;
            }
        }
        Ok(answer)
    }

    /// Sends a chunk, while the next is read.
    async fn put(
        &mut self,
        session: &Url,
        chunk: &Chunk,
        budget: &mut StepBudget,
        reading: BodyUse,
        attempts: &mut Attempts,
    ) -> Result<Answer> {
        self.confirmed.forget_offset();
        self.finalized |= chunk.is_last();
        self.progress = chunk.progress();
        let request = self.request(session, &chunk.range(), chunk.payload(&self.meter))?;
        let exchange = budget.spend(exchange(&request, reading, attempts));
        let answer = alongside(exchange, self.feed.read_ahead()).await?;
        match &answer {
            Answer::Stored(stored) => {
                self.confirm(*stored)?;
                chunk.check_progress(*stored)?;
            }
            Answer::Complete(response) => {
                self.complete(response, chunk.may_complete(&self.meter))?;
            }
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

    fn confirm(&mut self, stored: u64) -> Result<()> {
        let (sent, total) = (self.meter.position(), self.feed.total());
        self.confirmed.confirm(stored, sent, total)?;
        self.meter.stored(stored);
        Ok(())
    }

    /// Checks that a success may be the end of the upload. A reply without a body that is too early
    /// decides nothing, so that the service is queried; one with a response is of something else.
    fn complete(&self, response: &Response, is_sent: bool) -> Result<()> {
        if is_sent {
            return Ok(());
        }
        let stored = self.confirmed.most();
        let problem = format!(
            "the service ended the upload, of which {stored} bytes are stored, before its end"
        );
        if response.body.is_empty() {
            return Err(error::broken(problem));
        }
        Err(error::media(MediaError::Protocol { problem }))
    }
}

async fn exchange(request: &Prepared, reading: BodyUse, attempts: &mut Attempts) -> Result<Answer> {
    let limit = request.client.0.max_response_size;
    Answer::read(request.authorized(attempts).await, reading, limit).await
}

/// Returns the outcome of one future, with another polled beside it until then.
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
