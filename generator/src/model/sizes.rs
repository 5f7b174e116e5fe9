//! The memory that structs take on a 64-bit machine, at most.

use super::schemas::{Absence, Field};
use super::types::{Number, Shared, Type};

/// A pointer; the niche of a box is the absent one.
const POINTER: usize = 8;

/// A string, list or map, absent or not.
const CONTAINER: usize = 24;

/// Returns the size of a message with these fields, in bytes.
pub(crate) fn message(fields: &[Field]) -> usize {
    let unknown_fields = POINTER;
    fields.iter().map(Field::size).sum::<usize>() + unknown_fields
}

impl Field {
    fn size(&self) -> usize {
        match self.absence {
            Absence::NoBox => POINTER,
            Absence::Empty => CONTAINER,
            Absence::None => self.ty.size(),
        }
    }
}

impl Type {
    /// Returns the size of an `Option` of the type.
    fn size(&self) -> usize {
        match self {
            Self::String | Self::List(_) | Self::Map(_) => CONTAINER,
            Self::Bool => 1,
            Self::Number(Number::I32 | Number::U32 | Number::F32) => 8,
            Self::Number(Number::I64 | Number::U64 | Number::F64) | Self::Enum(_) => 16,
            // A struct that is not boxed is a newtype, of any JSON at most.
            Self::Value | Self::Struct(_) => 32,
            Self::Shared(shared) => shared.size(),
        }
    }
}

impl Shared {
    fn size(self) -> usize {
        match self {
            Self::Timestamp | Self::Duration | Self::FieldMask => CONTAINER,
            Self::Bytes => 32,
            Self::HttpBody | Self::Status => 128,
            Self::Operation => 320,
        }
    }
}
