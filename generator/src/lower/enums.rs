//! Open enums.

use discovery::Schema;

use super::docs::DocWriter;
use crate::model::{Enum, Variant};
use crate::names::{Ident, NameTable, reserved};

/// Lowers the values of a schema to an open enum.
pub(super) fn enumeration(writer: DocWriter<'_>, ident: Ident, schema: &Schema) -> Enum {
    let mut idents = NameTable::reserving(reserved::VARIANTS);
    let variants = schema
        .values
        .iter()
        .map(|value| Variant {
            ident: idents.assign(Ident::value(&value.name)),
            docs: writer.value(value),
            deprecated: value.deprecated,
            value: value.name.clone(),
        })
        .collect();
    Enum {
        docs: writer.described(&schema.description, ident.as_str()),
        ident,
        deprecated: schema.deprecated,
        variants,
    }
}
