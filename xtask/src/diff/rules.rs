//! The meaning of each fact that differs.
//!
//! The rules are those of [SemVer compatibility](https://doc.rust-lang.org/cargo/reference/semver.html),
//! and beyond them: a program that compiles and then sends another request is just as broken. A fact
//! without a rule of its own is therefore a breaking change.

use semver::{Version, VersionReq};
use serde_json::Value;

use super::change::{Change, ChangeKind, Class, ItemName};
use super::facts::{self, Difference};

/// Functions of a request builder that are there if a method has these facts.
const FUNCTIONS: [(&str, &str); 5] = [
    ("download", "download"),
    ("long_running", "poller"),
    ("pages", "by_page"),
    ("pages.items", "by_item"),
    ("upload", "with_media"),
];

/// Returns the change of a fact of `item`.
pub(super) fn change(item: &ItemName, difference: &Difference) -> Change {
    let Difference { path, old, new } = difference;
    let function = FUNCTIONS.iter().find(|(fact, _)| fact == path);
    match (function, old, new) {
        (Some((_, function)), None, _) => {
            let function = item.part("function", function);
            return Change::new(Class::Additive, ChangeKind::Added, function);
        }
        (Some((_, function)), _, None) => {
            let function = item.part("function", function);
            return Change::new(Class::Breaking, ChangeKind::Removed, function);
        }
        _ => {}
    }
    let (class, kind) = meaning(path, old.as_ref(), new.as_ref());
    let [old, new] = match (path.as_str(), old, new) {
        ("scopes", Some(old), Some(new)) => facts::exchanged(old, new),
        ("download", ..) => facts::texts(difference).map(|path| match path.as_str() {
            "service" => "download/PATH".to_owned(),
            _ => "PATH".to_owned(),
        }),
        _ => facts::texts(difference),
    };
    Change::new(class, kind, name(item, path)).with_values(old, new)
}

/// The class of a fact that differs, and whether the compiler sees the difference.
fn meaning(path: &str, old: Option<&Value>, new: Option<&Value>) -> (Class, ChangeKind) {
    let additive_if = |is_additive: bool| match is_additive {
        true => Class::Additive,
        false => Class::Breaking,
    };
    let is_subset = || facts::set(old).is_subset(&facts::set(new));
    let class = match path {
        "id" | "upload.md5" => Class::Additive,
        // The compiler sees the difference.
        "rust_version" => return (Class::Additive, ChangeKind::Changed),
        "runtime" => return (runtime(old, new), ChangeKind::Changed),
        "builder"
        | "client"
        | "kind"
        | "package"
        | "target"
        | "type"
        | "response"
        | "upload.resumable"
        | "long_running.metadata"
        | "long_running.response"
        | "pages.items.field"
        | "pages.items.is_map"
        | "pages.items.type" => {
            return (Class::Breaking, ChangeKind::Changed);
        }
        // Each of the scopes is enough: a program that has one of the removed ones is refused.
        "scopes" => additive_if(is_subset() || new.is_none()),
        // Credentials that were granted before lack a new scope.
        "default_scopes" => additive_if(facts::set(new).is_subset(&facts::set(old))),
        // No list accepts everything.
        "upload.accept" => additive_if(new.is_none() || old.is_some() && accepts_all(old, new)),
        "upload.max_size" => additive_if(match (number(old), number(new)) {
            (Some(old), Some(new)) => old <= new,
            (_, new) => new.is_none(),
        }),
        "upload.multipart" => additive_if(new.is_some()),
        "request_id" => additive_if(old.is_none()),
        _ => Class::Breaking,
    };
    (class, ChangeKind::Altered)
}

/// Returns whether media ranges include those that were accepted before.
fn accepts_all(old: Option<&Value>, new: Option<&Value>) -> bool {
    let new = facts::set(new);
    let includes = |range: &str| {
        let kind = range.split('/').next().unwrap_or_default();
        new.contains(range) || new.contains(&*format!("{kind}/*"))
    };
    facts::set(old).into_iter().all(includes)
}

fn number(value: Option<&Value>) -> Option<u64> {
    value?.as_u64()
}

/// Types of the runtime are a part of the API.
fn runtime(old: Option<&Value>, new: Option<&Value>) -> Class {
    let old = VersionReq::parse(&facts::text(old));
    let new = Version::parse(&facts::text(new));
    match (old, new) {
        (Ok(old), Ok(new)) if old.matches(&new) => Class::Additive,
        _ => Class::Breaking,
    }
}

/// The name of a fact.
fn name(item: &ItemName, path: &str) -> ItemName {
    let noun = match path {
        "api_version" => "API version",
        "builder" => "request builder",
        "data_wrapper" => "data wrapper",
        "default_scopes" => "default scopes",
        "download" => "URL of downloads",
        "long_running.metadata" => "metadata of the operation",
        "long_running.response" => "response of the operation",
        "package" => "name of the package",
        "root_url" => "host",
        "runtime" => return ItemName::new("dependency", "discovery-runtime"),
        "rust_version" => "oldest Rust",
        "kind" | "target" | "type" => return item.clone(),
        "upload.accept" => "media types of uploads",
        "upload.max_size" => "maximum size of uploads",
        "upload.md5" => "checksum of uploads",
        "upload.multipart" => "multipart uploads",
        "upload.path" => "path of uploads",
        "upload.resumable" => "resumable uploads",
        "wire" if item.noun == "parameter" => "name in the query",
        "wire" => "form in JSON",
        _ if path.starts_with("pages.items.") => return item.part("function", "by_item"),
        _ if path.starts_with("pages.") => return item.part("function", "by_page"),
        path => &path.replace(['.', '_'], " "),
    };
    match item.noun.as_str() {
        "crate" => ItemName::new(noun, ""),
        _ => item.part(noun, ""),
    }
}
