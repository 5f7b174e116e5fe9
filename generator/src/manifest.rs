//! The files of a crate that are not Rust: its manifest and its README.

use crate::model::Package;
use crate::{HEADER_MARK, Options, Runtime};

/// The lines that say where a file comes from, as comments that begin with `prefix`.
pub(crate) fn header(package: &Package, prefix: &str) -> String {
    let only = match package.only.as_slice() {
        [] => String::new(),
        patterns => format!("{prefix}Only: {}.\n", patterns.join(", ")),
    };
    format!(
        "{prefix}{HEADER_MARK}\n{prefix}from the Discovery document `{}`, revision {}. Do not edit.\n{only}",
        package.document, package.revision
    )
}

pub(crate) fn cargo_toml(package: &Package, options: &Options) -> String {
    let Package { name, version, .. } = package;
    let header = header(package, "# ");
    let description = quoted(&format!("Client of the {}.", package.title));
    let documentation = package
        .documentation
        .as_deref()
        .map(|link| format!("homepage = {}\n", quoted(link)));
    let documentation = documentation.unwrap_or_default();
    let document = quoted(&package.document);
    let revision = quoted(&package.revision);
    let only = match package.only.as_slice() {
        [] => String::new(),
        patterns => format!("only = [{}]\n", list(patterns)),
    };
    let features = features(package);
    let runtime = runtime(&options.runtime);
    let workspace = if options.standalone {
        "\n[workspace]\n"
    } else {
        ""
    };
    format!(
        r#"{header}
[package]
name = "{name}"
version = "{version}"
edition = "2024"
rust-version = "1.91"
license = "MIT OR Apache-2.0"
description = {description}
{documentation}readme = "README.md"

[dependencies]
{runtime}
serde = {{ version = "1", features = ["derive"] }}
{features}
[package.metadata.discovery]
document = {document}
revision = {revision}
{only}{workspace}"#
    )
}

/// A feature for each resource at the root, all of them on by default.
fn features(package: &Package) -> String {
    if package.features.is_empty() {
        return String::new();
    }
    let each: String = package
        .features
        .iter()
        .map(|feature| format!("{feature} = []\n"))
        .collect();
    format!(
        "\n[features]\ndefault = [{}]\n{each}",
        list(&package.features)
    )
}

fn list(texts: &[String]) -> String {
    let quoted: Vec<_> = texts.iter().map(|text| quoted(text)).collect();
    quoted.join(", ")
}

fn runtime(runtime: &Runtime) -> String {
    let version = env!("CARGO_PKG_VERSION");
    match runtime {
        Runtime::Published => format!("discovery-runtime = \"{version}\""),
        Runtime::Path(path) => {
            format!(
                "discovery-runtime = {{ path = {}, version = \"{version}\" }}",
                quoted(path)
            )
        }
    }
}

pub(crate) fn readme(package: &Package) -> String {
    let Package {
        name,
        title,
        document,
        revision,
        ..
    } = package;
    let mark = header(package, "").replace('\n', " ");
    let mark = mark.trim_end();
    let program = program(package);
    let title = crate::docs::summary(title, None);
    format!(
        "<!-- {mark} -->\n\n# {name}\n\nA Rust client of the {title}, \
         generated from revision {revision} of its Discovery document, `{document}`.\n\n\
         ```rust,no_run\n{program}```\n\n\
         Every method of the API is a request builder: required parameters are its arguments, optional ones its\n\
         setters. Credentials are Application Default Credentials unless `with_credentials` says otherwise.\n"
    )
}

fn program(package: &Package) -> String {
    let mut lines = vec![
        "#[tokio::main]".to_owned(),
        format!("async fn main() -> {}::Result<()> {{", package.library),
    ];
    lines.extend(package.example.iter().map(|line| format!("    {line}")));
    lines.extend(["    Ok(())".to_owned(), "}".to_owned()]);
    lines.iter().map(|line| format!("{line}\n")).collect()
}

/// A TOML basic string: <https://toml.io/en/v1.0.0#string>.
fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => quoted.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}
