//! Named strings.

use super::docs::Docs;
use crate::names::Ident;

/// A named string: a scope, a regional endpoint, a pattern.
#[derive(Debug)]
pub(crate) struct Constant {
    pub(crate) ident: Ident,
    pub(crate) value: String,
    pub(crate) docs: Docs,
    pub(crate) deprecated: bool,
}
