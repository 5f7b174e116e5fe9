//! The manifest of a package: TOML with nothing but what a client needs.

use generator::Package;
use toml::de::{DeTable, DeValue};

const TABLES: &[&str] = &[
    "dependencies",
    "dev-dependencies",
    "example",
    "features",
    "package",
];

const PACKAGE: &[&str] = &[
    "categories",
    "description",
    "edition",
    "homepage",
    "include",
    "keywords",
    "license",
    "metadata",
    "name",
    "readme",
    "rust-version",
    "version",
];

const DEPENDENCIES: &[&str] = &["discovery-runtime", "indicatif", "serde", "tokio"];

pub(crate) fn check(package: &Package) -> Result<(), String> {
    let text = package.files.get("Cargo.toml").ok_or("no Cargo.toml")?;
    fault(text).map_or(Ok(()), |fault| Err(format!("Cargo.toml: {fault}\n{text}")))
}

fn fault(text: &str) -> Option<String> {
    let table = match DeTable::parse(text) {
        Ok(table) => table.into_inner(),
        Err(error) => return Some(format!("is not TOML: {error}")),
    };
    let strange = |table: &DeTable<'_>, known: &[&str]| {
        let mut keys = table.keys().map(|key| key.get_ref().to_string());
        keys.find(|key| !known.contains(&key.as_str()))
            .map(|key| format!("has the key {key}"))
    };
    let inner = |key: &str| table.get(key).and_then(|value| value.get_ref().as_table());
    strange(&table, TABLES)
        .or_else(|| strange(inner("package")?, PACKAGE))
        .or_else(|| strange(inner("dependencies")?, DEPENDENCIES))
        .or_else(|| strange(inner("dev-dependencies")?, DEPENDENCIES))
        .or_else(|| {
            inner("dependencies")?
                .values()
                .find_map(|value| elsewhere(value.get_ref()))
        })
        .or_else(|| elsewhere_in_head(text))
}

/// Returns a dependency that is not from the registry.
fn elsewhere(value: &DeValue<'_>) -> Option<String> {
    let known = ["version", "default-features", "features"];
    let mut keys = value
        .as_table()?
        .keys()
        .map(|key| key.get_ref().to_string());
    keys.find(|key| !known.contains(&key.as_str()))
        .map(|key| format!("has a dependency with the key {key}"))
}

/// Checks that the lines before the first table are comments.
fn elsewhere_in_head(text: &str) -> Option<String> {
    let mut head = text.lines().take_while(|line| !line.is_empty());
    head.find(|line| !line.starts_with("# "))
        .map(|line| format!("begins with {line}"))
}
