//! What differs in the manifests of two packages.

use semver::{Version, VersionReq};

use super::{Change, Class, Verb};
use crate::api::Manifest;

/// All changes from one manifest to the other, but for the version and the revision.
pub(super) fn changes(old: &Manifest, new: &Manifest) -> Vec<Change> {
    let mut changes = features(old, new);
    let mut value = |noun: &'static str, name: &str, old: &str, new: &str, class: Class| {
        if old != new {
            let change = Change::new(class, Verb::Changed, noun, name);
            changes.push(change.with_values(old, new));
        }
    };
    value(
        "name of the package",
        "",
        &old.name,
        &new.name,
        Class::Breaking,
    );
    let runtime = match (
        VersionReq::parse(&old.runtime),
        Version::parse(&new.runtime),
    ) {
        (Ok(old), Ok(new)) if old.matches(&new) => Class::Additive,
        _ => Class::Breaking,
    };
    value(
        "dependency",
        "discovery-runtime",
        &old.runtime,
        &new.runtime,
        runtime,
    );
    value(
        "oldest Rust",
        "",
        &old.rust_version,
        &new.rust_version,
        Class::Additive,
    );
    changes
}

fn features(old: &Manifest, new: &Manifest) -> Vec<Change> {
    let (old, new) = (&old.features, &new.features);
    let mut changes = Vec::new();
    let mut push = |class, verb, name| changes.push(Change::new(class, verb, "feature", name));
    for name in old.keys().filter(|name| !new.contains_key(*name)) {
        push(Class::Breaking, Verb::Removed, name);
    }
    for name in new.keys().filter(|name| !old.contains_key(*name)) {
        push(Class::Additive, Verb::Added, name);
    }
    for (name, before) in old {
        let Some(after) = new.get(name) else {
            continue;
        };
        // A feature that came or went has been told.
        let known = |other: &&String| old.contains_key(*other) && new.contains_key(*other);
        let of = format!("the feature `{name}`");
        let mut push = |class, verb, other: &str| {
            changes.push(Change::new(class, verb, "part", other).of(&of));
        };
        for other in before.difference(after).filter(known) {
            push(Class::Breaking, Verb::Removed, other);
        }
        for other in after.difference(before).filter(known) {
            push(Class::Additive, Verb::Added, other);
        }
    }
    changes
}
