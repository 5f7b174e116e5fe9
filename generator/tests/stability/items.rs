//! The names of a client, and the facts that tell apart two items that swapped their names.

use std::collections::BTreeMap;

use generator::{Package, Surface};
use serde_json::Value;

/// Facts by their paths in the surface: `types.schemas::Thing.fields.name.wire`.
///
/// Documentation and cargo features are left out: all features are on by default.
pub(crate) type Items = BTreeMap<String, Value>;

/// Returns the facts about the items of a package.
pub(crate) fn public(package: &Package) -> Items {
    let items = Surface {
        client: package.surface.client.clone(),
        scopes: package.surface.scopes.clone(),
        endpoints: package.surface.endpoints.clone(),
        resources: package.surface.resources.clone(),
        methods: package.surface.methods.clone(),
        types: package.surface.types.clone(),
        ..Surface::default()
    };
    let mut found = Items::new();
    let tree = serde_json::to_value(items).expect("plain data");
    flatten(String::new(), tree, &mut found);
    found
}

fn flatten(path: String, value: Value, found: &mut Items) {
    match value {
        Value::Object(members) => {
            for (key, value) in members {
                if !matches!(key.as_str(), "docs" | "features") {
                    flatten(format!("{path}.{key}"), value, found);
                }
            }
        }
        value => {
            found.insert(path, value);
        }
    }
}
