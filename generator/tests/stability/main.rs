//! A document that grows renames and removes nothing in its client.

mod growth;
mod items;
#[path = "../support/mod.rs"]
mod support;

use std::sync::LazyLock;

use discovery::Document;
use generator::Options;
use items::Items;
use serde_json::Value;

/// A test for each way to grow.
macro_rules! stable {
    ($($(#[$attribute:meta])* $growth:ident;)+) => {
        $(#[test]
        $(#[$attribute])*
        fn $growth() {
            check(growth::$growth);
        })+
    };
}

stable! {
    new_schemas;
    schemas_named_like_inline_types;
    respelled_schemas;
    new_methods;
    methods_named_like_resources;
    respelled_methods;
    new_resources;
    respelled_resources;
    new_values;
    new_properties;
    respelled_properties;
    new_parameters;
    respelled_parameters;
}

// Where two names meet, one has to yield. No document of Google's has gone through any of these.
stable! {
    #[ignore = "modules of packages are named before those of the types nested in a schema"]
    packages_named_like_schemas;
    #[ignore = "resources are named before methods"]
    resources_named_like_methods;
    #[ignore = "of names alike, the first in alphabetical order stays plain"]
    respelled_schemas_that_come_first;
    #[ignore = "of names alike, the first in alphabetical order stays plain"]
    respelled_methods_that_come_first;
    #[ignore = "of names alike, the first in alphabetical order stays plain"]
    respelled_resources_that_come_first;
    #[ignore = "of names alike, the first in alphabetical order stays plain"]
    respelled_properties_that_come_first;
    #[ignore = "of names alike, the first in alphabetical order stays plain"]
    respelled_parameters_that_come_first;
}

/// Lets every document grow, and looks for what its client had before.
fn check(grow: fn(&mut Value)) {
    let lost: Vec<_> = DOCUMENTS
        .iter()
        .flat_map(|known| known.lost(grow))
        .collect();
    assert!(lost.is_empty(), "{}", lost.join("\n"));
}

/// A document and its client.
struct Known {
    name: String,
    document: Value,
    items: Items,
}

static DOCUMENTS: LazyLock<Vec<Known>> = LazyLock::new(|| {
    support::texts()
        .into_iter()
        .map(|(name, text)| Known::new(name, &text))
        .collect()
});

impl Known {
    fn new(name: String, text: &str) -> Self {
        let document = serde_json::from_str(text).expect("JSON");
        let items = public_items(&name, &document);
        Self {
            name,
            document,
            items,
        }
    }

    /// What its client loses when it grows.
    fn lost(&self, grow: fn(&mut Value)) -> Vec<String> {
        let mut grown = self.document.clone();
        grow(&mut grown);
        let after = public_items(&self.name, &grown);
        let lost = |(path, text): (&String, &String)| match after.get(path) {
            None => Some(format!("{}: {path} is gone", self.name)),
            Some(other) if other != text => Some(format!(
                "{}: {path} was\n  {text}\nand is\n  {other}",
                self.name
            )),
            Some(_) => None,
        };
        self.items.iter().filter_map(lost).collect()
    }
}

fn public_items(name: &str, document: &Value) -> Items {
    let parsed = Document::parse(&document.to_string(), None);
    let parsed = parsed.unwrap_or_else(|problems| panic!("{name}: {problems}"));
    let package = generator::generate(&parsed.document, &Options::default());
    items::public(&package.unwrap_or_else(|problems| panic!("{name}: {problems}")))
}
