//! The outcome that a download has to have.

use super::{
    downloads::Dialect,
    faults::DownloadFault,
    objects::{Form, Shown, object},
    outcome::{ATTEMPTS, Expected, Outcome, Refusal, Requests, status},
};
use crate::support::{catalogue::Fault, plan::Plan};

/// A download, as far as it has come.
struct Model {
    plan: Plan,
    call: u64,
    /// The form that the service sends now.
    form: Form,
    /// The form that the first reply had.
    opened: Option<Form>,
    position: usize,
}

/// The consequence of a reply.
enum Next {
    Ends(Outcome),
    /// The reply failed, after some more bytes if it made progress.
    Fails {
        progress: bool,
    },
}

/// Returns the outcome of a download with the faults of the plan.
pub(crate) fn expected(plan: Plan, call: u64) -> Expected {
    let mut model = Model {
        plan,
        call,
        form: Form::default(),
        opened: None,
        position: 0,
    };
    let mut requests = Requests::default();
    let mut attempts = 0;
    let outcome = loop {
        attempts += 1;
        let fault = requests.next(|request| plan.download_fault(call, request));
        match model.reply(fault) {
            Next::Ends(outcome) => break outcome,
            Next::Fails { progress: true } => attempts = 1,
            Next::Fails { progress: false } if attempts == ATTEMPTS => break Outcome::Exhausted,
            Next::Fails { progress: false } => {}
        }
    };
    Expected {
        requests: requests.count,
        outcome,
    }
}

impl Model {
    fn reply(&mut self, fault: DownloadFault) -> Next {
        use DownloadFault::*;
        self.form.advance(fault);
        match fault {
            General(fault @ Fault::Unauthenticated) => {
                Next::Ends(Outcome::Status(status(fault).unwrap()))
            }
            General(_) => Next::Fails { progress: false },
            NoContent => refused(Refusal::NotMedia),
            WrongRange => refused(Refusal::WrongRange),
            Unsatisfiable if self.opened.is_none() => Next::Ends(Outcome::Status(416)),
            Unsatisfiable => refused(Refusal::Changed),
            _ if self.opened.is_some_and(|form| form != self.form) => refused(Refusal::Changed),
            WrongChecksum => self.wrong_checksum(),
            Truncated => self.truncated(),
            Nothing | RangeIgnored | Changed | Encoded => self.done(),
        }
    }

    fn object(&self) -> Vec<u8> {
        object(self.plan, self.call, self.form)
    }

    fn done(&self) -> Next {
        Next::Ends(Outcome::Done(Shown(self.object())))
    }

    /// A checksum counts if it came first, or contradicts the first.
    fn wrong_checksum(&self) -> Next {
        let is_known = Dialect::of(self.plan, self.call).has_checksums;
        match self.opened {
            None => refused(Refusal::ChecksumMismatch),
            Some(_) if is_known => refused(Refusal::Changed),
            Some(_) => self.done(),
        }
    }

    fn truncated(&mut self) -> Next {
        self.opened = Some(self.form);
        let came = (self.object().len() - self.position) / 2;
        self.position += came;
        Next::Fails { progress: came > 0 }
    }
}

fn refused(refusal: Refusal) -> Next {
    Next::Ends(Outcome::Refused(refusal))
}
