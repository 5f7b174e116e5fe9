//! Pagination of list methods.

use super::docs::Docs;
use super::types::Type;
use crate::names::Ident;

/// The pagination of a list method.
#[derive(Debug)]
pub(crate) struct Pages {
    pub(crate) page: Type,
    pub(crate) token: PageToken,
    pub(crate) next: NextToken,
    /// That part's name in a field mask, such as `nextPageToken` or `outer/inner`.
    pub(crate) next_name: String,
    pub(crate) items: Option<Items>,
    /// The documentation of `by_page`.
    pub(crate) docs: Docs,
}

/// The part of the request that takes the page token.
#[derive(Debug)]
pub(crate) enum PageToken {
    /// A query parameter of this name.
    Query(String),
    /// A field of the request message.
    Body(Ident),
}

/// The part of the response that holds the token of the next page.
#[derive(Debug)]
pub(crate) enum NextToken {
    /// A field.
    Field(Ident),
    /// A field of a field.
    Inner(Ident, Ident),
    /// A field with a URL, and the query parameter in it that holds the token.
    Link(Ident, String),
}

/// The items of a page.
#[derive(Debug)]
pub(crate) struct Items {
    /// True if the field is a map, whose items are pairs of key and value.
    pub(crate) is_map: bool,
    pub(crate) field: Ident,
    /// The document's spelling of the field.
    pub(crate) name: String,
    pub(crate) ty: Type,
}
