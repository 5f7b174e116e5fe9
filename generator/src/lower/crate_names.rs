//! Names of the package, the crate and the client.

use discovery::Document;

use crate::model::CrateNames;
use crate::names::{self, Ident, NameTable, reserved};

pub(super) fn crate_names(document: &Document) -> CrateNames {
    let (name, version) = (&document.name, &document.version);
    let package = format!("google-{}-{}", names::kebab(name), names::kebab(version));
    let canonical = document.canonical_name.as_deref().unwrap_or(name);
    let canonical = canonical.strip_suffix(" Service").unwrap_or(canonical);
    let client = Ident::camel(canonical);
    // As one word where the document writes one: `youtube`, not `you_tube`.
    let variable = Ident::snake(&canonical.to_ascii_lowercase());
    CrateNames {
        library: Ident::snake(&package.replace('-', "_")),
        variable: NameTable::reserving(reserved::VARIABLES).assign(variable),
        client: NameTable::reserving(reserved::ROOT_TYPES).assign(client),
        package,
    }
}

/// Returns the name of the API in a sentence, without an article.
pub(super) fn title(document: &Document) -> &str {
    let title = document.title.trim();
    let title = title.strip_prefix("The ").unwrap_or(title);
    if title.is_empty() {
        &document.name
    } else {
        title
    }
}
