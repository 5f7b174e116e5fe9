//! From a request to its reply.

use bytes::Bytes;
use discovery::Method;
use http::{HeaderValue, Response};
use serde_json::{Value, json};

use crate::api::Routed;
use crate::api::roles::Role;
use crate::api::table::Via;
use crate::call::{Answer, Call};
use crate::handlers;
use crate::incoming::Incoming;
use crate::locate::Located;
use crate::media::multipart;
use crate::media::sessions::{Sessions, Step};
use crate::patterns::Patterns;
use crate::reply::reply;
use crate::settings::Settings;
use crate::state::State;
use crate::state::record::{Media, Record};
use crate::status::{Code, Failure};
use crate::validate::Violations;
use crate::validate::body::BodyRules;
use crate::validate::parameters::{self, Parameters};

/// The parts of a fake that calls use.
pub(crate) struct Service<'a> {
    pub(crate) state: &'a mut State,
    pub(crate) sessions: &'a mut Sessions<(Incoming, Located)>,
    pub(crate) patterns: &'a Patterns,
    pub(crate) settings: Settings,
}

/// The content of a request: the message and the media.
#[derive(Default)]
struct Content {
    message: Bytes,
    media: Option<Media>,
}

impl Service<'_> {
    /// Serves a request of an API.
    pub(crate) fn serve(
        &mut self,
        request: &Incoming,
        located: &Located,
    ) -> Result<Response<Bytes>, Failure> {
        if let Some(id) = request.query.get("upload_id") {
            return self.continue_upload(request, id);
        }
        let Some(routed) = located.api.route(&request.verb, &located.path) else {
            return Err(no_method(request, located));
        };
        match (routed.via, request.query.get("uploadType")) {
            (Via::Upload, Some("resumable")) => self.begin_upload(request, located, routed),
            (Via::Upload, kind) => {
                let content = uploaded(request, kind)?;
                self.call(request, located, routed, content)
            }
            _ => {
                let message = request.body.clone();
                let content = Content {
                    message,
                    media: None,
                };
                self.call(request, located, routed, content)
            }
        }
    }

    /// Validates a call and serves it.
    fn call(
        &mut self,
        request: &Incoming,
        located: &Located,
        routed: Routed<'_>,
        content: Content,
    ) -> Result<Response<Bytes>, Failure> {
        let call = self.validated(request, located, routed, content)?;
        let repeated = repeated_key(&call);
        if let Some(record) = repeated.as_ref().and_then(|key| self.state.get(key)) {
            return reply(&call, Answer::new(record.value.clone()), request);
        }
        let answer = handlers::serve(&call, self.state)?;
        if let Some(key) = repeated.filter(|_| !call.flag("validateOnly")) {
            self.state.put(&key, Record::new(answer.message.clone()));
        }
        reply(&call, answer, request)
    }

    fn validated<'c>(
        &self,
        request: &'c Incoming,
        located: &'c Located,
        routed: Routed<'c>,
        content: Content,
    ) -> Result<Call<'c>, Failure> {
        let (api, served) = (&*located.api, routed.served);
        let path = served
            .path
            .as_ref()
            .ok_or_else(|| no_method(request, located))?;
        let method = &served.method;
        check_size(method, content.media.as_ref())?;
        let given = given(request, &routed);
        let mut violations = Violations::default();
        parameters::check(
            &api.document,
            method,
            &given,
            self.patterns,
            &mut violations,
        );
        let mut body = parsed(&content.message)?;
        let rules = BodyRules {
            schemas: api.schemas(),
            method: &method.id,
            is_complete: !matches!(served.role, Role::Patch) && content.media.is_none(),
            provided: &path.variables,
        };
        match &method.request {
            Some(schema) => rules.check(schema, &mut body, &mut violations),
            None if body.is_null() || body == json!({}) => {}
            None => violations.add("", "The request must not have a body."),
        }
        if !violations.as_slice().is_empty() {
            return Err(Failure::invalid(violations.as_slice()));
        }
        Ok(Call {
            api,
            served,
            path,
            captures: routed.captures,
            parameters: given,
            headers: &request.headers,
            body,
            media: content.media,
            settings: self.settings.for_call(&request.headers),
            root: located.root.clone(),
        })
    }

    /// Begins an upload in several requests. The message is checked at its end.
    fn begin_upload(
        &mut self,
        request: &Incoming,
        located: &Located,
        routed: Routed<'_>,
    ) -> Result<Response<Bytes>, Failure> {
        let content = Content {
            message: request.body.clone(),
            media: Some(Media::default()),
        };
        self.validated(request, located, routed, content)?;
        let id = self.state.serial.id();
        self.sessions.begin(&id, (request.clone(), located.clone()));
        let location = format!(
            "{}{}?uploadType=resumable&upload_id={id}",
            located.root, located.path
        );
        let mut reply = Response::new(Bytes::new());
        let headers = [("location", location), ("x-guploader-uploadid", id)];
        for (name, value) in headers {
            if let Ok(value) = HeaderValue::try_from(value) {
                reply.headers_mut().insert(name, value);
            }
        }
        Ok(reply)
    }

    fn continue_upload(
        &mut self,
        request: &Incoming,
        id: &str,
    ) -> Result<Response<Bytes>, Failure> {
        if request.verb == http::Method::DELETE {
            return self.sessions.cancel(id);
        }
        let (start, content) = match self.sessions.add(id, &request.headers, &request.body)? {
            Step::Reply(reply) => return Ok(reply),
            Step::Complete { start, content } => (start, content),
        };
        let (begun, located) = start;
        let Some(routed) = located.api.route(&begun.verb, &located.path) else {
            return Err(no_method(&begun, &located));
        };
        let content_type = begun
            .header("x-upload-content-type")
            .or(request.header("content-type"));
        let content_type = content_type
            .unwrap_or("application/octet-stream")
            .to_owned();
        let content = Content {
            message: begun.body.clone(),
            media: Some(Media {
                content_type,
                content,
            }),
        };
        let result = self.call(&begun, &located, routed, content);
        let reply = result.unwrap_or_else(|failure| failure.reply());
        self.sessions.finish(id, &reply);
        Ok(reply)
    }
}

fn no_method(request: &Incoming, located: &Located) -> Failure {
    let text = format!(
        "{} has no method {} /{}",
        located.api.document.id, request.verb, located.path
    );
    Failure::new(Code::NotFound, text)
}

/// Returns the parameters of a request, in path and query.
fn given(request: &Incoming, routed: &Routed<'_>) -> Parameters {
    let mut given = request.query.clone();
    for (name, value) in routed.captures.values() {
        given.add(name, value);
    }
    if routed.via == Via::Download && !given.contains("alt") {
        given.add("alt", "media");
    }
    given
}

/// Checks the size of media against the limit of the method.
fn check_size(method: &Method, media: Option<&Media>) -> Result<(), Failure> {
    let limit = method
        .media_upload
        .as_ref()
        .and_then(|upload| upload.max_size);
    let size = media.and_then(|media| u64::try_from(media.content.len()).ok());
    match (size, limit) {
        (Some(size), Some(limit)) if size > limit => {
            let text = format!("The media has {size} bytes; the method allows {limit}.");
            Err(Failure::new(Code::InvalidArgument, text).with_http(413))
        }
        _ => Ok(()),
    }
}

/// Returns the content of an upload in one request.
fn uploaded(request: &Incoming, kind: Option<&str>) -> Result<Content, Failure> {
    let content_type = request
        .header("content-type")
        .unwrap_or("application/octet-stream");
    let protocol = request.header("x-goog-upload-protocol");
    if kind == Some("multipart") || protocol == Some("multipart") {
        let (message, media) = multipart::read(content_type, &request.body)?;
        let media = Some(media);
        return Ok(Content { message, media });
    }
    let media = Media {
        content_type: content_type.to_owned(),
        content: request.body.clone(),
    };
    Ok(Content {
        message: Bytes::new(),
        media: Some(media),
    })
}

fn parsed(message: &Bytes) -> Result<Value, Failure> {
    if message.iter().all(u8::is_ascii_whitespace) {
        return Ok(Value::Null);
    }
    serde_json::from_slice(message).map_err(|error| {
        Failure::invalid_field("", format!("Invalid JSON payload received. {error}"))
    })
}

/// Returns the key of the reply to a call with the same request id.
fn repeated_key(call: &Call<'_>) -> Option<String> {
    let id = call.option("requestId")?;
    Some(format!("request/{}/{}/{id}", call.id(), call.key()))
}
