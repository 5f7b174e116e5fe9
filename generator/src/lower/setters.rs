//! Setters of structs: only what a request may contain has them, since they cost compile time.

use super::references::References;
use crate::model::{Module, Root, Struct, TypePath};
use crate::names::Ident;

/// Marks each struct that the body of some method may contain.
pub(super) fn add(schemas: &mut Module, root: &mut Root) {
    let bodies = root.methods().filter_map(|method| method.body.as_ref());
    let bodies = bodies.filter_map(|body| body.ty.named()).cloned();
    let reachable = References::new(schemas, root).reachable(bodies.collect());
    let mark = &mut |module: &[Ident], item: &mut Struct| {
        item.setters = reachable.contains(&TypePath {
            module: module.to_vec(),
            ident: item.ident.clone(),
        });
    };
    schemas.for_each_struct(mark);
    for types in root.modules_mut() {
        types.for_each_struct(mark);
    }
}
