//! Pagination of list methods: <https://google.aip.dev/158>, and the conventions before it.

mod items;

use super::docs;
use super::messages::Messages;
use crate::model::{
    Argument, Body, NextToken, PageToken, Pages, ParameterLocation, Response, Setter, Type,
};
use crate::names::Ident;

/// The names of page tokens in requests, and of their successors in responses. Each pair occurs in
/// published documents, whose descriptions confirm it.
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
    /// The first of these members that the response has.
    Member(&'static [&'static str]),
    /// A member of a member.
    Inner(&'static str, &'static str),
    /// A URL, whose query has the next value of the parameter.
    Link(&'static str),
}

/// The parameters and messages of a method.
pub(super) struct Signature<'a> {
    pub(super) arguments: &'a [Argument],
    pub(super) setters: &'a [Setter],
    pub(super) body: Option<&'a Body>,
    pub(super) response: &'a Response,
    /// The last part of the resource's path, such as `apps`.
    pub(super) resource: Option<&'a Ident>,
}

/// Returns the pagination of a method, if it has one.
pub(super) fn find(messages: &Messages, signature: &Signature<'_>) -> Option<Pages> {
    let Response::Message(page) = signature.response else {
        return None;
    };
    let (token, (next, next_name)) = TOKENS.iter().find_map(|(name, next)| {
        Some((
            signature.token(messages, name)?,
            next.find(messages, page, name)?,
        ))
    })?;
    let (items, docs) = match messages.items(page, signature.resource) {
        Ok(items) => (Some(items), docs::pages()),
        Err(candidates) => (None, docs::pages_without_items(&candidates)),
    };
    Some(Pages {
        page: page.clone(),
        token,
        next,
        next_name,
        items,
        docs,
    })
}

/// Returns the parameter or field of an unpaged request that says where the results start. A client
/// cannot paginate by counting: some services count from 0 and some from 1, some end after 100
/// results, and some return fewer than requested though there are more.
pub(super) fn position<'a>(messages: &'a Messages, signature: &Signature<'a>) -> Option<&'a str> {
    let in_query = signature
        .setters
        .iter()
        .map(|setter| (setter.name.as_str(), &setter.ty));
    let in_body = signature
        .body
        .filter(|body| !signature.returns(body))
        .into_iter();
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

impl Signature<'_> {
    /// Returns whether the request is the resource itself, whose fields do not describe the response.
    fn returns(&self, body: &Body) -> bool {
        matches!(self.response, Response::Message(ty) if *ty == body.ty)
    }

    /// Returns the parameter or field of this name that takes a token.
    fn token(&self, messages: &Messages, name: &str) -> Option<PageToken> {
        let required = self.arguments.iter().any(|argument| {
            argument.name == name && matches!(argument.location, ParameterLocation::Query)
        });
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
    /// Returns the field of the response that has the next token, and its name in a field mask.
    fn find(
        &self,
        messages: &Messages,
        page: &Type,
        parameter: &str,
    ) -> Option<(NextToken, String)> {
        Some(match self {
            Self::Member(names) => {
                let token = |name: &&str| Some((messages.token(page, name)?, (*name).to_owned()));
                let (ident, name) = names.iter().find_map(token)?;
                (NextToken::Field(ident.clone()), name)
            }
            Self::Inner(outer, inner) => {
                let name = format!("{outer}/{inner}");
                let outer = messages.member(page, outer)?;
                let inner = messages.token(&outer.ty, inner)?;
                (NextToken::Inner(outer.ident.clone(), inner.clone()), name)
            }
            Self::Link(name) => {
                let link = messages
                    .member(page, name)
                    .filter(|member| member.ty == Type::String)?;
                let token = NextToken::Link(link.ident.clone(), parameter.to_owned());
                (token, (*name).to_owned())
            }
        })
    }
}
