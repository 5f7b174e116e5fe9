//! Traces of calls: a separate program, since a callsite that another test reaches first, without a
//! subscriber, may be disabled.

mod support;

use std::{
    collections::BTreeMap,
    fmt::Debug,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
};

use discovery_runtime::{
    Code, ErrorExt, HttpMethod, MediaUpload, Method, Reply, Segment::Literal, Value,
};
use google_cloud_auth::{
    credentials::{CacheableResource, CredentialsProvider, EntityTag},
    errors::CredentialsError,
};
use google_cloud_gax::{retry_result::RetryResult, retry_throttler::RetryThrottler};
use http::{
    Extensions, HeaderMap, HeaderValue,
    header::{AUTHORIZATION, LOCATION},
};
use tracing::{
    Event, Metadata, Subscriber,
    field::{Field, Visit},
    span::{Attributes, Id, Record},
};

use support::{CREATE, GET, fake::Fake};

type Fields = BTreeMap<String, String>;

/// Records the spans and events of this crate, spans by their ids.
#[derive(Clone, Default)]
struct Recorder {
    spans: Arc<Mutex<BTreeMap<u64, Fields>>>,
    events: Arc<Mutex<Vec<Fields>>>,
    last: Arc<AtomicU64>,
}

struct Visitor<'a>(&'a mut Fields);

impl Visit for Visitor<'_> {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name().to_owned(), value.to_owned());
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.insert(field.name().to_owned(), format!("{value:?}"));
    }
}

impl Subscriber for Recorder {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("discovery_runtime")
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let id = self.last.fetch_add(1, Ordering::SeqCst) + 1;
        let mut fields = Fields::new();
        span.record(&mut Visitor(&mut fields));
        self.spans.lock().unwrap().insert(id, fields);
        Id::from_u64(id)
    }

    /// A field that is recorded twice is printed twice.
    fn record(&self, id: &Id, values: &Record<'_>) {
        let mut fields = Fields::new();
        values.record(&mut Visitor(&mut fields));
        let mut spans = self.spans.lock().unwrap();
        let span = spans.get_mut(&id.into_u64()).unwrap();
        for (name, value) in fields {
            let repeated = span.insert(name, value);
            assert_eq!(repeated, None);
        }
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut fields = Fields::from([("level".to_owned(), event.metadata().level().to_string())]);
        event.record(&mut Visitor(&mut fields));
        self.events.lock().unwrap().push(fields);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

fn fields(pairs: &[(&str, &str)]) -> Fields {
    pairs
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

#[tokio::test(start_paused = true)]
async fn a_span_per_call_and_an_event_per_attempt() {
    let recorder = Recorder::default();
    let _guard = tracing::subscriber::set_default(recorder.clone());
    let fake = Fake::new([Reply::error(Code::Unavailable, "secret-message")]);
    let client = fake
        .builder()
        .with_api_key("AIza.key")
        .build()
        .await
        .unwrap();
    let request = client.request(&GET).path("name", "things/secret");
    request
        .query("access_token", "ya29.token")
        .send_empty()
        .await
        .unwrap();

    let spans = recorder.spans.lock().unwrap().clone();
    let expected = fields(&[
        ("otel.name", "checks.things.get"),
        ("otel.kind", "client"),
        ("http.request.method", "GET"),
        ("server.address", "checks.googleapis.com"),
        ("http.response.status_code", "200"),
        ("http.request.resend_count", "1"),
    ]);
    assert_eq!(spans.into_values().collect::<Vec<_>>(), [expected]);

    let events = recorder.events.lock().unwrap().clone();
    let failed = fields(&[
        ("level", "WARN"),
        ("message", "attempt failed"),
        ("http.request.resend_count", "0"),
        ("http.response.status_code", "503"),
        ("http.client.request.duration", "0.0"),
        ("error.type", "503"),
    ]);
    let succeeded = fields(&[
        ("level", "DEBUG"),
        ("message", "attempt succeeded"),
        ("http.request.resend_count", "1"),
        ("http.response.status_code", "200"),
        ("http.client.request.duration", "0.0"),
    ]);
    assert_eq!(events, [failed, succeeded]);
}

#[tokio::test(start_paused = true)]
async fn a_span_counts_all_attempts_once() {
    let recorder = Recorder::default();
    let _guard = tracing::subscriber::set_default(recorder.clone());
    let busy = || Reply::error(Code::Unavailable, "busy");
    let fake = Fake::new([busy(), busy(), busy(), Reply::new(404)]);
    let client = fake.builder().build().await.unwrap();
    let request = client.request(&GET).path("name", "a");
    request.send_empty().await.unwrap_err();
    let spans = recorder.spans.lock().unwrap();
    assert_eq!(
        spans.values().next().unwrap()["http.request.resend_count"],
        "3"
    );
}

#[tokio::test(start_paused = true)]
async fn a_failed_call_says_how() {
    let recorder = Recorder::default();
    let _guard = tracing::subscriber::set_default(recorder.clone());
    let fake = Fake::new([Reply::new(502).with_body("<html>")]);
    let client = fake.builder().build().await.unwrap();
    client.request(&CREATE).send_empty().await.unwrap_err();
    let spans = recorder.spans.lock().unwrap();
    let span = spans.values().next().unwrap();
    assert_eq!(span["otel.status_code"], "ERROR");
    assert_eq!(span["error.type"], "502");
    assert_eq!(span["http.response.status_code"], "502");
    assert_eq!(span["rpc.status_code"], "UNKNOWN");
}

/// Counts the outcomes that it is notified of.
#[derive(Clone, Debug, Default)]
struct Throttler(Arc<Mutex<Vec<&'static str>>>);

impl RetryThrottler for Throttler {
    fn throttle_retry_attempt(&self) -> bool {
        false
    }

    fn on_retry_failure(&mut self, _: &RetryResult) {
        self.0.lock().unwrap().push("failure");
    }

    fn on_success(&mut self) {
        self.0.lock().unwrap().push("success");
    }
}

/// For calls, and for uploads in one request and in steps.
#[tokio::test(start_paused = true)]
async fn an_answer_that_cannot_be_read_is_no_success() {
    static UPLOAD: Method = Method::new(
        "checks.things.upload",
        HttpMethod::Post,
        &[Literal("v1alpha/things")],
    )
    .with_upload(MediaUpload::new(&[Literal("upload/things")]).with_resumable(true));
    let html = || Reply::new(200).with_body("<html>");
    let session = HeaderValue::from_static("https://checks.googleapis.com/session");
    let started = Reply::new(200).with_header(LOCATION, session);
    for (replies, in_steps) in [
        (vec![html()], None),
        (vec![html()], Some(false)),
        (vec![started, html()], Some(true)),
    ] {
        let recorder = Recorder::default();
        let _guard = tracing::subscriber::set_default(recorder.clone());
        let (fake, throttler) = (Fake::new(replies), Throttler::default());
        let builder = fake.builder().with_retry_throttler(throttler.clone());
        let client = builder.build().await.unwrap();
        let result = match in_steps {
            None => client.request(&CREATE).send::<Value>().await,
            Some(in_steps) => {
                let upload = client
                    .request(&UPLOAD)
                    .upload_resumable("media".as_bytes().to_vec());
                upload.with_resumable(in_steps).send().await
            }
        };
        assert!(result.unwrap_err().is_deserialization());
        let spans = recorder.spans.lock().unwrap();
        let span = spans.values().next().unwrap();
        assert_eq!(span["otel.status_code"], "ERROR");
        assert_eq!(span["error.type"], "deserialization");
        assert_eq!(span["http.response.status_code"], "200");
        let events = recorder.events.lock().unwrap();
        assert_eq!(events.last().unwrap()["message"], "attempt failed");
        assert_eq!(*throttler.0.lock().unwrap(), ["failure"]);
    }
}

/// Always has a newer token.
#[derive(Debug)]
struct Tokens;

impl CredentialsProvider for Tokens {
    async fn headers(
        &self,
        known: Extensions,
    ) -> Result<CacheableResource<HeaderMap>, CredentialsError> {
        let token = match known.get::<EntityTag>() {
            Some(_) => "Bearer new",
            None => "Bearer old",
        };
        let token = HeaderValue::from_static(token);
        Ok(CacheableResource::New {
            entity_tag: EntityTag::new(),
            data: HeaderMap::from_iter([(AUTHORIZATION, token)]),
        })
    }

    async fn universe_domain(&self) -> Option<String> {
        None
    }
}

#[tokio::test(start_paused = true)]
async fn a_request_sent_again_with_another_token_is_logged_and_counted() {
    let recorder = Recorder::default();
    let _guard = tracing::subscriber::set_default(recorder.clone());
    let refusal = || Reply::error(Code::Unauthenticated, "expired");
    let fake = Fake::new([refusal(), refusal()]);
    let builder = fake.builder().with_credentials(Tokens);
    let client = builder.build().await.unwrap();
    let error = client.request(&CREATE).send_empty().await.unwrap_err();
    assert_eq!(error.attempts(), 2);
    let spans = recorder.spans.lock().unwrap();
    let span = spans.values().next().unwrap();
    assert_eq!(span["http.request.resend_count"], "1");
    assert_eq!(span["rpc.status_code"], "UNAUTHENTICATED");
    let events = recorder.events.lock().unwrap();
    let logged: Vec<_> = events
        .iter()
        .map(|event| (&*event["http.request.resend_count"], &*event["error.type"]))
        .collect();
    assert_eq!(logged, [("0", "401"), ("1", "401")]);
}

#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
struct Rows {
    values: Vec<u32>,
}

fn warnings(recorder: &Recorder) -> Vec<Fields> {
    let events = recorder.events.lock().unwrap();
    let warnings = events.iter().filter(|event| event["level"] == "WARN");
    warnings.cloned().collect()
}

/// It may be of another type, of which nothing was decoded.
#[tokio::test]
async fn a_response_with_only_unknown_fields_is_noted() {
    let noted = fields(&[
        ("level", "WARN"),
        ("message", "the response has only unknown fields"),
        ("rpc.method", "checks.things.create"),
    ]);
    for (body, is_noted) in [
        (r#"{"secret":{"values":[1]}}"#, true),
        (r#"{"secret":1,"values":[1]}"#, false),
        ("{}", false),
    ] {
        let recorder = Recorder::default();
        let _guard = tracing::subscriber::set_default(recorder.clone());
        let reply = || Reply::new(200).with_body(body);
        let client = Fake::new([reply(), reply()])
            .builder()
            .build()
            .await
            .unwrap();
        client.request(&CREATE).send::<Rows>().await.unwrap();
        let expected = if is_noted {
            vec![noted.clone()]
        } else {
            vec![]
        };
        assert_eq!(warnings(&recorder), expected, "{body}");

        client.request(&CREATE).send::<Value>().await.unwrap();
        assert_eq!(warnings(&recorder).len(), expected.len());
    }
}

#[tokio::test]
async fn a_stream_that_breaks_off_is_noted() {
    let recorder = Recorder::default();
    let _guard = tracing::subscriber::set_default(recorder.clone());
    let body = r#"[{"values":[1]},{"error":{"code":404,"message":"secret"}}]"#;
    let fake = Fake::new([Reply::new(200).with_body(body)]);
    let client = fake.builder().build().await.unwrap();
    let mut stream = client.request(&CREATE).stream::<Rows>();
    assert!(stream.next().await.unwrap().is_ok());
    assert!(stream.next().await.unwrap().is_err());
    let expected = fields(&[
        ("level", "WARN"),
        ("message", "the stream broke off"),
        ("rpc.method", "checks.things.create"),
        ("error.type", "_OTHER"),
    ]);
    assert_eq!(warnings(&recorder), [expected]);
}
