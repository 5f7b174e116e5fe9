//! JSON: the forms of messages, enums and scalars on the wire.

pub(crate) mod any;
pub(crate) mod bytes;
mod containers;
pub(crate) mod decoding;
pub(crate) mod field_mask;
mod float;
pub(crate) mod form;
pub(crate) mod http_body;
mod integer;
pub(crate) mod into_field;
pub(crate) mod message;
mod message_macro;
mod newtype;
pub(crate) mod open_enum;
pub(crate) mod parsing;
mod scalar;
pub(crate) mod sent_fields;
pub(crate) mod status;
mod time;
pub(crate) mod unknown_fields;
mod value;
