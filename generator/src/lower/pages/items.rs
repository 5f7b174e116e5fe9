//! What the elements of a page are.
//!
//! A page says so by what else it has. The rules are those that decide rightly for every list of
//! the published documents that they decide for; what they leave open has pages but no elements.

use super::{Member, Messages};
use crate::model::{Items, Shared, Type};
use crate::names::Ident;

/// Lists of what could not be reached, and of what went wrong the while.
const BESIDE: &[&str] = &[
    "failedLocation",
    "failedLocations",
    "scopedWarnings",
    "unreachable",
    "unreachableInstancePartitions",
    "unreachableLocations",
    "unreachables",
    "warnings",
];

/// Lists that may be the elements, as of `listAsyncErrors`, but not where there are others.
const ERRORS: &[&str] = &["errors", "executionErrors", "partialErrors"];

/// What lists are called by the older APIs, by searches and by reports.
const CONVENTIONAL: &[&str] = &["items", "results", "rows"];

/// A list or map, and the type of its elements.
#[derive(Clone, Copy)]
struct Candidate<'a> {
    member: &'a Member,
    element: &'a Type,
}

impl Messages {
    /// The elements of a page, or the names of the fields that could have them.
    ///
    /// They are in the only list, the only one of messages, the one named like the resource, or the
    /// one with a conventional name; where there is no list, in the only map.
    pub(super) fn elements(
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

    /// The lists that can be the elements. Old ones yield to those that replace them.
    fn lists(&self, page: &Type) -> Vec<Candidate<'_>> {
        let lists = self.candidates(page, list);
        let lists = preferring(lists, |member| !ERRORS.contains(&member.name.as_str()));
        preferring(lists, |member| !member.deprecated)
    }

    fn candidates(&self, page: &Type, of: fn(&Type) -> Option<&Type>) -> Vec<Candidate<'_>> {
        let members = self.members(page).iter();
        members
            .filter(|member| !BESIDE.contains(&member.name.as_str()))
            .filter_map(|member| {
                let element = of(&member.ty)?;
                Some(Candidate { member, element })
            })
            .collect()
    }

    fn only_of_messages<'a>(&self, lists: &[Candidate<'a>]) -> Option<Candidate<'a>> {
        let messages: Vec<_> = lists
            .iter()
            .copied()
            .filter(|list| self.is_message(list.element))
            .collect();
        only(&messages)
    }

    /// Whether a type is a schema of its own. What is written inline describes the page, as the
    /// headers of columns do.
    fn is_message(&self, ty: &Type) -> bool {
        match ty {
            Type::Struct(path) => self.0.contains_key(path),
            Type::Shared(shared) => matches!(shared, Shared::Operation | Shared::Status),
            _ => false,
        }
    }
}

fn list(ty: &Type) -> Option<&Type> {
    match ty {
        Type::List(element) => Some(element),
        _ => None,
    }
}

fn map(ty: &Type) -> Option<&Type> {
    match ty {
        Type::Map(value) => Some(value),
        _ => None,
    }
}

/// Those that are liked, or all if none is.
fn preferring<'a>(
    candidates: Vec<Candidate<'a>>,
    liked: impl Fn(&Member) -> bool,
) -> Vec<Candidate<'a>> {
    let some: Vec<_> = candidates
        .iter()
        .copied()
        .filter(|candidate| liked(candidate.member))
        .collect();
    if some.is_empty() { candidates } else { some }
}

fn only<'a>(candidates: &[Candidate<'a>]) -> Option<Candidate<'a>> {
    match candidates {
        [only] => Some(*only),
        _ => None,
    }
}

/// The list named like the resource, unless another could be called so for short: of `events` and
/// `taskEvents` either may be what is listed.
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

fn found(candidate: Option<Candidate<'_>>, keyed: bool) -> Option<Items> {
    candidate.map(|Candidate { member, element }| Items {
        field: member.ident.clone(),
        ty: element.clone(),
        keyed,
    })
}

fn names(candidates: &[Candidate<'_>]) -> Vec<String> {
    let names = candidates.iter();
    names
        .map(|candidate| candidate.member.name.clone())
        .collect()
}
