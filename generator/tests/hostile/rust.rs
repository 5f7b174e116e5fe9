//! Generated Rust: it parses, no text of the document became code, and no name is defined twice.

use std::collections::{BTreeMap, BTreeSet};

use generator::Package;
use proc_macro2::{TokenStream, TokenTree};
use syn::{Fields, FnArg, ImplItem, Item, Pat};

use crate::{markdown, tokens};

/// Checks one file.
pub(crate) fn check(text: &str) -> Result<(), String> {
    check_header(text)?;
    let tokens = tokens::parse(text)?;
    tokens::check_identifiers(&tokens)?;
    let file: syn::File = syn::parse2(tokens.clone()).map_err(|error| error.to_string())?;
    check_names(&file.items)?;
    let mut docs = Docs::default();
    docs.collect(tokens);
    markdown::check_runs(&docs.runs)?;
    Ok(())
}

/// Checks that the file begins with exactly two lines of comment.
fn check_header(text: &str) -> Result<(), String> {
    let (header, rest) = text.split_once("\n\n").ok_or("no header")?;
    let is_comment = |line: &str| line.starts_with("// ");
    if header.lines().count() != 2 || !header.lines().all(is_comment) || rest.starts_with("// ") {
        return Err("a strange header".to_owned());
    }
    Ok(())
}

/// The doc comments of a file.
#[derive(Default)]
struct Docs {
    runs: BTreeMap<usize, Vec<String>>,
    run: usize,
}

impl Docs {
    fn collect(&mut self, tokens: TokenStream) {
        let mut tokens = tokens.into_iter().peekable();
        self.run += 1;
        while let Some(token) = tokens.next() {
            match token {
                TokenTree::Punct(hash) if hash.as_char() == '#' => {
                    tokens.next_if(
                        |next| matches!(next, TokenTree::Punct(punct) if punct.as_char() == '!'),
                    );
                    if let Some(TokenTree::Group(group)) = tokens.next() {
                        self.attribute(group.stream());
                    }
                }
                TokenTree::Group(group) => {
                    self.collect(group.stream());
                    self.run += 1;
                }
                _ => self.run += 1,
            }
        }
    }

    fn attribute(&mut self, tokens: TokenStream) {
        let mut tokens = tokens.into_iter();
        let is_doc = matches!(tokens.next(), Some(TokenTree::Ident(name)) if name == "doc");
        if let (true, Some(TokenTree::Literal(text))) = (is_doc, tokens.nth(1))
            && let Ok(text) = syn::parse_str::<syn::LitStr>(&text.to_string())
        {
            self.runs.entry(self.run).or_default().push(text.value());
        }
    }
}

/// Checks that no module defines a name twice, nor a type a member.
fn check_names(items: &[Item]) -> Result<(), String> {
    let mut types = BTreeSet::new();
    let mut functions: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for item in items {
        let name = match item {
            Item::Struct(item) => {
                check_fields(&item.fields)?;
                Some(&item.ident)
            }
            Item::Enum(item) => {
                let variants = item
                    .variants
                    .iter()
                    .map(|variant| variant.ident.to_string());
                unique(variants)?;
                Some(&item.ident)
            }
            Item::Type(item) => Some(&item.ident),
            Item::Mod(item) => {
                if let Some((_, items)) = &item.content {
                    check_names(items)?;
                }
                Some(&item.ident)
            }
            Item::Impl(item) if item.trait_.is_none() => {
                let ty = quote::ToTokens::to_token_stream(&item.self_ty).to_string();
                let known = functions.entry(ty).or_default();
                for function in &item.items {
                    check_function(function, known)?;
                }
                None
            }
            _ => None,
        };
        if let Some(name) = name
            && !types.insert(name.to_string())
        {
            return Err(format!("has {name} twice"));
        }
    }
    Ok(())
}

fn check_fields(fields: &Fields) -> Result<(), String> {
    let names = fields.iter().filter_map(|field| field.ident.as_ref());
    unique(names.map(ToString::to_string))
}

fn check_function(item: &ImplItem, known: &mut BTreeSet<String>) -> Result<(), String> {
    let ImplItem::Fn(function) = item else {
        return Ok(());
    };
    let name = function.sig.ident.to_string();
    let arguments = function
        .sig
        .inputs
        .iter()
        .filter_map(|argument| match argument {
            FnArg::Receiver(_) => None,
            FnArg::Typed(argument) => match &*argument.pat {
                Pat::Ident(pattern) => Some(pattern.ident.to_string()),
                _ => None,
            },
        });
    unique(arguments)?;
    if known.insert(name.clone()) {
        Ok(())
    } else {
        Err(format!("has the function {name} twice"))
    }
}

fn unique(names: impl Iterator<Item = String>) -> Result<(), String> {
    let mut known = BTreeSet::new();
    for name in names {
        if !known.insert(name.clone()) {
            return Err(format!("has {name} twice"));
        }
    }
    Ok(())
}

/// Checks that every source file is a module, and every module has a file.
pub(crate) fn check_modules(package: &Package) -> Result<(), String> {
    let mut found = BTreeSet::from(["src/lib.rs".to_owned()]);
    let mut pending = vec![("src/lib.rs".to_owned(), "src".to_owned())];
    while let Some((path, folder)) = pending.pop() {
        let text = package.files.get(&path);
        let text = text.ok_or_else(|| format!("there is no {path}"))?;
        for name in declared(tokens::parse(text)?) {
            let name = name.strip_prefix("r#").unwrap_or(&name);
            let path = format!("{folder}/{name}.rs");
            found.insert(path.clone());
            pending.push((path, format!("{folder}/{name}")));
        }
    }
    let sources = package.files.keys().filter(|path| path.starts_with("src/"));
    match sources.into_iter().find(|path| !found.contains(*path)) {
        Some(orphan) => Err(format!("{orphan} is no module")),
        None => Ok(()),
    }
}

/// Returns the modules that are declared without a body.
fn declared(tokens: TokenStream) -> Vec<String> {
    let tokens: Vec<_> = tokens.into_iter().collect();
    let names = tokens.windows(3).filter_map(|window| match window {
        [
            TokenTree::Ident(word),
            TokenTree::Ident(name),
            TokenTree::Punct(end),
        ] if word == "mod" && end.as_char() == ';' => Some(name.to_string()),
        _ => None,
    });
    names.collect()
}
