//! Finds named schemas that only refer to one another.

use std::collections::{BTreeMap, BTreeSet};

use crate::problem::quoted;
use crate::{Pointer, Problem, Problems, Schema};

/// A named schema can be a mere reference to another; a circle of those describes nothing.
pub(super) fn check(schemas: &BTreeMap<String, Schema>, problems: &mut Problems) {
    let mut done = BTreeSet::new();
    for start in schemas.keys() {
        let mut round = BTreeSet::new();
        let mut name = start;
        while done.insert(name) {
            round.insert(name);
            let Some(target) = schemas
                .get(name)
                .and_then(|schema| schema.reference.as_ref())
            else {
                break;
            };
            if round.contains(target) {
                problems.push(problem(name, target));
            }
            name = target;
        }
    }
}

fn problem(name: &str, target: &str) -> Problem {
    let schemas = Pointer::ROOT.key("schemas");
    let message = format!("`$ref` leads back to {}", quoted(target));
    let help = "follow the references, and let one of the schemas have a `type`";
    Problem::error(schemas.key(name), message).with_help(help)
}
