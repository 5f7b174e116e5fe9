//! OAuth 2.0 scopes: the constants, and the fewest that allow every method.

use std::collections::BTreeSet;

use discovery::{Document, Method, Resource};

use super::text::Author;
use crate::model::Constant;
use crate::names::{Ident, Scope};

/// A constant for each scope that the document declares.
pub(super) fn constants(document: &Document) -> Vec<Constant> {
    let mut idents = Scope::default();
    document
        .scopes
        .iter()
        .map(|(url, description)| Constant {
            ident: idents.assign(Ident::constant(short(url))),
            value: url.clone(),
            docs: Author::of(document).described(description, url),
            deprecated: false,
        })
        .collect()
}

/// `cloud-platform` of `https://www.googleapis.com/auth/cloud-platform`.
fn short(url: &str) -> &str {
    let url = url.trim_end_matches('/');
    match url.split_once("/auth/") {
        Some((_, scope)) => scope,
        None => url.split_once("://").map_or(url, |(_, rest)| rest),
    }
}

/// Scopes of which every method accepts at least one: all that are declared if no method says
/// what it needs, otherwise greedily the scope that serves most of the methods still unserved.
pub(super) fn smallest_cover(document: &Document) -> Vec<String> {
    let mut unserved: Vec<BTreeSet<&str>> = Vec::new();
    for method in methods(document) {
        let scopes: BTreeSet<_> = method.scopes.iter().map(String::as_str).collect();
        if !scopes.is_empty() {
            unserved.push(scopes);
        }
    }
    if unserved.is_empty() {
        return document.scopes.keys().cloned().collect();
    }
    let mut cover = BTreeSet::new();
    while let Some(scope) = most_useful(&unserved) {
        unserved.retain(|scopes| !scopes.contains(scope));
        cover.insert(scope.to_owned());
    }
    cover.into_iter().collect()
}

/// The scope that most methods accept; of several, the first in alphabetical order.
fn most_useful<'a>(unserved: &[BTreeSet<&'a str>]) -> Option<&'a str> {
    let candidates: BTreeSet<&str> = unserved.iter().flatten().copied().collect();
    let serves = |scope: &str| {
        unserved
            .iter()
            .filter(|scopes| scopes.contains(scope))
            .count()
    };
    candidates
        .into_iter()
        .rev()
        .max_by_key(|scope| serves(scope))
}

fn methods(document: &Document) -> Vec<&Method> {
    let mut found: Vec<_> = document.methods.values().collect();
    let mut pending: Vec<&Resource> = document.resources.values().collect();
    while let Some(resource) = pending.pop() {
        found.extend(resource.methods.values());
        pending.extend(resource.resources.values());
    }
    found
}
