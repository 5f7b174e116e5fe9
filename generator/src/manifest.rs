//! The manifest of a crate.

use std::fmt::Write as _;

use crate::docs;
use crate::header;
use crate::model::{Api, Package};
use crate::options::{Options, Runtime};
use crate::readme;
use crate::requirements::{FIRST_VERSION, RUNTIME_VERSION, RUST_VERSION};
use crate::surface::Surface;

/// The name of the manifest.
pub(crate) const FILE: &str = "Cargo.toml";

/// The license of every generated crate.
const LICENSE: &str = "MIT OR Apache-2.0";

/// The number of characters that a registry accepts in a keyword.
const LONGEST_KEYWORD: usize = 20;

/// Returns the manifest.
pub(crate) fn cargo_toml(api: &Api, options: &Options) -> String {
    let package = &api.package;
    let header = header::comment(package, "# ");
    let mut manifest = format!("{header}\n[package]\n");
    let description = format!("Client of the {}.", package.title);
    let mut entry = |key: &str, value: &str| {
        let _ = writeln!(manifest, "{key} = {}", quoted(value));
    };
    entry("name", &api.names.package);
    entry("version", FIRST_VERSION);
    entry("edition", "2024");
    entry("rust-version", RUST_VERSION);
    entry("license", LICENSE);
    entry("description", &description);
    if let Some(documentation) = &package.documentation {
        entry("homepage", documentation);
    }
    if let Some(repository) = &options.repository {
        entry("repository", repository);
        entry(
            "documentation",
            &format!("https://docs.rs/{}", api.names.package),
        );
    }
    entry("readme", readme::FILE);
    let keywords = keywords(&package.document);
    let (features, runtime) = (features(package), runtime(&options.runtime));
    let metadata = metadata(package);
    let (dev_dependencies, examples) = (dev_dependencies(api), examples(api));
    let _ = write!(
        manifest,
        r#"keywords = [{keywords}]
categories = ["api-bindings", "web-programming::http-client"]
include = ["/CHANGELOG.md", "/LICENSE-*", "/README.md", "/examples", "/src"]

[features]
{features}
[dependencies]
discovery-runtime = {{ {runtime}, default-features = false }}

[dev-dependencies]
{dev_dependencies}{examples}
[package.metadata.docs.rs]
targets = ["x86_64-unknown-linux-gnu"]

[package.metadata.discovery]
{metadata}"#
    );
    manifest
}

/// Returns the keywords of a registry, with the name of the API if it can be one:
/// <https://doc.rust-lang.org/cargo/reference/manifest.html#the-keywords-field>.
fn keywords(document: &str) -> String {
    let is_allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let name = document.split(':').next().unwrap_or_default();
    let is_keyword = name.starts_with(|c: char| c.is_ascii_alphanumeric())
        && name.len() <= LONGEST_KEYWORD
        && name.chars().all(is_allowed);
    let mut keywords = vec!["google".to_owned(), "api".to_owned(), "client".to_owned()];
    if is_keyword && !keywords.iter().any(|keyword| keyword == name) {
        keywords.push(name.to_owned());
    }
    list(&keywords)
}

/// Returns the dependencies of examples and doctests.
fn dev_dependencies(api: &Api) -> String {
    let tokio = "tokio = { version = \"1\", features = [\"macros\", \"rt-multi-thread\"] }\n";
    match api.examples.upload {
        Some(_) => {
            format!("indicatif = {{ version = \"0.18\", default-features = false }}\n{tokio}")
        }
        None => tokio.to_owned(),
    }
}

/// The examples that are there only if their resource is.
fn examples(api: &Api) -> String {
    let mut examples = String::new();
    for (name, features) in api.examples.needs() {
        if !features.is_empty() {
            let features: Vec<_> = features.into_iter().cloned().collect();
            let _ = write!(
                examples,
                "\n[[example]]\nname = \"{name}\"\nrequired-features = [{}]\n",
                list(&features)
            );
        }
    }
    examples
}

/// The document, so that the package can be generated again.
fn metadata(package: &Package) -> String {
    let document = quoted(&package.document);
    let revision = quoted(&package.revision);
    let mut metadata = format!("document = {document}\nrevision = {revision}\n");
    if !package.only.is_empty() {
        let _ = writeln!(metadata, "only = [{}]", list(&package.only));
    }
    metadata
}

/// Returns a feature for each resource at the root, all on by default, and the runtime's features.
fn features(package: &Package) -> String {
    let mut default = vec!["ring".to_owned()];
    default.extend(package.features.iter().cloned());
    let mut features = format!(
        "default = [{}]\n# Cryptography for TLS. With neither, the program installs a provider.\n\
         ring = [\"discovery-runtime/ring\"]\naws-lc = [\"discovery-runtime/aws-lc\"]\n",
        list(&default)
    );
    let (all, resources): (Vec<_>, Vec<_>) = package
        .features
        .iter()
        .cloned()
        .partition(|feature| feature == Surface::ALL_TYPES);
    if !resources.is_empty() {
        features.push_str("# The resources at the root of the API.\n");
    }
    for feature in &resources {
        let _ = writeln!(features, "{feature} = []");
    }
    for feature in &all {
        let _ = writeln!(
            features,
            "# All of them, and the types that no method uses; operations may contain them.\n\
             {feature} = [{}]",
            list(&resources)
        );
    }
    features
}

fn list(texts: &[String]) -> String {
    let quoted: Vec<_> = texts.iter().map(|text| quoted(text)).collect();
    quoted.join(", ")
}

/// Returns the location of the runtime. A package with a path or a git URL is published with the
/// version alone.
fn runtime(runtime: &Runtime) -> String {
    let version = |version| format!("version = {}", quoted(version));
    let own = version(RUNTIME_VERSION);
    match runtime {
        Runtime::Version(other) => version(other),
        Runtime::Git { url, rev } => {
            format!("git = {}, rev = {}, {own}", quoted(url), quoted(rev))
        }
        Runtime::Path(path) => format!("path = {}, {own}", quoted(path)),
    }
}

/// Returns a TOML basic string: <https://toml.io/en/v1.0.0#string>.
pub(crate) fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if !docs::is_visible(c) => {
                let _ = write!(quoted, "\\U{:08X}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}
