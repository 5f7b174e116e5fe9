//! Listens to all logs and traces, and records every text that contains a secret.

use std::{
    collections::BTreeMap,
    fmt::{Debug, Write as _},
    sync::{
        Mutex, Once,
        atomic::{AtomicU64, Ordering},
    },
};

use tracing::{
    Event, Metadata, Subscriber,
    field::{Field, Visit},
    span::{Attributes, Id, Record},
};

use discovery_runtime::Result;

use crate::{support::run, values::MARK};

pub(crate) static EAR: Ear = Ear {
    spans: AtomicU64::new(0),
    heard: Mutex::new(BTreeMap::new()),
    leaks: Mutex::new(Vec::new()),
};

pub(crate) struct Ear {
    spans: AtomicU64,
    /// The number of texts from each source.
    heard: Mutex<BTreeMap<String, usize>>,
    leaks: Mutex<Vec<String>>,
}

impl Ear {
    /// Starts listening, once per test program.
    pub(crate) fn open(&'static self) {
        static OPENED: Once = Once::new();
        OPENED.call_once(|| {
            tracing::subscriber::set_global_default(self).unwrap();
            log::set_logger(self).unwrap();
            log::set_max_level(log::LevelFilter::Trace);
        });
    }

    /// Listens to the result of a call, if its caller waited for it, in all its text forms.
    pub(crate) fn hear_result<T: Debug>(&self, result: Option<&Result<T>>) {
        self.hear("result", &format!("{result:?}"));
        if let Some(Err(error)) = result {
            self.hear("error", &run::told(error));
        }
    }

    pub(crate) fn hear(&self, source: &str, text: &str) {
        let source = source.split("::").next().unwrap_or(source);
        *self
            .heard
            .lock()
            .unwrap()
            .entry(source.to_owned())
            .or_default() += 1;
        if text.contains(MARK) {
            self.leaks.lock().unwrap().push(format!("{source}: {text}"));
        }
    }

    /// Fails if a secret was heard, or if a source that could reveal one was not heard at all.
    pub(crate) fn assert_heard_much_and_no_secret(&self) {
        let heard = self.heard.lock().unwrap();
        for source in [
            "builder",
            "call",
            "client",
            "credentials",
            "discovery_runtime",
            "error",
            "h2",
            "reply",
            "reqwest",
            "result",
            "rustls",
        ] {
            assert!(
                heard.get(source).is_some_and(|count| *count > 0),
                "{source}: {heard:?}"
            );
        }
        assert!(heard["discovery_runtime"] > 2_000, "{heard:?}");
        self.assert_no_secret();
    }

    pub(crate) fn assert_no_secret(&self) {
        let leaks = self.leaks.lock().unwrap();
        assert!(leaks.is_empty(), "{leaks:#?}");
    }
}

struct Fields(String);

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        write!(self.0, " {field}={value:?}").unwrap();
    }
}

impl Subscriber for &'static Ear {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut fields = Fields(span.metadata().name().to_owned());
        span.record(&mut fields);
        self.hear(span.metadata().target(), &fields.0);
        Id::from_u64(self.spans.fetch_add(1, Ordering::Relaxed) + 1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        let mut fields = Fields(String::new());
        values.record(&mut fields);
        self.hear("record", &fields.0);
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut fields = Fields(String::new());
        event.record(&mut fields);
        self.hear(event.metadata().target(), &fields.0);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

impl log::Log for Ear {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        self.hear(record.target(), &record.args().to_string());
    }

    fn flush(&self) {}
}
