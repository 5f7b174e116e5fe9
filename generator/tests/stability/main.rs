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

/// Defines a test for each way to grow.
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
    packages_named_like_schemas;
    respelled_schemas;
    respelled_schemas_that_come_first;
    new_methods;
    methods_named_like_resources;
    respelled_methods;
    respelled_methods_that_come_first;
    new_resources;
    respelled_resources;
    new_values;
    new_values_in_front;
    new_properties;
    respelled_properties;
    new_parameters;
    respelled_parameters;
}

/// Lets every document grow, and fails with the items that its client loses.
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

    /// Returns the items that its client loses when it grows.
    fn lost(&self, grow: fn(&mut Value)) -> Vec<String> {
        let mut grown = self.document.clone();
        grow(&mut grown);
        let after = public_items(&self.name, &grown);
        let lost = |(path, fact): (&String, &Value)| match after.get(path) {
            None => Some(format!("{}: {path} is gone", self.name)),
            Some(other) if other != fact => Some(format!(
                "{}: {path} was\n  {fact}\nand is\n  {other}",
                self.name
            )),
            Some(_) => None,
        };
        self.items.iter().filter_map(lost).collect()
    }
}

fn public_items(name: &str, document: &Value) -> Items {
    items_of(name, &parsed(name, document), &Options::default())
}

fn parsed(name: &str, document: &Value) -> Document {
    let parsed = Document::parse(&document.to_string(), None);
    let parsed = parsed.unwrap_or_else(|problems| panic!("{name}: {problems}"));
    parsed.document
}

fn items_of(name: &str, document: &Document, options: &Options) -> Items {
    let package = generator::generate(document, options);
    items::public(&package.unwrap_or_else(|problems| panic!("{name}: {problems}")))
}

/// A client of one method has the same names as the whole client.
#[test]
fn small_clients_are_parts_of_the_whole() {
    let mut strange = Vec::new();
    for known in &*DOCUMENTS {
        let document = parsed(&known.name, &known.document);
        for id in ids(&known.document) {
            let mut options = Options::default();
            options.only = vec![id.clone()];
            let small = items_of(&known.name, &document, &options);
            let others = small
                .iter()
                .filter(|(path, fact)| known.items.get(*path) != Some(*fact));
            strange.extend(others.map(|(path, _)| format!("{}: {path} of {id}", known.name)));
        }
    }
    assert!(strange.is_empty(), "{}", strange.join("\n"));
}

/// Returns the ids of all methods below a node.
fn ids(node: &Value) -> Vec<String> {
    let children = |key: &str| {
        node[key]
            .as_object()
            .into_iter()
            .flat_map(|map| map.values())
    };
    let own = children("methods").filter_map(|method| method["id"].as_str());
    let own = own.map(str::to_owned);
    own.chain(children("resources").flat_map(ids)).collect()
}
