//! A call of one method, with its request on the wire and its reply.

use std::pin::Pin;

use discovery_runtime::Result;
use google_checks_v1alpha::Checks;
use serde::Serialize;
use serde_json::Value;

use crate::support::{Recorded, TOKEN, agent, fixture, parse, written};

type Called = Pin<Box<dyn Future<Output = Result<Value>> + Send>>;

/// A call of one method, and its expected request.
pub(crate) struct Sample {
    /// The id of the method.
    pub(crate) id: &'static str,
    call: Box<dyn Fn(Checks) -> Called>,
    /// The verb and the target of the request.
    pub(crate) line: &'static str,
    body: Body,
    answer: Option<&'static str>,
}

/// The body of a request, and the headers that describe it.
#[derive(Clone, Copy)]
pub(crate) enum Body {
    /// No body, and no header about it.
    Absent,
    /// No body, declared by `Content-Length: 0`.
    Empty,
    /// A content type and text.
    Text(&'static str, &'static str),
}

impl Sample {
    /// Returns a sample. Its bounds make the compiler check that a call outlives the client and its
    /// arguments, and that its future may move to another thread.
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

    /// Sets the expected request: verb and target, and body.
    pub(crate) fn sends(self, line: &'static str, body: Body) -> Self {
        Self { line, body, ..self }
    }

    /// Sets the fixture with the reply. Without one the reply is the empty message `{}`.
    pub(crate) fn answered_by(self, fixture: &'static str) -> Self {
        let answer = Some(fixture);
        Self { answer, ..self }
    }

    /// Calls the method, and returns the response as it is serialized.
    pub(crate) async fn call(&self, checks: Checks) -> Result<Value> {
        (self.call)(checks).await
    }

    /// Returns the body of the reply.
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

    /// Fails if the response does not serialize to exactly the reply.
    pub(crate) fn assert_received(&self, response: &Value) {
        let expected = self.answer.map(|name| parse(&fixture(name)));
        assert_eq!(*response, expected.unwrap_or(Value::Null));
    }

    /// Returns all headers that the request must have, sorted. The host and the versions are taken
    /// from the request itself.
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

/// Returns the headers of a request, sorted.
fn headers(request: &Recorded) -> Vec<String> {
    let lines = request.head.lines().skip(1).filter(|line| !line.is_empty());
    let mut headers: Vec<String> = lines.map(str::to_owned).collect();
    headers.sort();
    headers
}
