//! A call of one method, with what it puts on the wire and what it is answered.

use std::pin::Pin;

use discovery_runtime::Result;
use google_checks_v1alpha::Checks;
use serde::Serialize;
use serde_json::Value;

use crate::support::{Recorded, TOKEN, agent, fixture, parse, written};

type Called = Pin<Box<dyn Future<Output = Result<Value>> + Send>>;

/// A call of one method.
pub(crate) struct Sample {
    /// The id of the method.
    pub(crate) id: &'static str,
    call: Box<dyn Fn(Checks) -> Called>,
    /// Verb and target of the request.
    pub(crate) line: &'static str,
    body: Body,
    answer: Option<&'static str>,
}

/// The body of a request, with what its headers say about it.
#[derive(Clone, Copy)]
pub(crate) enum Body {
    /// None, and no word about it.
    Absent,
    /// None, which is said by `Content-Length: 0`.
    Empty,
    /// A content type, and text.
    Text(&'static str, &'static str),
}

impl Sample {
    /// The compiler checks here that a call outlives the client and its arguments, and that its
    /// future may move to another thread.
    pub(crate) fn new<F, R>(id: &'static str, call: impl Fn(Checks) -> F + 'static) -> Self
    where
        F: Future<Output = Result<R>> + Send + 'static,
        R: Serialize,
    {
        let call = move |checks| -> Called {
            let response = call(checks);
            Box::pin(async move { Ok(written(&response.await?)) })
        };
        Self {
            id,
            call: Box::new(call),
            line: "",
            body: Body::Absent,
            answer: None,
        }
    }

    /// Says what goes out: verb, target and body.
    pub(crate) fn sends(self, line: &'static str, body: Body) -> Self {
        Self { line, body, ..self }
    }

    /// Names the file with the answer. Without one the answer is `{}`, which means nothing.
    pub(crate) fn answered_by(self, fixture: &'static str) -> Self {
        let answer = Some(fixture);
        Self { answer, ..self }
    }

    /// Calls the method; the response is shown as it would be written.
    pub(crate) async fn call(&self, checks: Checks) -> Result<Value> {
        (self.call)(checks).await
    }

    /// The body of the answer.
    pub(crate) fn answer(&self) -> String {
        self.answer.map_or_else(|| "{}".to_owned(), fixture)
    }

    pub(crate) fn assert_sent(&self, request: &Recorded) {
        assert_eq!(request.line(), format!("{} HTTP/1.1", self.line));
        assert_eq!(headers(request), self.headers(request));
        let text = match self.body {
            Body::Absent | Body::Empty => "",
            Body::Text(_, text) => text,
        };
        assert_eq!(request.text(), text);
    }

    /// Fails if something was lost: what was read is written as it came.
    pub(crate) fn assert_received(&self, response: &Value) {
        let expected = self.answer.map(|name| parse(&fixture(name)));
        assert_eq!(*response, expected.unwrap_or(Value::Null));
    }

    /// All headers that the request has to have, sorted. The host and the versions are its own.
    fn headers(&self, request: &Recorded) -> Vec<String> {
        let own = |name| format!("{name}: {}", request.header(name).join(", "));
        let mut headers = vec![
            "accept: */*".to_owned(),
            "accept-encoding: gzip".to_owned(),
            format!("authorization: Bearer {TOKEN}"),
            own("host"),
            format!("user-agent: {}", agent()),
            own("x-goog-api-client"),
        ];
        match self.body {
            Body::Absent => {}
            Body::Empty => headers.push("content-length: 0".to_owned()),
            Body::Text(content_type, text) => {
                headers.push(format!("content-length: {}", text.len()));
                headers.push(format!("content-type: {content_type}"));
            }
        }
        headers.sort();
        headers
    }
}

/// The headers of a request, sorted.
fn headers(request: &Recorded) -> Vec<String> {
    let lines = request.head.lines().skip(1).filter(|line| !line.is_empty());
    let mut headers: Vec<String> = lines.map(str::to_owned).collect();
    headers.sort();
    headers
}
