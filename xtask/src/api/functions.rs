//! Functions: what a caller writes.

use syn::{FnArg, ImplItemFn, ReceiverKind, ReturnType};

use super::names::Names;
use super::text::text;
use super::{Form, Item, attributes, wire};

/// What a caller of a function relies on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// `async`, `const`, `unsafe` and the generic parameters, if it has any.
    pub qualifiers: String,
    /// `self`, `&self` or `&mut self`; empty if it takes none.
    pub receiver: String,
    /// The other arguments.
    pub arguments: Vec<Argument>,
    /// The type of its result; `()` if it has none.
    pub result: String,
}

/// An argument of a function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Argument {
    /// Its name, which callers do not write.
    pub name: String,
    /// Its type.
    pub ty: String,
}

impl Signature {
    fn new(signature: &syn::Signature, names: &Names<'_>) -> Self {
        let mut qualifiers: Vec<String> = Vec::new();
        qualifiers.extend(signature.constness.map(|_| "const".to_owned()));
        qualifiers.extend(signature.asyncness.map(|_| "async".to_owned()));
        qualifiers.push(names.generics(&signature.generics));
        qualifiers.retain(|qualifier| !qualifier.is_empty());
        let mut receiver = String::new();
        let mut arguments = Vec::new();
        for input in &signature.inputs {
            match input {
                FnArg::Receiver(found) => {
                    receiver = match &found.kind {
                        ReceiverKind::Value => "self".to_owned(),
                        ReceiverKind::Reference(_, _, None) => "&self".to_owned(),
                        ReceiverKind::Reference(_, _, Some(_)) => "&mut self".to_owned(),
                        _ => text(found),
                    };
                }
                FnArg::Typed(found) => arguments.push(Argument {
                    name: text(&found.pat).trim_start_matches("mut ").to_owned(),
                    ty: names.ty(&found.ty),
                }),
            }
        }
        let result = match &signature.output {
            ReturnType::Default => "()".to_owned(),
            ReturnType::Type(_, ty) => names.ty(ty),
        };
        Self {
            qualifiers: qualifiers.join(" "),
            receiver,
            arguments,
            result,
        }
    }

    /// What surrounds the name of the function in a call: the arguments in parentheses, and before
    /// them what makes a call another one.
    pub fn call(&self) -> String {
        let Self {
            qualifiers,
            receiver,
            arguments,
            ..
        } = self;
        let arguments = arguments.iter();
        let arguments = arguments.map(|Argument { name, ty }| format!("{name}: {ty}"));
        let arguments: Vec<_> = Some(receiver.clone())
            .filter(|receiver| !receiver.is_empty())
            .into_iter()
            .chain(arguments)
            .collect();
        format!("{qualifiers}({})", arguments.join(", "))
    }
}

/// A function of a type.
pub(super) fn item(function: &ImplItemFn, names: &Names<'_>) -> Item {
    let docs = attributes::docs(&function.attrs);
    Item {
        form: Form::Function(Signature::new(&function.sig, names)),
        wire: wire::method(&function.block.stmts, &docs),
        docs,
        deprecated: attributes::has(&function.attrs, "deprecated"),
        gate: attributes::gate(&function.attrs),
        items: Default::default(),
    }
}
