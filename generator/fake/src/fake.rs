//! The fake.

use std::fmt;
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use discovery::Document;
use http::{Request, Response};
use serde_json::{Value, json};

use crate::api::{Api, Coverage};
use crate::control;
use crate::incoming::Incoming;
use crate::locate::{Located, locate};
use crate::log::LoggedCall;
use crate::patterns::Patterns;
use crate::rules::Rule;
use crate::service::Service;
use crate::settings::Settings;
use crate::shared::Shared;
use crate::state::State;
use crate::state::record::Record;
use crate::status::{Code, Failure};

/// A stateful fake of one or more APIs.
///
/// Its clones share one state.
#[derive(Clone)]
pub struct Fake {
    inner: Arc<Inner>,
}

struct Inner {
    apis: Vec<Arc<Api>>,
    patterns: Patterns,
    shared: Mutex<Shared>,
}

impl Fake {
    /// A fake of one API.
    pub fn new(document: Document) -> Self {
        Self::of([document])
    }

    /// A fake of several APIs.
    pub fn of(documents: impl IntoIterator<Item = Document>) -> Self {
        let apis = documents
            .into_iter()
            .map(|document| Arc::new(Api::new(document)));
        let inner = Inner {
            apis: apis.collect(),
            patterns: Patterns::default(),
            shared: Mutex::default(),
        };
        Self {
            inner: Arc::new(inner),
        }
    }

    /// Makes ids and times follow from a seed. The state is emptied.
    #[must_use]
    pub fn with_seed(self, seed: u64) -> Self {
        self.shared().state = State::new(seed);
        self
    }

    /// Replaces the settings.
    #[must_use]
    pub fn with_settings(self, settings: Settings) -> Self {
        self.shared().settings = settings;
        self
    }

    /// Reads the state from a file, and writes every change to it.
    ///
    /// # Errors
    ///
    /// If the file cannot be read or written, or is not a state.
    pub fn with_state_file(self, path: &Path) -> io::Result<Self> {
        self.shared().state.persist(path)?;
        Ok(self)
    }

    /// Adds a reply or a fault for some calls.
    pub fn add_rule(&self, rule: Rule) {
        self.shared().rules.add(rule);
    }

    /// Adds or replaces a resource of an API, by the path of its URL: that of `GET
    /// https://checks.googleapis.com/v1alpha/accounts/1/apps/2` is `v1alpha/accounts/1/apps/2`.
    pub fn put(&self, api: &str, path: &str, resource: Value) {
        let key = format!("{api}/{path}");
        self.shared().state.put(&key, Record::new(resource));
    }

    /// Returns the resources by the ids of their APIs and their paths.
    pub fn state(&self) -> Value {
        self.shared().state.json()
    }

    /// Returns the latest calls, the first one first.
    pub fn calls(&self) -> Vec<LoggedCall> {
        self.shared().log.calls()
    }

    /// Removes all resources, rules and recorded calls.
    pub fn reset(&self) {
        self.shared().reset();
    }

    /// Returns how the methods of each API are served, by its id.
    pub fn coverage(&self) -> Vec<(String, Coverage)> {
        let apis = self.inner.apis.iter();
        apis.map(|api| (api.document.id.clone(), api.coverage()))
            .collect()
    }

    /// Serves a request. Faults of its delivery are in the extensions of the reply, as a
    /// [`Delivery`](crate::Delivery).
    pub fn call(&self, request: Request<Bytes>) -> Response<Bytes> {
        let request = Incoming::new(request);
        let located = locate(&self.inner.apis, &request);
        let routed = located.as_ref().and_then(|located| {
            let routed = located.api.route(&request.verb, &located.path)?;
            Some(routed.served.method.id.clone())
        });
        let mut shared = self.shared();
        if let Some(reply) = control::serve(&mut shared, &request, &self.apis(&request)) {
            return reply;
        }
        let reply = self.reply(&mut shared, &request, located.as_ref(), routed.as_deref());
        let reply = reply.unwrap_or_else(|failure| failure.reply());
        shared.log.add(LoggedCall {
            method: routed,
            verb: request.verb.to_string(),
            path: format!("/{}", request.path),
            status: reply.status().as_u16(),
            is_sample: reply.headers().contains_key("x-fake-sample"),
        });
        reply
    }

    fn reply(
        &self,
        shared: &mut Shared,
        request: &Incoming,
        located: Option<&Located>,
        method: Option<&str>,
    ) -> Result<Response<Bytes>, Failure> {
        let Some(located) = located else {
            let text = format!("No API of the fake has the path /{}", request.path);
            return Err(Failure::new(Code::NotFound, text));
        };
        let rule = shared.rules.take(request, method.unwrap_or_default())?;
        let delivery = rule.as_ref().map(|rule| rule.delivery);
        let mut reply = match rule.as_ref().and_then(Rule::reply) {
            Some(reply) => reply,
            None => {
                let mut service = Service {
                    settings: shared.settings,
                    state: &mut shared.state,
                    sessions: &mut shared.sessions,
                    patterns: &self.inner.patterns,
                };
                let served = service.serve(request, located);
                served.unwrap_or_else(|failure| failure.reply())
            }
        };
        if let Some(delivery) = delivery {
            reply.extensions_mut().insert(delivery);
        }
        shared.state.written().map_err(|error| {
            Failure::new(
                Code::Internal,
                format!("The state file cannot be written: {error}"),
            )
        })?;
        Ok(reply)
    }

    /// Returns how the methods are served, if the request is for that.
    fn apis(&self, request: &Incoming) -> Value {
        if request.path != "__apis" {
            return Value::Null;
        }
        let apis = self.coverage().into_iter().map(|(id, coverage)| {
            let Coverage { stateful, samples, unserved, roles } = coverage;
            let value = json!({"stateful": stateful, "samples": samples, "unserved": unserved, "roles": roles});
            (id, value)
        });
        apis.collect()
    }

    fn shared(&self) -> MutexGuard<'_, Shared> {
        self.inner
            .shared
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Fake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ids = self.inner.apis.iter().map(|api| &api.document.id);
        f.debug_list().entries(ids).finish()
    }
}
