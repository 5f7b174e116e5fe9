//! A service of media with the faults of a plan.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use super::{
    calls::Kind,
    downloads,
    objects::{Form, object},
    uploads::Store,
};
use crate::support::{
    Recorded,
    plan::Plan,
    run::call_of,
    server::{Act, FaultServer},
};

/// The state of a call.
#[derive(Clone, Debug, Default)]
pub(crate) struct State {
    /// The faults of its requests.
    pub(crate) faults: Vec<String>,
    form: Form,
    pub(crate) store: Store,
}

pub(crate) struct MediaServer {
    pub(crate) server: FaultServer,
    states: Arc<Mutex<HashMap<u64, State>>>,
}

impl MediaServer {
    pub(crate) async fn start(plan: Plan) -> Self {
        let states: Arc<Mutex<HashMap<u64, State>>> = Arc::default();
        let calls = states.clone();
        let server = FaultServer::start(move |request| {
            let call = call_of(request);
            calls
                .lock()
                .unwrap()
                .entry(call)
                .or_default()
                .act(plan, call, request)
        });
        Self {
            server: server.await,
            states,
        }
    }

    pub(crate) fn state(&self, call: u64) -> State {
        self.states
            .lock()
            .unwrap()
            .get(&call)
            .cloned()
            .unwrap_or_default()
    }
}

impl State {
    fn act(&mut self, plan: Plan, call: u64, request: &Recorded) -> Act {
        let kind = Kind::of(plan, call);
        let number = self.faults.len();
        if kind == Kind::Download {
            let fault = plan.download_fault(call, number);
            self.faults.push(format!("{fault:?}"));
            self.form.advance(fault);
            return downloads::act(plan, call, fault, self.form, request);
        }
        let begins = request.target().contains("uploadType=resumable");
        let fault = match begins {
            true => plan.start_fault(call, number),
            false => kind.upload_fault(plan, call, number),
        };
        self.faults.push(format!("{fault:?}"));
        let total = object(plan, call, Form::default()).len();
        let reply = match part(request) {
            _ if begins => self.store.begin(fault),
            Some((first, end)) => self.store.take(fault, end - first, total),
            None if request.line().starts_with("PUT") => self.store.take(fault, 0, total),
            None => self.store.take_whole(fault, total),
        };
        reply.act(plan, call)
    }
}

/// Returns the part of the media that a request carries, if it is one.
pub(crate) fn part(request: &Recorded) -> Option<(usize, usize)> {
    let ranges = request.header("content-range");
    let (part, _) = ranges.first()?.strip_prefix("bytes ")?.split_once('/')?;
    let (first, last) = part.split_once('-')?;
    let last: usize = last.parse().unwrap();
    Some((first.parse().unwrap(), last + 1))
}
