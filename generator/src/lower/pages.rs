//! Which methods list and how they go on from page to page: <https://google.aip.dev/158>, and what
//! was there before it.

mod items;

use std::collections::BTreeMap;

use super::text;
use crate::model::{
    Argument, Body, Field, NextToken, PageToken, Pages, Place, Response, Setter, Shared, Struct,
    Type, TypePath,
};
use crate::names::Ident;

/// What the parameter or field of a request is called, and what of the answer goes into it. Each
/// is in published documents, whose words for it say so.
const TOKENS: &[(&str, Next)] = &[
    ("pageToken", Next::Member(&["nextPageToken", "pageToken"])),
    ("page_token", Next::Member(&["nextPageToken"])),
    ("nextPageToken", Next::Member(&["nextPageToken"])),
    ("page", Next::Member(&["next_page"])),
    ("startKey", Next::Member(&["nextStartKey"])),
    ("token", Next::Inner("tokenPagination", "nextPageToken")),
    ("token", Next::Inner("pagination", "nextPageToken")),
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
    deprecated: bool,
}

impl Messages {
    pub(super) fn insert(&mut self, path: &TypePath, message: &Struct) {
        let member = |field: &Field| Member {
            name: field.name.clone(),
            ident: field.ident.clone(),
            ty: field.ty.clone(),
            deprecated: field.deprecated,
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
    let (items, docs) = match messages.elements(page, call.resource) {
        Ok(items) => (Some(items), text::pages()),
        Err(candidates) => (None, text::pages_without_items(&candidates)),
    };
    Some(Pages {
        page: page.clone(),
        token,
        next,
        items,
        docs,
    })
}

/// What of an unpaged request says where the answer begins. That a client could go on by counting
/// what it got, the documents do not say: some count from 0 and some from 1, some end after 100
/// elements whatever there is, some give fewer than were asked for with more to come.
pub(super) fn position<'a>(messages: &'a Messages, call: &Call<'a>) -> Option<&'a str> {
    let in_query = call
        .setters
        .iter()
        .map(|setter| (setter.name.as_str(), &setter.ty));
    let in_body = call.body.filter(|body| !call.gives_back(body)).into_iter();
    let in_body = in_body
        .flat_map(|body| messages.members(&body.ty))
        .map(|member| (member.name.as_str(), &member.ty));
    let mut all = in_query.chain(in_body);
    let found = all.find(|(name, ty)| match *name {
        "startIndex" | "start" => matches!(ty, Type::Number(_)),
        "offset" => matches!(ty, Type::Number(_) | Type::String),
        "_page_token" => true,
        _ => false,
    });
    found.map(|(name, _)| name)
}

impl Call<'_> {
    /// Whether the request is the resource itself, whose fields say nothing of the answer.
    fn gives_back(&self, body: &Body) -> bool {
        matches!(self.response, Response::Message(ty) if *ty == body.ty)
    }

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
                let link = messages
                    .member(page, name)
                    .filter(|member| member.ty == Type::String)?;
                Some(NextToken::Link(link.ident.clone(), parameter.to_owned()))
            }
        }
    }
}
