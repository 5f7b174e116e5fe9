//! Fields of the messages that requests and responses may be.

use std::collections::BTreeMap;

use crate::model::{Field, Response, Shared, Struct, Type, TypePath};
use crate::names::Ident;

/// The fields of messages, by the path of their type.
#[derive(Default)]
pub(super) struct Messages(BTreeMap<TypePath, Vec<Member>>);

pub(super) struct Member {
    pub(super) name: String,
    pub(super) ident: Ident,
    pub(super) ty: Type,
    pub(super) deprecated: bool,
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

    pub(super) fn contains(&self, path: &TypePath) -> bool {
        self.0.contains_key(path)
    }

    pub(super) fn members(&self, ty: &Type) -> &[Member] {
        match ty {
            Type::Struct(path) => self.0.get(path).map_or(&[], Vec::as_slice),
            _ => &[],
        }
    }

    pub(super) fn member(&self, ty: &Type, name: &str) -> Option<&Member> {
        self.members(ty).iter().find(|member| member.name == name)
    }

    /// Returns a member that can be a page token.
    pub(super) fn token(&self, ty: &Type, name: &str) -> Option<&Ident> {
        let member = self.member(ty, name)?;
        let is_token = matches!(member.ty, Type::String | Type::Shared(Shared::Bytes));
        is_token.then_some(&member.ident)
    }

    /// Returns whether a response has the MD5 hash of media and no CRC32C, which is cheaper to compare.
    pub(super) fn answers_md5(&self, response: &Response) -> bool {
        let Response::Message(ty) = response else {
            return false;
        };
        let has = |name| self.member(ty, name).is_some();
        (has("md5Hash") || has("md5Checksum")) && !has("crc32c")
    }
}
