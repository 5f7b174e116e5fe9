//! A fake of small documents, and requests to it.

use bytes::Bytes;
use discovery::Document;
use discovery_fake::Fake;
use http::{Request, Response};
use serde_json::{Value, json};

pub(crate) const LIBRARY: &str = include_str!("../documents/library.json");
pub(crate) const FLEET: &str = include_str!("../documents/fleet.json");
pub(crate) const ARCHIVE: &str = include_str!("../documents/archive.json");

pub(crate) fn document(text: &str) -> Document {
    Document::parse(text, None)
        .unwrap_or_else(|problems| panic!("{problems}"))
        .document
}

pub(crate) fn fake(text: &str) -> Fake {
    Fake::new(document(text))
}

/// A reply, decoded.
#[derive(Debug)]
pub(crate) struct Got {
    pub(crate) status: u16,
    pub(crate) json: Value,
    pub(crate) reply: Response<Bytes>,
}

impl Got {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.reply
            .headers()
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    /// Returns the JSON of a reply with status 200.
    #[track_caller]
    pub(crate) fn ok(self) -> Value {
        assert_eq!(self.status, 200, "{}", self.json);
        self.json
    }

    /// Returns the status and the message of an error.
    #[track_caller]
    pub(crate) fn error(&self) -> (u16, &str, &str) {
        let error = &self.json["error"];
        let text = |name: &str| error[name].as_str().unwrap_or_default();
        assert_eq!(error["code"], self.status);
        (self.status, text("status"), text("message"))
    }
}

/// Sends a request to a path such as `GET v1/shelves`.
pub(crate) fn send(
    fake: &Fake,
    line: &str,
    headers: &[(&str, &str)],
    body: impl Into<Bytes>,
) -> Got {
    let (verb, path) = line.split_once(' ').unwrap();
    let mut request = Request::builder()
        .method(verb)
        .uri(format!("http://127.0.0.1/{path}"));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let reply = fake.call(request.body(body.into()).unwrap());
    Got {
        status: reply.status().as_u16(),
        json: serde_json::from_slice(reply.body()).unwrap_or(Value::Null),
        reply,
    }
}

/// Sends a request without a body.
pub(crate) fn get(fake: &Fake, line: &str) -> Got {
    send(fake, line, &[], Bytes::new())
}

/// Sends a request with a JSON body.
pub(crate) fn post(fake: &Fake, line: &str, body: Value) -> Got {
    send(fake, line, &[], body.to_string())
}

/// Adds shelves with these ids and themes.
pub(crate) fn with_shelves(fake: &Fake, shelves: &[(&str, &str)]) {
    for (id, theme) in shelves {
        let line = format!("POST v1/shelves?shelfId={id}");
        post(fake, &line, json!({ "theme": theme })).ok();
    }
}
