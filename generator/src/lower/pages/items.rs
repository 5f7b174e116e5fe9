//! The items of a page.
//!
//! The other fields of the page decide. The rules are right for every published list that they apply
//! to; a list to which none applies has pages but no items.

use crate::lower::messages::{Member, Messages};
use crate::model::{Items, Shared, Type};
use crate::names::Ident;

/// Lists of what could not be reached, and of errors along the way.
const REPORTS: &[&str] = &[
    "failedLocation",
    "failedLocations",
    "scopedWarnings",
    "unreachable",
    "unreachableInstancePartitions",
    "unreachableLocations",
    "unreachables",
    "warnings",
];

/// Lists that are the items only if there is no other list, as for `listAsyncErrors`.
const ERRORS: &[&str] = &["errors", "executionErrors", "partialErrors"];

/// Names of lists in older APIs, searches and reports.
const CONVENTIONAL: &[&str] = &["items", "results", "rows"];

/// A list or map, and the type of its items.
#[derive(Clone, Copy)]
struct Candidate<'a> {
    member: &'a Member,
    item: &'a Type,
}

impl Messages {
    /// Returns the items of a page, or the names of the fields that could hold them.
    ///
    /// They are in the only list, the only list of messages, the list named after the resource, or the
    /// one with a conventional name; if there is no list, in the only map.
    pub(super) fn items(
        &self,
        page: &Type,
        resource: Option<&Ident>,
    ) -> Result<Items, Vec<String>> {
        let lists = self.lists(page);
        if lists.is_empty() {
            let maps = self.candidates(page, map);
            return found(only(&maps), true).ok_or_else(|| names(&maps));
        }
        let list = only(&lists)
            .or_else(|| self.only_of_messages(&lists))
            .or_else(|| like_resource(&lists, resource?))
            .or_else(|| {
                let mut known = CONVENTIONAL.iter();
                known.find_map(|name| named(&lists, name))
            });
        found(list, false).ok_or_else(|| names(&lists))
    }

    /// Returns the lists that can hold the items. Deprecated ones yield to their replacements.
    fn lists(&self, page: &Type) -> Vec<Candidate<'_>> {
        let lists = self.candidates(page, list);
        let lists = preferring(lists, |member| !ERRORS.contains(&member.name.as_str()));
        preferring(lists, |member| !member.deprecated)
    }

    fn candidates(&self, page: &Type, of: fn(&Type) -> Option<&Type>) -> Vec<Candidate<'_>> {
        let members = self.members(page).iter();
        members
            .filter(|member| !REPORTS.contains(&member.name.as_str()))
            .filter_map(|member| {
                let item = of(&member.ty)?;
                Some(Candidate { member, item })
            })
            .collect()
    }

    fn only_of_messages<'a>(&self, lists: &[Candidate<'a>]) -> Option<Candidate<'a>> {
        let messages: Vec<_> = lists
            .iter()
            .copied()
            .filter(|list| self.is_message(list.item))
            .collect();
        only(&messages)
    }

    /// Returns whether a type is a schema of its own. An inline type describes the page, as the headers
    /// of columns do.
    fn is_message(&self, ty: &Type) -> bool {
        match ty {
            Type::Struct(path) => self.contains(path),
            Type::Shared(shared) => matches!(shared, Shared::Operation | Shared::Status),
            _ => false,
        }
    }
}

fn list(ty: &Type) -> Option<&Type> {
    match ty {
        Type::List(item) => Some(item),
        _ => None,
    }
}

fn map(ty: &Type) -> Option<&Type> {
    match ty {
        Type::Map(value) => Some(value),
        _ => None,
    }
}

/// Returns the preferred candidates, or all if none is preferred.
fn preferring<'a>(
    candidates: Vec<Candidate<'a>>,
    is_preferred: impl Fn(&Member) -> bool,
) -> Vec<Candidate<'a>> {
    let some: Vec<_> = candidates
        .iter()
        .copied()
        .filter(|candidate| is_preferred(candidate.member))
        .collect();
    if some.is_empty() { candidates } else { some }
}

fn only<'a>(candidates: &[Candidate<'a>]) -> Option<Candidate<'a>> {
    match candidates {
        [only] => Some(*only),
        _ => None,
    }
}

/// Returns the list named after the resource, unless another name ends in the same word: of `events`
/// and `taskEvents`, either may hold the items.
fn like_resource<'a>(lists: &[Candidate<'a>], resource: &Ident) -> Option<Candidate<'a>> {
    let alike: Vec<_> = lists
        .iter()
        .copied()
        .filter(|list| list.member.ident.as_str().ends_with(resource.as_str()))
        .collect();
    only(&alike).filter(|list| list.member.ident == *resource)
}

fn named<'a>(candidates: &[Candidate<'a>], name: &str) -> Option<Candidate<'a>> {
    let mut candidates = candidates.iter().copied();
    candidates.find(|candidate| candidate.member.name == name)
}

fn found(candidate: Option<Candidate<'_>>, is_map: bool) -> Option<Items> {
    candidate.map(|Candidate { member, item }| Items {
        field: member.ident.clone(),
        ty: item.clone(),
        name: member.name.clone(),
        is_map,
    })
}

fn names(candidates: &[Candidate<'_>]) -> Vec<String> {
    let names = candidates.iter();
    names
        .map(|candidate| candidate.member.name.clone())
        .collect()
}
