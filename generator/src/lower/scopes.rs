//! OAuth 2.0 scopes: the constants, and the fewest that allow every method.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

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

/// The scopes that any method may need: all that are declared, if no method says what it needs.
pub(super) fn of_any_method(document: &Document) -> Vec<&String> {
    let silent = methods(document)
        .iter()
        .all(|method| method.scopes.is_empty());
    document.scopes.keys().filter(|_| silent).collect()
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
    let accepted: Vec<BTreeSet<&str>> = methods(document)
        .into_iter()
        .map(|method| method.scopes.iter().map(String::as_str).collect())
        .filter(|scopes: &BTreeSet<_>| !scopes.is_empty())
        .collect();
    if accepted.is_empty() {
        return document.scopes.keys().cloned().collect();
    }
    let mut cover: Vec<_> = Unserved::new(&accepted).map(str::to_owned).collect();
    cover.sort();
    cover
}

/// The methods that no scope serves yet. As an iterator, the scopes that serve most of those left.
///
/// What is counted is kept: a document may declare thousands of scopes.
struct Unserved<'a> {
    accepted: &'a [BTreeSet<&'a str>],
    /// The methods that accept a scope.
    methods: BTreeMap<&'a str, BTreeSet<usize>>,
    /// The scopes by the number of those methods; of several, the first in alphabetical order is last.
    ranking: BTreeSet<(usize, Reverse<&'a str>)>,
}

impl<'a> Unserved<'a> {
    fn new(accepted: &'a [BTreeSet<&'a str>]) -> Self {
        let mut methods: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
        for (index, scopes) in accepted.iter().enumerate() {
            for scope in scopes {
                methods.entry(scope).or_default().insert(index);
            }
        }
        let rank = |(scope, methods): (&&'a str, &BTreeSet<_>)| (methods.len(), Reverse(*scope));
        Self {
            accepted,
            ranking: methods.iter().map(rank).collect(),
            methods,
        }
    }

    fn serve(&mut self, method: usize) {
        for scope in self.accepted.get(method).into_iter().flatten() {
            if let Some(methods) = self.methods.get_mut(scope) {
                self.ranking.remove(&(methods.len(), Reverse(*scope)));
                methods.remove(&method);
                self.ranking.insert((methods.len(), Reverse(*scope)));
            }
        }
    }
}

impl<'a> Iterator for Unserved<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let (count, Reverse(scope)) = self.ranking.last().copied()?;
        let served = self.methods.get(scope).filter(|_| count > 0)?.clone();
        served.into_iter().for_each(|method| self.serve(method));
        Some(scope)
    }
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
