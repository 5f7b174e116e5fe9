//! The manifest of a generated package: what users rely on in it.

use std::collections::{BTreeMap, BTreeSet};

use toml::de::{DeTable, DeValue};

use crate::message::Message;
use crate::sync::Files;

/// What users rely on in a manifest, and what it says of its document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manifest {
    /// The name of the package.
    pub name: String,
    /// Its version.
    pub version: String,
    /// The oldest Rust it compiles with.
    pub rust_version: String,
    /// The version of the runtime, whose types are a part of the API.
    pub runtime: String,
    /// Its features, each with those that it turns on.
    pub features: BTreeMap<String, BTreeSet<String>>,
    /// The document: `name:version`.
    pub document: String,
    /// The revision of the document.
    pub revision: String,
}

impl Manifest {
    /// Reads the `Cargo.toml` among the files.
    pub(crate) fn read(files: &Files) -> Result<Self, Message> {
        let text = files.get("Cargo.toml").ok_or_else(|| {
            Message::error("the package has no Cargo.toml").help(super::IS_A_PACKAGE)
        })?;
        let manifest = DeTable::parse(text).map_err(|error| {
            Message::error(format!("Cargo.toml is not TOML: {}", error.message()))
                .help(super::IS_A_PACKAGE)
        })?;
        Self::of(manifest.get_ref()).ok_or_else(|| {
            Message::error("Cargo.toml does not name the package and its version")
                .help(super::IS_A_PACKAGE)
        })
    }

    fn of(manifest: &DeTable<'_>) -> Option<Self> {
        let optional = |path: &[&str]| string(manifest, path).unwrap_or_default();
        let runtime = ["dependencies", "discovery-runtime"];
        let version = [&runtime[..], &["version"]].concat();
        let discovery = ["package", "metadata", "discovery"];
        Some(Self {
            name: string(manifest, &["package", "name"])?,
            version: string(manifest, &["package", "version"])?,
            rust_version: optional(&["package", "rust-version"]),
            runtime: string(manifest, &version).unwrap_or_else(|| optional(&runtime)),
            features: features(manifest),
            document: optional(&[&discovery[..], &["document"]].concat()),
            revision: optional(&[&discovery[..], &["revision"]].concat()),
        })
    }
}

fn string(manifest: &DeTable<'_>, path: &[&str]) -> Option<String> {
    let (last, tables) = path.split_last()?;
    let mut table = manifest;
    for name in tables {
        table = table.get(*name)?.get_ref().as_table()?;
    }
    Some(table.get(*last)?.get_ref().as_str()?.to_owned())
}

fn features(manifest: &DeTable<'_>) -> BTreeMap<String, BTreeSet<String>> {
    let table = manifest.get("features").map(|value| value.get_ref());
    let table = table.and_then(DeValue::as_table).into_iter().flatten();
    let parts = |value: &DeValue<'_>| {
        let parts = value.as_array().into_iter().flatten();
        let parts = parts.filter_map(|part| part.get_ref().as_str());
        parts.map(str::to_owned).collect()
    };
    table
        .map(|(name, value)| (name.get_ref().to_string(), parts(value.get_ref())))
        .collect()
}
