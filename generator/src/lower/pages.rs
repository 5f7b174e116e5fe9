//! Which methods list, how they go on, and what the elements of a page are:
//! <https://google.aip.dev/158>, and what was there before it.

use std::collections::BTreeMap;

use crate::model::{
    Argument, Body, Field, Items, NextToken, PageToken, Pages, Place, Response, Setter, Shared,
    Struct, Type, TypePath,
};
use crate::names::Ident;

/// What the parameter or field of a request is called, and what of the answer goes into it.
const TOKENS: &[(&str, Next)] = &[
    ("pageToken", Next::Member(&["nextPageToken", "pageToken"])),
    ("page_token", Next::Member(&["nextPageToken"])),
    ("nextPageToken", Next::Member(&["nextPageToken"])),
    ("continue", Next::Inner("metadata", "continue")),
    ("start-index", Next::Link("nextLink")),
];

enum Next {
    /// The first of these members that the answer has.
    Member(&'static [&'static str]),
    /// A member of a member.
    Inner(&'static str, &'static str),
    /// A URL, of which the parameter's value goes on.
    Link(&'static str),
}

/// Lists beside the elements: what could not be reached, and what went wrong.
const NOT_ITEMS: &[&str] = &["unreachable", "unreachableLocations", "warnings"];

/// What a method takes and gives.
pub(super) struct Call<'a> {
    pub(super) arguments: &'a [Argument],
    pub(super) setters: &'a [Setter],
    pub(super) body: Option<&'a Body>,
    pub(super) response: &'a Response,
    /// The last part of the resource's path.
    pub(super) resource: Option<&'a Ident>,
}

/// The fields of the messages that answers and requests can be.
#[derive(Default)]
pub(super) struct Messages(BTreeMap<TypePath, Vec<Member>>);

struct Member {
    name: String,
    ident: Ident,
    ty: Type,
}

impl Messages {
    pub(super) fn insert(&mut self, path: &TypePath, message: &Struct) {
        let member = |field: &Field| Member {
            name: field.name.clone(),
            ident: field.ident.clone(),
            ty: field.ty.clone(),
        };
        self.0
            .insert(path.clone(), message.fields.iter().map(member).collect());
    }

    fn members(&self, ty: &Type) -> &[Member] {
        match ty {
            Type::Struct(path) => self.0.get(path).map_or(&[], Vec::as_slice),
            _ => &[],
        }
    }

    /// Whether an answer has the MD5 hash of media and no CRC32C, which is cheaper to compare.
    pub(super) fn answers_md5(&self, response: &Response) -> bool {
        let Response::Message(ty) = response else {
            return false;
        };
        let has = |name| self.member(ty, name).is_some();
        (has("md5Hash") || has("md5Checksum")) && !has("crc32c")
    }

    fn member(&self, ty: &Type, name: &str) -> Option<&Member> {
        self.members(ty).iter().find(|member| member.name == name)
    }

    /// A member that can be a token.
    fn token(&self, ty: &Type, name: &str) -> Option<&Ident> {
        let member = self.member(ty, name)?;
        is_token(&member.ty).then_some(&member.ident)
    }
}

fn is_token(ty: &Type) -> bool {
    matches!(ty, Type::String | Type::Shared(Shared::Bytes))
}

/// How a method goes on from page to page, if it does.
pub(super) fn find(messages: &Messages, call: &Call<'_>) -> Option<Pages> {
    let Response::Message(page) = call.response else {
        return None;
    };
    let (token, next) = TOKENS.iter().find_map(|(name, next)| {
        Some((call.token(messages, name)?, next.of(messages, page, name)?))
    })?;
    let items = items(messages.members(page), call.resource);
    Some(Pages {
        page: page.clone(),
        token,
        next,
        items,
    })
}

impl Call<'_> {
    /// Where the request takes a token of this name.
    fn token(&self, messages: &Messages, name: &str) -> Option<PageToken> {
        let required = self
            .arguments
            .iter()
            .any(|argument| argument.name == name && matches!(argument.place, Place::Query));
        let optional = self
            .setters
            .iter()
            .any(|setter| setter.name == name && !setter.repeated);
        if required || optional {
            return Some(PageToken::Query(name.to_owned()));
        }
        let body = self.body?;
        let text = messages
            .member(&body.ty, name)
            .filter(|member| member.ty == Type::String)?;
        Some(PageToken::Body(text.ident.clone()))
    }
}

impl Next {
    /// Where the answer has the next token.
    fn of(&self, messages: &Messages, page: &Type, parameter: &str) -> Option<NextToken> {
        match self {
            Self::Member(names) => {
                let ident = names.iter().find_map(|name| messages.token(page, name))?;
                Some(NextToken::Field(ident.clone()))
            }
            Self::Inner(outer, inner) => {
                let outer = messages.member(page, outer)?;
                let inner = messages.token(&outer.ty, inner)?;
                Some(NextToken::Inner(outer.ident.clone(), inner.clone()))
            }
            Self::Link(name) => {
                let ident = messages.token(page, name)?.clone();
                Some(NextToken::Link(ident, parameter.to_owned()))
            }
        }
    }
}

/// The list that holds the elements: the only one, the only one of messages, the one named like
/// the resource, or `items`; where there is no list, the only map. Where none of this decides,
/// there are pages but no elements.
fn items(members: &[Member], resource: Option<&Ident>) -> Option<Items> {
    let elements = |of: fn(&Type) -> Option<&Type>| -> Vec<(&Member, &Type)> {
        members
            .iter()
            .filter(|member| !NOT_ITEMS.contains(&member.name.as_str()))
            .filter_map(|member| Some((member, of(&member.ty)?)))
            .collect()
    };
    let lists = elements(|ty| {
        if let Type::List(item) = ty {
            Some(item)
        } else {
            None
        }
    });
    if lists.is_empty() {
        let maps = elements(|ty| {
            if let Type::Map(value) = ty {
                Some(value)
            } else {
                None
            }
        });
        let [(member, value)] = maps.as_slice() else {
            return None;
        };
        return Some(Items {
            field: member.ident.clone(),
            ty: (*value).clone(),
            keyed: true,
        });
    }
    let (member, item) = only(&lists)
        .or_else(|| {
            let messages: Vec<_> = lists
                .iter()
                .copied()
                .filter(|(_, item)| is_message(item))
                .collect();
            only(&messages)
        })
        .or_else(|| {
            lists
                .iter()
                .copied()
                .find(|(member, _)| Some(&member.ident) == resource)
        })
        .or_else(|| {
            lists
                .iter()
                .copied()
                .find(|(member, _)| member.name == "items")
        })?;
    Some(Items {
        field: member.ident.clone(),
        ty: item.clone(),
        keyed: false,
    })
}

fn is_message(ty: &Type) -> bool {
    matches!(
        ty,
        Type::Struct(_) | Type::Shared(Shared::Operation | Shared::Status)
    )
}

fn only<'a>(candidates: &[(&'a Member, &'a Type)]) -> Option<(&'a Member, &'a Type)> {
    match candidates {
        [only] => Some(*only),
        _ => None,
    }
}
