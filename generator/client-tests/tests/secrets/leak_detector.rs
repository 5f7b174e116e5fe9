//! Inspects all logs and traces, and records every text that contains a secret.

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

pub(crate) static DETECTOR: LeakDetector = LeakDetector {
    spans: AtomicU64::new(0),
    inspected: Mutex::new(BTreeMap::new()),
    leaks: Mutex::new(Vec::new()),
};

pub(crate) struct LeakDetector {
    spans: AtomicU64,
    /// The number of texts from each source.
    inspected: Mutex<BTreeMap<String, usize>>,
    leaks: Mutex<Vec<String>>,
}

impl LeakDetector {
    /// Installs the detector, once per test program.
    pub(crate) fn install(&'static self) {
        static INSTALLED: Once = Once::new();
        INSTALLED.call_once(|| {
            tracing::subscriber::set_global_default(self).unwrap();
            log::set_logger(self).unwrap();
            log::set_max_level(log::LevelFilter::Trace);
        });
    }

    /// Inspects the result of a call, if its caller waited for it, in all its text forms.
    pub(crate) fn inspect_result<T: Debug>(&self, result: Option<&Result<T>>) {
        self.inspect("result", &format!("{result:?}"));
        if let Some(Err(error)) = result {
            self.inspect("error", &run::all_texts(error));
        }
    }

    pub(crate) fn inspect(&self, source: &str, text: &str) {
        let source = source.split("::").next().unwrap_or(source);
        *self
            .inspected
            .lock()
            .unwrap()
            .entry(source.to_owned())
            .or_default() += 1;
        if text.contains(MARK) {
            self.leaks.lock().unwrap().push(format!("{source}: {text}"));
        }
    }

    /// Fails if a secret was found, or if a source that could reveal one was never seen.
    pub(crate) fn assert_much_inspected_and_no_secret(&self) {
        let inspected = self.inspected.lock().unwrap();
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
                inspected.get(source).is_some_and(|count| *count > 0),
                "{source}: {inspected:?}"
            );
        }
        assert!(inspected["discovery_runtime"] > 2_000, "{inspected:?}");
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

impl Subscriber for &'static LeakDetector {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut fields = Fields(span.metadata().name().to_owned());
        span.record(&mut fields);
        self.inspect(span.metadata().target(), &fields.0);
        Id::from_u64(self.spans.fetch_add(1, Ordering::Relaxed) + 1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        let mut fields = Fields(String::new());
        values.record(&mut fields);
        self.inspect("record", &fields.0);
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut fields = Fields(String::new());
        event.record(&mut fields);
        self.inspect(event.metadata().target(), &fields.0);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

impl log::Log for LeakDetector {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        self.inspect(record.target(), &record.args().to_string());
    }

    fn flush(&self) {}
}
