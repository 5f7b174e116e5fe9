//! Reads the names that generated code uses off the code itself.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use discovery::Document;
use quote::ToTokens;
use syn::visit_mut::{self, VisitMut};
use syn::{File, FnArg, ImplItem, Item, Pat, ReceiverKind, Stmt, Visibility};

use super::*;
use crate::{Options, Package};

type Names = BTreeSet<String>;

/// The package of a case.
struct Case(Package);

impl Case {
    /// Returns the parsed files below `folder`, apart from those in folders of it.
    fn files(&self, folder: &str) -> impl Iterator<Item = (&str, File)> {
        self.0.files.iter().filter_map(move |(path, text)| {
            let name = path.strip_prefix(folder)?.strip_suffix(".rs")?;
            let file = syn::parse_file(text).expect("Rust");
            (!name.contains('/')).then_some((name, file))
        })
    }

    fn root(&self) -> File {
        let (_, root) = self
            .files("src/")
            .find(|(name, _)| *name == "lib")
            .expect("a root");
        root
    }

    /// Returns the modules at the root that belong to resources.
    fn resources(&self) -> impl Iterator<Item = File> {
        let files = self.files("src/").map(|(_, file)| file);
        files.filter(|file| structs(file).any(|name| name == "Resource"))
    }
}

static CASES: LazyLock<Vec<Case>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let entries = fs::read_dir(&folder).expect("the cases");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let documents = paths.filter(|path| !path.to_string_lossy().ends_with(".overlay.json"));
    let published = folder.join("../../../discovery/documents/checks.v1alpha.json");
    let documents = documents.chain([published]);
    documents.map(|path| Case(package(&path))).collect()
});

fn package(path: &Path) -> Package {
    let text = fs::read_to_string(path).expect("a text");
    let overlay = fs::read_to_string(path.with_extension("overlay.json")).ok();
    let parsed = Document::parse(&text, overlay.as_deref()).expect("no error");
    crate::generate(&parsed.document, &Options::default()).expect("a package")
}

fn structs(file: &File) -> impl Iterator<Item = String> {
    file.items.iter().filter_map(|item| match item {
        Item::Struct(item) => Some(item.ident.to_string()),
        _ => None,
    })
}

fn functions(file: &File) -> impl Iterator<Item = &syn::ImplItemFn> {
    let impls = file.items.iter().filter_map(|item| match item {
        Item::Impl(item) if item.trait_.is_none() => Some(&item.items),
        _ => None,
    });
    impls.flatten().filter_map(|item| match item {
        ImplItem::Fn(function) if matches!(function.vis, Visibility::Public(_)) => Some(function),
        _ => None,
    })
}

fn list(names: &[&str]) -> Names {
    names.iter().map(|name| (*name).to_owned()).collect()
}

#[test]
fn functions_of_clients_and_requests() {
    // The functions that all clients have, since each document names others.
    let of_client = |case: &Case| -> Names {
        let root = case.root();
        functions(&root)
            .map(|function| function.sig.ident.to_string())
            .collect()
    };
    let client = CASES
        .iter()
        .map(of_client)
        .reduce(|all, names| &all & &names);
    let client = client.unwrap_or_default();
    let mut requests = Names::new();
    for case in &*CASES {
        for file in case.resources() {
            for function in functions(&file) {
                let name = function.sig.ident.to_string();
                // Setters take `mut self`, and accessors `&self`.
                let is_own = matches!(function.sig.inputs.first(), Some(FnArg::Receiver(receiver))
                    if receiver.mutability.is_none() && matches!(receiver.kind, ReceiverKind::Value));
                if is_own && !name.starts_with("with_") {
                    requests.insert(name);
                }
            }
        }
    }
    assert_eq!(client, list(CLIENT_FUNCTIONS));
    assert_eq!(requests, list(REQUEST_FUNCTIONS));
}

#[test]
fn statics_of_methods_and_variants_of_enums() {
    let (mut statics, mut variants) = (Names::new(), Names::new());
    for case in &*CASES {
        for file in case.resources() {
            let statements = functions(&file).flat_map(|function| &function.block.stmts);
            statics.extend(statements.filter_map(|statement| match statement {
                Stmt::Item(Item::Static(item)) => Some(item.ident.to_string()),
                _ => None,
            }));
        }
        for (_, file) in case.files("src/") {
            for item in file.items {
                if let Item::Enum(item) = item {
                    let own = item
                        .variants
                        .iter()
                        .filter(|variant| !variant.fields.is_empty());
                    variants.extend(own.map(|variant| variant.ident.to_string()));
                }
            }
        }
    }
    statics.retain(|name| !name.contains("_PATTERN"));
    assert_eq!(statics, list(STATICS));
    assert_eq!(variants, list(VARIANTS));
}

/// Names of types, traits and constructors that are used without a path.
struct Bare {
    found: Names,
    values_too: bool,
}

impl VisitMut for Bare {
    /// A nested module has names of its own.
    fn visit_item_mod_mut(&mut self, _: &mut syn::ItemMod) {}

    fn visit_expr_path_mut(&mut self, path: &mut syn::ExprPath) {
        if path.path.segments.len() > 1 || self.values_too {
            visit_mut::visit_expr_path_mut(self, path);
        }
    }

    fn visit_pat_tuple_struct_mut(&mut self, pattern: &mut syn::PatTupleStruct) {
        if self.values_too {
            visit_mut::visit_pat_tuple_struct_mut(self, pattern);
        }
    }

    fn visit_attribute_mut(&mut self, _: &mut syn::Attribute) {}

    fn visit_path_mut(&mut self, path: &mut syn::Path) {
        let first = path.segments.first().expect("a segment").ident.to_string();
        if first != "Self" && is_type(&first) {
            self.found.insert(first);
        }
        visit_mut::visit_path_mut(self, path);
    }
}

/// Returns true for `Type`, and false for `module` and `STATIC`.
fn is_type(name: &str) -> bool {
    let begins = name.starts_with(|c: char| c.is_ascii_uppercase());
    begins && name.contains(|c: char| c.is_ascii_lowercase())
}

/// Returns the bare names in a module, apart from those of its own types, of which one is `reserved`.
fn bare(mut file: File, values_too: bool, reserved: &str) -> Names {
    let own: Names = file
        .items
        .iter()
        .filter_map(|item| match item {
            Item::Struct(item) => Some(&item.ident),
            Item::Enum(item) => Some(&item.ident),
            Item::Type(item) => Some(&item.ident),
            _ => None,
        })
        .map(ToString::to_string)
        .filter(|name| name != reserved)
        .collect();
    let mut bare = Bare {
        found: Names::new(),
        values_too,
    };
    bare.visit_file_mut(&mut file);
    &bare.found - &own
}

#[test]
fn types_in_modules_of_schemas_and_resources() {
    let (mut schemas, mut resources) = (Names::new(), Names::new());
    for case in &*CASES {
        let (_, file) = case
            .files("src/")
            .find(|(name, _)| *name == "schemas")
            .expect("schemas");
        schemas.extend(bare(file, true, ""));
        resources.extend(
            case.resources()
                .flat_map(|file| bare(file, true, "Resource")),
        );
    }
    assert_eq!(schemas, list(TYPES));
    assert_eq!(resources, list(RESOURCE_TYPES));
}

/// Collects the last names of imports.
fn imported(tree: &syn::UseTree, found: &mut Names) {
    match tree {
        syn::UseTree::Path(tree) => imported(&tree.tree, found),
        syn::UseTree::Group(trees) => trees.items.iter().for_each(|tree| imported(tree, found)),
        syn::UseTree::Name(tree) => drop(found.insert(tree.ident.to_string())),
        syn::UseTree::Rename(tree) => drop(found.insert(tree.rename.to_string())),
        syn::UseTree::Glob(_) => {}
    }
}

/// Returns the programs in the documentation of the crate.
fn programs(case: &Case) -> Vec<File> {
    let text = &case.0.files["src/lib.rs"];
    let docs = text.lines().filter_map(|line| line.strip_prefix("//!"));
    let docs: Vec<_> = docs
        .map(|line| line.strip_prefix(' ').unwrap_or(line))
        .collect();
    let docs = docs.join("\n");
    let blocks = docs.split("\n```").skip(1).step_by(2);
    blocks
        .filter_map(|block| block.split_once('\n'))
        .filter(|(language, _)| *language != "text")
        .map(|(_, code)| syn::parse_file(&code.replace("\n# ", "\n")).expect("Rust"))
        .collect()
}

#[test]
fn types_at_the_root_and_in_examples() {
    let mut found = Names::new();
    for case in &*CASES {
        let examples = case.files("examples/").map(|(_, file)| file);
        for file in examples.chain(programs(case)).chain([case.root()]) {
            for item in &file.items {
                if let Item::Use(item) = item {
                    imported(&item.tree, &mut found);
                }
            }
            found.extend(bare(file, false, "Fake"));
        }
        let client = structs(&case.root()).next();
        found.remove(&client.expect("a client"));
    }
    found.retain(|name| is_type(name));
    assert_eq!(found, list(ROOT_TYPES));
}

#[test]
fn modules_of_the_crate() {
    let mut found = Names::new();
    for case in &*CASES {
        for item in case.root().items {
            match item {
                Item::Mod(item) => drop(found.insert(item.ident.to_string())),
                Item::Use(item) => imported(&item.tree, &mut found),
                _ => {}
            }
        }
        for file in case.resources() {
            let modules = file.items.iter().filter_map(|item| match item {
                Item::Use(item) => Some(&item.tree),
                _ => None,
            });
            modules.for_each(|tree| imported(tree, &mut found));
        }
    }
    for name in [
        SCHEMAS,
        METHODS,
        "runtime",
        "operation_services",
        "scopes",
        "endpoints",
    ] {
        assert!(found.contains(name), "{name} is not used");
        assert!(
            is_module(name) || ROOT_MODULES.contains(&name),
            "{name} is not reserved"
        );
    }
}

#[test]
fn variables_of_examples() {
    let mut unreserved = Names::new();
    let files = CASES.iter().flat_map(|case| case.files("examples/"));
    for (_, file) in files {
        let main = file.items.into_iter().find_map(|item| match item {
            Item::Fn(item) if item.sig.ident == "main" => Some(item),
            _ => None,
        });
        let statements = main.expect("a program").block.stmts;
        let variables = statements.iter().filter_map(variable);
        unreserved.extend(variables.filter(|name| !VARIABLES.contains(&name.as_str())));
    }
    assert_eq!(unreserved, Names::new());
}

/// Returns the variable that a statement binds, unless it is the client.
fn variable(statement: &Stmt) -> Option<String> {
    let Stmt::Local(local) = statement else {
        return None;
    };
    let value = local.to_token_stream().to_string();
    match &local.pat {
        Pat::Ident(pattern) if !value.contains("builder . build ()") => {
            Some(pattern.ident.to_string())
        }
        _ => None,
    }
}

#[test]
fn features_of_every_crate() {
    let bare = CASES
        .iter()
        .find(|case| case.0.files["Cargo.toml"].contains("google-bare-"));
    let manifest = &bare.expect("the case `bare`").0.files["Cargo.toml"];
    let features = manifest.split("[features]\n").nth(1).expect("features");
    let features = features.lines().take_while(|line| !line.starts_with('['));
    let names = features.filter_map(|line| line.split_once(" = "));
    let names: Names = names.map(|(name, _)| name.to_owned()).collect();
    let own = names.into_iter().filter(|name| !name.contains('-'));
    assert_eq!(own.collect::<Names>(), list(FEATURES));
}
