//! Which methods list, and what the elements of a page are: <https://google.aip.dev/158>.

use std::collections::BTreeMap;

use crate::model::{Body, Field, Items, PageToken, Pages, Response, Setter, Struct, Type, TypePath};
use crate::names::Ident;

const PAGE_TOKEN: &str = "pageToken";
const NEXT_PAGE_TOKEN: &str = "nextPageToken";

/// Lists beside the elements: what could not be reached, and what went wrong.
const NOT_ITEMS: &[&str] = &["unreachable", "unreachableLocations", "warnings"];

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
        self.0.insert(path.clone(), message.fields.iter().map(member).collect());
    }

    fn members(&self, ty: &Type) -> &[Member] {
        match ty {
            Type::Struct(path) => self.0.get(path).map_or(&[], Vec::as_slice),
            _ => &[],
        }
    }

    fn text(&self, ty: &Type, name: &str) -> Option<&Ident> {
        let member = self.members(ty).iter().find(|member| member.name == name)?;
        (member.ty == Type::String).then_some(&member.ident)
    }
}

/// How a method goes on from page to page, if it does. `resource` is the last part of its path.
pub(super) fn find(
    messages: &Messages,
    setters: &[Setter],
    body: Option<&Body>,
    response: &Response,
    resource: Option<&Ident>,
) -> Option<Pages> {
    let Response::Message(page) = response else { return None };
    let next = messages.text(page, NEXT_PAGE_TOKEN)?.clone();
    let in_query = setters
        .iter()
        .any(|setter| setter.name == PAGE_TOKEN && setter.ty == Type::String && !setter.repeated);
    let token = if in_query {
        PageToken::Query(PAGE_TOKEN.to_owned())
    } else {
        PageToken::Body(messages.text(&body?.ty, PAGE_TOKEN)?.clone())
    };
    Some(Pages { page: page.clone(), token, next, items: items(messages.members(page), resource) })
}

/// The list that holds the elements: the only one, the only one of messages, the one named like
/// the resource, or `items`. Where none of this decides, there are pages but no elements.
fn items(members: &[Member], resource: Option<&Ident>) -> Option<Items> {
    let lists: Vec<_> = members
        .iter()
        .filter(|member| !NOT_ITEMS.contains(&member.name.as_str()))
        .filter_map(|member| match &member.ty {
            Type::List(item) => Some((member, item.as_ref())),
            _ => None,
        })
        .collect();
    let messages: Vec<_> =
        lists.iter().filter(|(_, item)| matches!(item, Type::Struct(_) | Type::Shared(_))).collect();
    let named = |wanted: &dyn Fn(&Member) -> bool| lists.iter().find(|(member, _)| wanted(member));
    let (member, item): &(&Member, &Type) = match (lists.as_slice(), messages.as_slice()) {
        ([only], _) => only,
        (_, [only]) => *only,
        _ => named(&|member| Some(&member.ident) == resource)
            .or_else(|| named(&|member| member.name == "items"))?,
    };
    Some(Items { field: member.ident.clone(), ty: (*item).clone() })
}
