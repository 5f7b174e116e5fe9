//! Arguments of generated functions: values that convert into a text, an enum or bytes; others as they are.

use super::tokens::{Code, quote};
use super::types::written;
use crate::model::{Shared, Type};
use crate::names::Ident;

/// The type of an argument that takes one value.
pub(super) fn one(ty: &Type, module: &[Ident]) -> Code {
    let written = written(ty, module);
    if converts(ty) {
        quote!(impl Into<#written>)
    } else {
        written
    }
}

/// The type of an argument that takes several values.
pub(super) fn several(ty: &Type, module: &[Ident]) -> Code {
    let item = one(ty, module);
    quote!(impl IntoIterator<Item = #item>)
}

/// The value, converted from an argument of [`one`].
pub(super) fn converted(ty: &Type, argument: &Code) -> Code {
    if converts(ty) {
        quote!(#argument.into())
    } else {
        quote!(#argument)
    }
}

/// An iterator over the values, converted from an argument of [`several`].
pub(super) fn each_converted(ty: &Type, argument: &Code) -> Code {
    let convert = converts(ty).then(|| quote!(.map(Into::into)));
    quote!(#argument.into_iter() #convert)
}

fn converts(ty: &Type) -> bool {
    matches!(
        ty,
        Type::String | Type::Enum(_) | Type::Value | Type::Shared(Shared::Bytes)
    )
}
