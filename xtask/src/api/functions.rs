//! Functions: what a caller writes, and the request that a method of the API makes.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Expr, FnArg, ImplItemFn, Item as Rust, Lit, ReceiverKind, ReturnType, Stmt};

use super::names::Names;
use super::text::text;
use super::{Form, Item, attributes};

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
    Item {
        form: Form::Function(Signature::new(&function.sig, names)),
        docs: attributes::docs(&function.attrs),
        deprecated: attributes::has(&function.attrs, "deprecated"),
        gate: attributes::gate(&function.attrs),
        wire: request(&function.block.stmts),
        items: Default::default(),
    }
}

/// The verb and the path of the request, from the `METHOD` that the function declares.
fn request(statements: &[Stmt]) -> Option<String> {
    let method = statements.iter().find_map(|statement| match statement {
        Stmt::Item(Rust::Static(item)) if item.ident == "METHOD" => Some(&*item.expr),
        _ => None,
    });
    let mut expression = method?;
    let mut more = Vec::new();
    while let Expr::MethodCall(call) = expression {
        more.extend(
            call.args
                .iter()
                .flat_map(|argument| literals(argument.to_token_stream())),
        );
        expression = &call.receiver;
    }
    let Expr::Call(call) = expression else {
        return None;
    };
    let mut arguments = call.args.iter().skip(1);
    let verb = match arguments.next()? {
        Expr::Path(path) => path.path.segments.last()?.ident.to_string().to_uppercase(),
        _ => return None,
    };
    let template = arguments.flat_map(|argument| literals(argument.to_token_stream()));
    Some(format!(
        "{verb} {}",
        template.chain(more).collect::<Vec<_>>().join(" ")
    ))
}

/// The values of the literals among the tokens.
fn literals(tokens: TokenStream) -> Vec<String> {
    let mut found = Vec::new();
    for token in tokens {
        match token {
            TokenTree::Group(group) => found.extend(literals(group.stream())),
            TokenTree::Literal(literal) => found.push(match Lit::new(literal) {
                Lit::Str(value) => value.value(),
                other => text(&other),
            }),
            TokenTree::Ident(word) if word == "true" || word == "false" => {
                found.push(word.to_string())
            }
            _ => {}
        }
    }
    found
}
