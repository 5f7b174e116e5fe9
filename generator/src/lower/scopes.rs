//! OAuth 2.0 scopes: constants, and a small set that allows every method.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use discovery::Document;

use super::docs::DocWriter;
use crate::model::Constant;
use crate::names::{Ident, NameTable};

/// Returns a constant for each scope that the document declares.
pub(super) fn constants(document: &Document, writer: DocWriter<'_>) -> Vec<Constant> {
    let mut idents = NameTable::default();
    document
        .scopes
        .iter()
        .map(|(url, description)| Constant {
            ident: idents.assign(Ident::constant(short(url))),
            value: url.clone(),
            docs: writer.described(description, url),
            deprecated: false,
        })
        .collect()
}

/// Returns the scopes that any method may need: all declared ones, if no method lists its scopes.
pub(super) fn of_any_method(document: &Document) -> Vec<&String> {
    let silent = document.methods().all(|node| node.method.scopes.is_empty());
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

/// Returns a minimal set of scopes of which every method accepts at least one; if no method lists
/// scopes, all declared ones. Picks greedily the scope that serves most of the methods not served yet,
/// then drops those that later picks made redundant. A smaller set may exist, but finding the smallest
/// takes exponential time.
pub(super) fn smallest_cover(document: &Document) -> Vec<String> {
    let accepted: Vec<BTreeSet<&str>> = document
        .methods()
        .map(|node| node.method.scopes.iter().map(String::as_str).collect())
        .filter(|scopes: &BTreeSet<_>| !scopes.is_empty())
        .collect();
    if accepted.is_empty() {
        return document.scopes.keys().cloned().collect();
    }
    let mut cover: Vec<_> = cover(&accepted).into_iter().map(str::to_owned).collect();
    cover.sort();
    cover
}

fn cover<'a>(accepted: &'a [BTreeSet<&'a str>]) -> Vec<&'a str> {
    let mut chosen: Vec<&str> = Unserved::new(accepted).collect();
    let mut methods: BTreeMap<&str, Vec<usize>> =
        chosen.iter().map(|scope| (*scope, Vec::new())).collect();
    let mut servers: BTreeMap<usize, usize> = BTreeMap::new();
    for (index, scopes) in accepted.iter().enumerate() {
        for scope in scopes {
            if let Some(methods) = methods.get_mut(scope) {
                methods.push(index);
                *servers.entry(index).or_default() += 1;
            }
        }
    }
    // Drops scopes that later picks made redundant.
    chosen.retain(|scope| {
        let methods = methods.get(scope).into_iter().flatten();
        let needed = methods
            .clone()
            .any(|method| servers.get(method) == Some(&1));
        if !needed {
            methods.for_each(|method| *servers.entry(*method).or_default() -= 1);
        }
        needed
    });
    chosen
}

/// The methods that no scope serves yet; as an iterator, the scopes that serve most of them.
///
/// Counts are updated, not recomputed: a document may declare thousands of scopes.
struct Unserved<'a> {
    accepted: &'a [BTreeSet<&'a str>],
    /// The methods that accept a scope.
    methods: BTreeMap<&'a str, BTreeSet<usize>>,
    /// The scopes by the number of those methods; among equals, the alphabetically first is last.
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

#[cfg(test)]
mod tests {
    use super::*;

    fn covered(accepted: &[&[&'static str]]) -> Vec<String> {
        let scopes = |scopes: &&[&'static str]| scopes.iter().copied().collect();
        let accepted: Vec<BTreeSet<&str>> = accepted.iter().map(scopes).collect();
        cover(&accepted).into_iter().map(str::to_owned).collect()
    }

    #[test]
    fn no_scope_of_a_cover_is_redundant() {
        // `t` serves most methods, but `a` and `b` are needed anyway and serve the same.
        let accepted: [&[&str]; 6] = [
            &["a"],
            &["a", "t"],
            &["a", "t"],
            &["b", "t"],
            &["b", "t"],
            &["b"],
        ];
        assert_eq!(covered(&accepted), ["a", "b"]);
        assert_eq!(covered(&[&["a", "b"], &["b", "c"]]), ["b"]);
        assert_eq!(covered(&[&["b", "a"]]), ["a"]);
        assert!(covered(&[]).is_empty());
    }
}
