//! What attributes say: documentation, deprecation, conditions, names in JSON.

use std::collections::BTreeSet;

use syn::punctuated::Punctuated;
use syn::{Attribute, Expr, Lit, LitStr, Meta, Token};

use super::text::text;

/// Whether there is an attribute of this name.
pub(super) fn has(attributes: &[Attribute], name: &str) -> bool {
    attributes
        .iter()
        .any(|attribute| attribute.path().is_ident(name))
}

/// The documentation, a line for each attribute.
pub(super) fn docs(attributes: &[Attribute]) -> String {
    let lines = attributes
        .iter()
        .filter_map(|attribute| match &attribute.meta {
            Meta::NameValue(pair) if pair.path.is_ident("doc") => literal(&pair.value),
            _ => None,
        });
    lines.collect::<Vec<_>>().join("\n")
}

fn literal(value: &Expr) -> Option<String> {
    match value {
        Expr::Lit(value) => match &value.lit {
            Lit::Str(text) => Some(text.value()),
            _ => None,
        },
        _ => None,
    }
}

/// The features of which one must be on. Any other condition stands for itself.
pub(super) fn gate(attributes: &[Attribute]) -> BTreeSet<String> {
    let conditions = attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident("cfg"));
    conditions
        .flat_map(|attribute| match attribute.parse_args::<Meta>() {
            Ok(Meta::List(any)) if any.path.is_ident("any") => {
                let inner = any.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated);
                inner.map_or_else(
                    |_| vec![text(&any)],
                    |list| list.iter().map(feature).collect(),
                )
            }
            Ok(condition) => vec![feature(&condition)],
            Err(_) => vec![text(&attribute.meta)],
        })
        .collect()
}

fn feature(condition: &Meta) -> String {
    let name = match condition {
        Meta::NameValue(pair) if pair.path.is_ident("feature") => literal(&pair.value),
        _ => None,
    };
    name.unwrap_or_else(|| text(condition))
}

/// The traits that are derived.
pub(super) fn derives(attributes: &[Attribute]) -> Vec<syn::Path> {
    let derives = attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident("derive"));
    let parse = |attribute: &Attribute| {
        attribute.parse_args_with(Punctuated::<syn::Path, Token![,]>::parse_terminated)
    };
    derives
        .filter_map(|attribute| parse(attribute).ok())
        .flatten()
        .collect()
}

/// The name of a field in JSON, if the attributes of serde give it one. How its value is written
/// follows from its type.
pub(super) fn name_in_json(attributes: &[Attribute]) -> Option<String> {
    let mut name = None;
    let serde = attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident("serde"));
    for attribute in serde {
        // The compiler has more to say about what cannot be parsed.
        let _ = attribute.parse_nested_meta(|meta| {
            if let Ok(value) = meta.value() {
                let value: LitStr = value.parse()?;
                if meta.path.is_ident("rename") {
                    name = Some(value.value());
                }
            }
            Ok(())
        });
    }
    name
}
