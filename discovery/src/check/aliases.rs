//! Finds named schemas that only refer to each other.

use std::collections::{BTreeMap, BTreeSet};

use crate::problem::quoted;
use crate::{Pointer, Problems, Schema};

/// Reports circles of named schemas that are mere references: they describe nothing.
pub(super) fn check(schemas: &BTreeMap<String, Schema>, problems: &mut Problems) {
    let at = Pointer::ROOT.key("schemas");
    let mut done = BTreeSet::new();
    for start in schemas.keys() {
        let mut followed = BTreeSet::new();
        let mut name = start.as_str();
        while done.insert(name) {
            followed.insert(name);
            let Some(target) = schemas.get(name).and_then(Schema::reference) else {
                break;
            };
            if followed.contains(target) {
                let message = format!("`$ref` leads back to {}", quoted(target));
                let help = "follow the references, and give one of the schemas a `type`";
                problems.error(at.key(name), message, help);
            }
            name = target;
        }
    }
}
