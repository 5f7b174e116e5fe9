//! The outcome that an upload has to have.

use super::{
    faults::UploadFault,
    objects::Shown,
    outcome::{ATTEMPTS, Expected, Outcome, Refusal, Requests, status},
    uploads::{Reply, Store, name},
};
use crate::support::{catalogue::Fault, plan::Plan};

/// An upload in steps, as far as it has come.
struct Model<F> {
    plan: Plan,
    call: u64,
    total: usize,
    /// The faults of requests in the session.
    fault: F,
    store: Store,
    requests: Requests,
    has_session: bool,
    /// The number of bytes that the service has, if it is known.
    offset: Option<usize>,
    /// The most that the service ever had.
    most: usize,
    /// The number of bytes that count as progress.
    progress: usize,
}

/// The failure of a step.
enum Failure {
    /// The step may be repeated.
    Passes,
    Ends(Outcome),
}

/// Returns the outcome of an upload in steps.
pub(crate) fn expected_in_steps(
    plan: Plan,
    call: u64,
    total: usize,
    fault: impl Fn(usize) -> UploadFault,
) -> Expected {
    let mut model = Model {
        plan,
        call,
        total,
        fault,
        store: Store::default(),
        requests: Requests::default(),
        has_session: false,
        offset: None,
        most: 0,
        progress: 1,
    };
    let outcome = model.run();
    Expected {
        requests: model.requests.count,
        outcome,
    }
}

/// Returns the outcome of an upload in one request, which is not repeated.
pub(crate) fn expected_in_one(
    call: u64,
    total: usize,
    fault: impl Fn(usize) -> UploadFault,
) -> Expected {
    let mut requests = Requests::default();
    let fault = requests.next(fault);
    let outcome = match Store::default().take_whole(fault, total) {
        Reply::General(fault) => status(fault).map_or(Outcome::Broken, Outcome::Status),
        Reply::Lost => Outcome::Broken,
        Reply::Unknown => Outcome::Status(404),
        Reply::CompleteEarly => Outcome::Refused(Refusal::Incomplete),
        reply => complete(reply, call),
    };
    Expected {
        requests: requests.count,
        outcome,
    }
}

fn complete(reply: Reply, call: u64) -> Outcome {
    match reply {
        Reply::Complete { is_right: true } => Outcome::Done(Shown(name(call).into_bytes())),
        _ => Outcome::Refused(Refusal::ChecksumMismatch),
    }
}

impl<F: Fn(usize) -> UploadFault> Model<F> {
    fn run(&mut self) -> Outcome {
        let (mut attempts, mut mark) = (0, 0);
        loop {
            attempts += 1;
            let outcome = self.step();
            let further = self.most - mark >= self.progress;
            if further {
                (attempts, mark) = (0, self.most);
            }
            match outcome {
                Ok(None) => {}
                Ok(Some(outcome)) | Err(Failure::Ends(outcome)) => return outcome,
                Err(Failure::Passes) => {
                    attempts += usize::from(further);
                    if attempts >= ATTEMPTS {
                        return Outcome::Exhausted;
                    }
                }
            }
        }
    }

    /// Gets further; returns the outcome at the end.
    fn step(&mut self) -> Result<Option<Outcome>, Failure> {
        if !self.has_session {
            self.begin()?;
        }
        let offset = match self.offset {
            Some(offset) => offset,
            None => match self.exchange(0)? {
                Reply::Stored(stored) => stored,
                reply => return Ok(Some(complete(reply, self.call))),
            },
        };
        let rest = self.total - offset;
        self.offset = None;
        self.progress = (rest / 100).max(1);
        match self.exchange(rest)? {
            Reply::Stored(stored) if stored - offset < self.progress => Err(Failure::Passes),
            Reply::Stored(_) => Ok(None),
            reply => Ok(Some(complete(reply, self.call))),
        }
    }

    fn begin(&mut self) -> Result<(), Failure> {
        let (plan, call) = (self.plan, self.call);
        let fault = self
            .requests
            .next(|request| plan.start_fault(call, request));
        match self.store.begin(fault) {
            Reply::General(fault) => return Err(general(fault)),
            Reply::Begun => {}
            _ => return Err(Failure::Passes),
        }
        self.has_session = true;
        self.offset = Some(0);
        Ok(())
    }

    /// Sends so many bytes, or queries the state.
    fn exchange(&mut self, bytes: usize) -> Result<Reply, Failure> {
        let fault = self.requests.next(&self.fault);
        let reply = self.store.take(fault, bytes, self.total);
        let refused = |refusal| Err(Failure::Ends(Outcome::Refused(refusal)));
        match reply {
            Reply::General(fault) => Err(general(fault)),
            Reply::Lost => Err(Failure::Passes),
            Reply::StoredInTheMiddle | Reply::StoredTooMuch | Reply::CompleteEarly => {
                refused(Refusal::Protocol)
            }
            Reply::Unknown => refused(Refusal::SessionLost),
            Reply::Stored(stored) => {
                self.offset = Some(stored);
                self.most = self.most.max(stored);
                Ok(reply)
            }
            reply => Ok(reply),
        }
    }
}

/// Returns the failure of a request with a fault that any reply may have.
fn general(fault: Fault) -> Failure {
    match (fault, status(fault)) {
        (Fault::Unauthenticated | Fault::RedirectElsewhere, Some(status)) => {
            Failure::Ends(Outcome::Status(status))
        }
        _ => Failure::Passes,
    }
}
