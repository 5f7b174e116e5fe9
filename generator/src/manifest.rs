//! The files of a crate that are not Rust: its manifest and its README.

use std::fmt::Write as _;

use crate::model::{Api, Examples, Package};
use crate::requirements::{RUNTIME_VERSION, RUST_VERSION};
use crate::surface::Surface;
use crate::{HEADER_MARK, Options, Runtime, docs};

/// What a generated crate is published under.
const LICENSE: &str = "MIT OR Apache-2.0";

/// The lines that say where a file comes from, as comments that begin with `prefix`.
pub(crate) fn header(package: &Package, prefix: &str) -> String {
    let document = plain(&package.document);
    let revision = plain(&package.revision);
    let mut header = format!(
        "{prefix}{HEADER_MARK}\n{prefix}from the Discovery document `{document}`, revision {revision}. \
         Do not edit.\n"
    );
    if !package.only.is_empty() {
        let _ = writeln!(header, "{prefix}Only: {}.", plain(&package.only.join(", ")));
    }
    header
}

/// The same in one line.
pub(crate) fn header_line(package: &Package) -> String {
    header(package, "").trim_end().replace('\n', " ")
}

/// Text that ends no comment, of Rust, TOML or HTML.
fn plain(text: &str) -> String {
    let harmless = |c: char| c.is_ascii_alphanumeric() || " .,:*_".contains(c);
    text.chars().filter(|c| harmless(*c)).collect()
}

pub(crate) fn cargo_toml(api: &Api, options: &Options) -> String {
    let package = &api.package;
    let header = header(package, "# ");
    let mut manifest = format!("{header}\n[package]\n");
    let description = format!("Client of the {}.", package.title);
    let mut entry = |key: &str, value: &str| {
        let _ = writeln!(manifest, "{key} = {}", quoted(value));
    };
    entry("name", &package.name);
    entry("version", &package.version);
    entry("edition", "2024");
    entry("rust-version", RUST_VERSION);
    entry("license", LICENSE);
    entry("description", &description);
    if let Some(documentation) = &package.documentation {
        entry("homepage", documentation);
    }
    entry("readme", "README.md");
    let _ = writeln!(manifest, "exclude = [{}]", quoted(Surface::FILE));
    let (features, runtime) = (features(package), runtime(&options.runtime));
    let metadata = metadata(package);
    let (dev_dependencies, examples) = (dev_dependencies(api), examples(api));
    let workspace = if options.standalone {
        "\n[workspace]\n"
    } else {
        ""
    };
    let _ = write!(
        manifest,
        r#"
[features]
{features}
[dependencies]
discovery-runtime = {{ {runtime}, default-features = false }}
serde = {{ version = "1", features = ["derive"] }}

[dev-dependencies]
{dev_dependencies}{examples}
[package.metadata.discovery]
{metadata}{workspace}"#
    );
    manifest
}

/// What examples and their tests stand on.
fn dev_dependencies(api: &Api) -> String {
    let tokio = "tokio = { version = \"1\", features = [\"macros\", \"rt-multi-thread\"] }\n";
    match api.programs.upload {
        Some(_) => {
            format!("indicatif = {{ version = \"0.18\", default-features = false }}\n{tokio}")
        }
        None => tokio.to_owned(),
    }
}

/// The examples that are there only if their resource is.
fn examples(api: &Api) -> String {
    let mut examples = String::new();
    for (name, features) in api.programs.needs() {
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

/// A feature for each resource at the root, all of them on by default, and the runtime's own.
fn features(package: &Package) -> String {
    let mut default = vec!["ring".to_owned()];
    default.extend(package.features.iter().cloned());
    let mut features = format!(
        "default = [{}]\n# Cryptography for TLS. With neither, the program installs a provider of its own.\n\
         ring = [\"discovery-runtime/ring\"]\naws-lc = [\"discovery-runtime/aws-lc\"]\n",
        list(&default)
    );
    if !package.features.is_empty() {
        features.push_str("# What a program calls of the API: the resources at its root.\n");
    }
    for feature in &package.features {
        let _ = writeln!(features, "{feature} = []");
    }
    features
}

fn list(texts: &[String]) -> String {
    let quoted: Vec<_> = texts.iter().map(|text| quoted(text)).collect();
    quoted.join(", ")
}

fn runtime(runtime: &Runtime) -> String {
    let version = format!("version = {}", quoted(RUNTIME_VERSION));
    match runtime {
        Runtime::Published => version,
        Runtime::Path(path) => format!("path = {}, {version}", quoted(path)),
    }
}

pub(crate) fn readme(package: &Package) -> String {
    let mark = header_line(package);
    let title = docs::summary(&package.title, None);
    let (name, document) = (&package.name, plain(&package.document));
    let mut readme = format!(
        "<!-- {} -->\n\n# {name}\n\nA Rust client of the {title}, generated from revision {} of its \
         Discovery document, `{document}`.\n",
        mark,
        plain(&package.revision),
    );
    if let Some(Examples { call, .. }) = &package.examples {
        let _ = write!(readme, "\n```rust,no_run\n{}\n```\n", call.join("\n"));
    }
    readme.push_str(
        "\nEvery method of the API is a request builder: what it requires are its arguments, what is \
         optional its\nsetters, and `send` sends it. Credentials are Application Default Credentials \
         unless\n`with_credentials` says otherwise. The crate's documentation has the rest.\n",
    );
    readme
}

/// A TOML basic string: <https://toml.io/en/v1.0.0#string>.
fn quoted(text: &str) -> String {
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
