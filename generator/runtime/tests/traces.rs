//! What a call tells `tracing`: a program of its own, since a callsite that another test comes by
//! first, without a subscriber, may be taken for one that nobody listens to.

mod support;

use std::{
    collections::BTreeMap,
    fmt::Debug,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
};

use discovery_runtime::Reply;
use tracing::{
    Event, Metadata, Subscriber,
    field::{Field, Visit},
    span::{Attributes, Id, Record},
};

use support::{CREATE, GET, fake::Fake};

type Fields = BTreeMap<String, String>;

/// Keeps what it is told by this crate, spans first under their ids.
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

    fn record(&self, id: &Id, values: &Record<'_>) {
        let mut spans = self.spans.lock().unwrap();
        values.record(&mut Visitor(spans.get_mut(&id.into_u64()).unwrap()));
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
    let fake = Fake::new([Reply::error(503, "UNAVAILABLE", "secret-message")]);
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
        ("otel.status_code", "OK"),
        ("rpc.system", "http"),
        ("rpc.service", "checks"),
        ("rpc.method", "checks.things.get"),
        ("http.request.method", "GET"),
        ("url.template", "v1alpha/{+name}"),
        ("url.scheme", "https"),
        ("server.address", "checks.googleapis.com"),
        ("server.port", "443"),
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
        ("error.type", "UNAVAILABLE"),
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
async fn a_failed_call_says_how() {
    let recorder = Recorder::default();
    let _guard = tracing::subscriber::set_default(recorder.clone());
    let fake = Fake::new([Reply::new(502).with_body("<html>")]);
    let client = fake.builder().build().await.unwrap();
    client.request(&CREATE).send_empty().await.unwrap_err();
    let spans = recorder.spans.lock().unwrap();
    let span = spans.values().next().unwrap();
    assert_eq!(span["otel.status_code"], "ERROR");
    assert_eq!(span["error.type"], "http");
    assert_eq!(span["http.response.status_code"], "502");
}
