//! Validation of requests against the document.

pub(crate) mod body;
pub(crate) mod parameters;
pub(crate) mod scalar;

use crate::status::Violation;

/// The number of violations that are reported at once.
const MAX_VIOLATIONS: usize = 20;

/// The violations of a request.
#[derive(Debug, Default)]
pub(crate) struct Violations(Vec<Violation>);

impl Violations {
    pub(crate) fn add(&mut self, field: &str, description: impl Into<String>) {
        if self.0.len() < MAX_VIOLATIONS {
            self.0.push(Violation::new(field, description));
        }
    }

    pub(crate) fn as_slice(&self) -> &[Violation] {
        &self.0
    }
}
