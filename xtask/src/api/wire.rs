//! What the compiler does not see: the requests that a client makes, where they go, and what they need.

use std::collections::BTreeMap;

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Expr, ExprCall, ExprMethodCall, Item, ItemStatic, Lit, Stmt};

use super::text::text;

/// A part of what an item is outside of the program.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Wire {
    /// The verb and the path of a request, and the path of its upload.
    Request,
    /// Whatever else a request declares, such as the size of its upload.
    Options,
    /// What the value of this argument has to match.
    Pattern(String),
    /// The OAuth 2.0 scopes of which a method needs one.
    Scopes,
    /// The name of a field, or the text of a variant, in JSON.
    Json,
    /// The value of a constant.
    Value,
    /// The root URL of all requests.
    Host,
    /// What comes before the paths of all requests.
    ServicePath,
    /// The scopes that credentials are asked for unless the program names others.
    DefaultScopes,
}

/// An item outside of the program.
pub type Outside = BTreeMap<Wire, String>;

/// What a method of the API is, from the statics that its function declares and from its
/// documentation. Nothing, if it is another function.
pub(super) fn method(statements: &[Stmt], docs: &str) -> Outside {
    let statics = || {
        statements.iter().filter_map(|statement| match statement {
            Stmt::Item(Item::Static(item)) => Some(item),
            _ => None,
        })
    };
    let mut outside = Outside::new();
    for item in statics() {
        if item.ident == "METHOD" {
            outside.extend(request(item));
        } else if let Some(argument) = item.ident.to_string().strip_suffix("_PATTERN") {
            let pattern = literals(item.expr.to_token_stream()).join(" ");
            outside.insert(Wire::Pattern(argument.to_lowercase()), pattern);
        }
    }
    if !outside.is_empty() {
        outside.extend(scopes(docs).map(|scopes| (Wire::Scopes, scopes)));
    }
    outside
}

fn request(item: &ItemStatic) -> Outside {
    let Some((call, more)) = chain(&item.expr) else {
        return Outside::new();
    };
    let mut arguments = call.args.iter().skip(1);
    let Some(Expr::Path(verb)) = arguments.next() else {
        return Outside::new();
    };
    let verb = verb.path.segments.last().map(|verb| verb.ident.to_string());
    let mut request = vec![verb.unwrap_or_default().to_uppercase()];
    request.extend(arguments.flat_map(|argument| literals(argument.to_token_stream())));
    let more = more
        .into_iter()
        .flat_map(|call| literals(call.args.to_token_stream()));
    let (uploads, options): (Vec<_>, Vec<_>) = more.partition(|text| text.starts_with('/'));
    request.extend(uploads);
    let mut outside = Outside::from([(Wire::Request, request.join(" "))]);
    if !options.is_empty() {
        outside.insert(Wire::Options, options.join(" "));
    }
    outside
}

/// The scopes that the documentation of a method ends with.
fn scopes(docs: &str) -> Option<String> {
    const BEGIN: [&str; 2] = [
        "Requires the OAuth 2.0 scope ",
        "Requires one of these OAuth 2.0 scopes",
    ];
    let start = BEGIN.iter().filter_map(|begin| docs.rfind(begin)).max()?;
    let paragraph = docs.get(start..)?.split("\n\n").next()?;
    let mut scopes: Vec<_> = paragraph.split('`').skip(1).step_by(2).collect();
    scopes.sort_unstable();
    Some(scopes.join(" "))
}

/// What holds for all requests, from the `SERVICE` of the crate.
pub(super) fn service(items: &[Item]) -> Outside {
    let mut outside = Outside::new();
    let service = items.iter().find_map(|item| match item {
        Item::Static(item) if item.ident == "SERVICE" => chain(&item.expr),
        _ => None,
    });
    let Some((call, more)) = service else {
        return outside;
    };
    let host = call.args.iter().nth(2).map(ToTokens::to_token_stream);
    outside.extend(host.map(|host| (Wire::Host, literals(host).concat())));
    for call in more {
        let part = match call.method.to_string().as_str() {
            "service_path" | "with_service_path" => Wire::ServicePath,
            "scopes" | "with_scopes" => Wire::DefaultScopes,
            _ => continue,
        };
        outside.insert(part, literals(call.args.to_token_stream()).join(" "));
    }
    outside
}

/// A call and the methods that are called on its result, the last one first.
fn chain(mut expression: &Expr) -> Option<(&ExprCall, Vec<&ExprMethodCall>)> {
    let mut calls = Vec::new();
    while let Expr::MethodCall(call) = expression {
        calls.push(call);
        expression = &call.receiver;
    }
    match expression {
        Expr::Call(call) => Some((call, calls)),
        _ => None,
    }
}

/// The text of a path template that the tokens have the segments of.
fn template(tokens: TokenStream) -> Option<String> {
    let mut template = String::new();
    let mut kind = None;
    for token in tokens {
        match (token, kind.as_deref()) {
            (TokenTree::Ident(word), _) => kind = Some(word.to_string()),
            (TokenTree::Group(group), Some("Literal")) => {
                template.extend(literals(group.stream()));
            }
            (TokenTree::Group(group), Some("Variable")) => {
                template.push_str(&format!("{{{}}}", literals(group.stream()).concat()));
            }
            (TokenTree::Group(group), Some("Reserved")) => {
                template.push_str(&format!("{{+{}}}", literals(group.stream()).concat()));
            }
            (TokenTree::Punct(_), _) => {}
            _ => return None,
        }
    }
    (!template.is_empty()).then_some(template)
}

/// The values of the literals among the tokens.
fn literals(tokens: TokenStream) -> Vec<String> {
    let mut found = Vec::new();
    for token in tokens {
        match token {
            TokenTree::Group(group) => match template(group.stream()) {
                Some(template) => found.push(template),
                None => found.extend(literals(group.stream())),
            },
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
