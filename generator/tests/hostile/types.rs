//! Paths of types in generated Rust resolve.

use std::collections::{BTreeMap, BTreeSet};

use generator::Package;
use proc_macro2::TokenTree;
use syn::visit_mut::{self, VisitMut};
use syn::{Item, TypePath, UseTree};

/// Types and crates that are in scope everywhere.
const EVERYWHERE: &[&str] = &[
    "Box", "Option", "Result", "Self", "String", "Vec", "bool", "f32", "f64", "i32", "i64",
    "serde", "std", "str", "u32", "u64",
];

/// Checks that every path of a type leads to a type of the package, or out of it.
pub(crate) fn check(package: &Package) -> Result<(), String> {
    let mut tree = Tree::default();
    let mut files = Vec::new();
    for (path, text) in &package.files {
        let Some(module) = path
            .strip_prefix("src/")
            .and_then(|path| path.strip_suffix(".rs"))
        else {
            continue;
        };
        let module: Vec<String> = match module {
            "lib" => Vec::new(),
            _ => module.split('/').map(str::to_owned).collect(),
        };
        let file = syn::parse_file(text).map_err(|error| format!("{path}: {error}"))?;
        tree.add(&module, &file.items);
        files.push((module, file));
    }
    for (module, mut file) in files {
        let mut paths = Paths {
            tree: &tree,
            module,
            lost: None,
        };
        paths.visit_file_mut(&mut file);
        if let Some(lost) = paths.lost {
            return Err(lost);
        }
    }
    Ok(())
}

/// The modules of a package.
#[derive(Default)]
struct Tree {
    modules: BTreeMap<Vec<String>, Names>,
}

/// The names in a module.
#[derive(Default)]
struct Names {
    own: BTreeSet<String>,
    /// Its imports: a path of the package, or none for an item from outside.
    imported: BTreeMap<String, Option<Vec<String>>>,
}

impl Tree {
    fn add(&mut self, module: &[String], items: &[Item]) {
        let mut names = Names::default();
        for item in items {
            let ident = match item {
                Item::Struct(item) => &item.ident,
                Item::Enum(item) => &item.ident,
                Item::Type(item) => &item.ident,
                Item::Trait(item) => &item.ident,
                Item::Mod(item) => {
                    if let Some((_, items)) = &item.content {
                        self.add(&joined(module, &plain(&item.ident)), items);
                    }
                    &item.ident
                }
                Item::Use(item) => {
                    names.import(&mut Vec::new(), &item.tree);
                    continue;
                }
                _ => continue,
            };
            names.own.insert(plain(ident));
        }
        self.modules.insert(module.to_vec(), names);
    }

    fn resolves(&self, module: &[String], path: &[String]) -> bool {
        let Some((first, rest)) = path.split_first() else {
            return true;
        };
        let Some(names) = self.modules.get(module) else {
            return false;
        };
        if first == "crate" {
            return self.resolves(&[], rest);
        }
        match names.imported.get(first) {
            Some(Some(target)) => return self.resolves(&[], &[target.as_slice(), rest].concat()),
            Some(None) => return true,
            None => {}
        }
        names.own.contains(first)
            && (rest.is_empty() || self.resolves(&joined(module, first), rest))
    }
}

impl Names {
    fn import(&mut self, path: &mut Vec<String>, tree: &UseTree) {
        let (name, renamed) = match tree {
            UseTree::Path(tree) => {
                path.push(plain(&tree.ident));
                self.import(path, &tree.tree);
                path.pop();
                return;
            }
            UseTree::Group(trees) => {
                trees.items.iter().for_each(|tree| self.import(path, tree));
                return;
            }
            UseTree::Name(tree) => (plain(&tree.ident), plain(&tree.ident)),
            UseTree::Rename(tree) => (plain(&tree.ident), plain(&tree.rename)),
            UseTree::Glob(_) => return,
        };
        let of_package = path.split_first().filter(|(root, _)| *root == "crate");
        let target = of_package.map(|(_, modules)| joined(modules, &name));
        self.imported.insert(renamed, target);
    }
}

/// Visits every path of a type, and keeps the first that does not resolve.
struct Paths<'a> {
    tree: &'a Tree,
    module: Vec<String>,
    lost: Option<String>,
}

impl Paths<'_> {
    fn check(&mut self, path: &[String]) {
        let is_known = path
            .first()
            .is_some_and(|first| EVERYWHERE.contains(&first.as_str()));
        if !is_known && !self.tree.resolves(&self.module, path) {
            let (path, module) = (path.join("::"), self.module.join("::"));
            self.lost
                .get_or_insert(format!("there is no {path} in {module}"));
        }
    }
}

impl VisitMut for Paths<'_> {
    fn visit_item_mod_mut(&mut self, item: &mut syn::ItemMod) {
        self.module.push(plain(&item.ident));
        visit_mut::visit_item_mod_mut(self, item);
        self.module.pop();
    }

    fn visit_type_path_mut(&mut self, ty: &mut TypePath) {
        let segments = ty.path.segments.iter();
        self.check(&segments.map(|part| plain(&part.ident)).collect::<Vec<_>>());
        visit_mut::visit_type_path_mut(self, ty);
    }

    /// The input of the runtime's macros begins with the type that they implement traits for.
    fn visit_item_macro_mut(&mut self, item: &mut syn::ItemMacro) {
        if let Some(TokenTree::Ident(ty)) = item.mac.tokens.clone().into_iter().next() {
            self.check(&[plain(&ty)]);
        }
    }
}

fn joined(module: &[String], name: &str) -> Vec<String> {
    module.iter().cloned().chain([name.to_owned()]).collect()
}

fn plain(ident: &syn::Ident) -> String {
    let name = ident.to_string();
    name.strip_prefix("r#").map_or(name.clone(), str::to_owned)
}

#[test]
fn a_dangling_path_is_reported() {
    let document = crate::support::document("inline_messages");
    let package = generator::generate(&document, &generator::Options::default());
    let package = package.expect("a package");
    assert_eq!(check(&package), Ok(()));
    for (file, from, to, lost) in [
        (
            "src/schemas.rs",
            "struct Thing",
            "struct Think",
            "there is no Thing in schemas",
        ),
        (
            "src/things.rs",
            "pub enum State",
            "pub enum Stale",
            "there is no request::State in things::patch",
        ),
    ] {
        let mut broken = package.clone();
        let text = broken.files[file].replace(from, to);
        broken.files.insert(file.to_owned(), text);
        assert_eq!(check(&broken), Err(lost.to_owned()));
    }
}
