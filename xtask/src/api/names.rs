//! What the names in a module stand for: a type has one spelling, wherever it is written.

use std::collections::BTreeMap;

use syn::ext::IdentExt;
use syn::parse::Parser;
use syn::visit_mut::{self, VisitMut};
use syn::{Fields, Generics, Item, PathSegment, Type, UseTree, Visibility};

use super::text::text;

/// A path from the root of the crate, or into another crate.
type Path = Vec<String>;

/// The names of a module, and the names that the root of the crate exports again.
pub(super) struct Names<'a> {
    module: Path,
    known: BTreeMap<String, Path>,
    root: Option<&'a Self>,
}

impl<'a> Names<'a> {
    /// The names of the module at `module`; `root` is there for all modules but the root itself.
    pub(super) fn new(module: &[String], items: &[Item], root: Option<&'a Self>) -> Self {
        let mut names = Self {
            module: module.to_vec(),
            known: BTreeMap::new(),
            root,
        };
        for name in items.iter().filter_map(declared) {
            let path = [module, std::slice::from_ref(&name)].concat();
            names.known.insert(name, path);
        }
        for item in items {
            if let Item::Use(item) = item {
                names.import(Vec::new(), &item.tree);
            }
        }
        names
    }

    fn import(&mut self, mut before: Path, tree: &UseTree) {
        match tree {
            UseTree::Path(path) => {
                before.push(path.ident.to_string());
                self.import(before, &path.tree);
            }
            UseTree::Name(name) => {
                let name = name.ident.to_string();
                before.push(name.clone());
                let path = self.resolved(before);
                self.known.insert(name, path);
            }
            UseTree::Rename(name) => {
                let (source, alias) = (name.ident.to_string(), name.rename.to_string());
                // A crate under another name: the API shows that name.
                let path = if before.is_empty() && !self.known.contains_key(&source) {
                    self.known.insert(source, vec![alias.clone()]);
                    vec![alias.clone()]
                } else {
                    before.push(source);
                    self.resolved(before)
                };
                self.known.insert(alias, path);
            }
            UseTree::Group(group) => {
                for tree in &group.items {
                    self.import(before.clone(), tree);
                }
            }
            _ => {}
        }
    }

    /// The path that `written` stands for.
    fn resolved(&self, written: Path) -> Path {
        let mut rest = written.into_iter().peekable();
        let mut module = None;
        while let Some(step) = rest.next_if(|step| matches!(&**step, "crate" | "self" | "super")) {
            let base = module.get_or_insert_with(|| self.module.clone());
            match &*step {
                "crate" => base.clear(),
                "super" => drop(base.pop()),
                _ => {}
            }
        }
        let rest: Path = rest.collect();
        match module {
            Some(module) => self.exported([module, rest].concat()),
            None => match rest.first().and_then(|first| self.known.get(first)) {
                Some(known) => [known, rest.get(1..).unwrap_or_default()].concat(),
                None => rest,
            },
        }
    }

    /// The path, whose first name the root may have from elsewhere.
    fn exported(&self, path: Path) -> Path {
        let root = self.root.unwrap_or(self);
        match path.first().and_then(|first| root.known.get(first)) {
            Some(known) => [known, path.get(1..).unwrap_or_default()].concat(),
            None => path,
        }
    }

    /// A type, as seen from the root of the crate.
    pub(super) fn ty(&self, ty: &Type) -> String {
        let mut ty = ty.clone();
        Resolve(self).visit_type_mut(&mut ty);
        text(&ty)
    }

    /// A path, as seen from the root of the crate.
    pub(super) fn path(&self, path: &syn::Path) -> String {
        let mut path = path.clone();
        Resolve(self).visit_path_mut(&mut path);
        text(&path)
    }

    /// The content of a variant, as seen from the root of the crate.
    pub(super) fn fields(&self, fields: &Fields) -> String {
        let mut fields = fields.clone();
        Resolve(self).visit_fields_mut(&mut fields);
        text(&fields)
    }

    /// Generic parameters with their bounds, as seen from the root of the crate.
    pub(super) fn generics(&self, generics: &Generics) -> String {
        let mut generics = generics.clone();
        Resolve(self).visit_generics_mut(&mut generics);
        text(&generics) + &text(&generics.where_clause)
    }
}

/// Writes every path as seen from the root of the crate.
struct Resolve<'a>(&'a Names<'a>);

impl VisitMut for Resolve<'_> {
    fn visit_path_mut(&mut self, path: &mut syn::Path) {
        visit_mut::visit_path_mut(self, path);
        if path.leading_colon.is_some() {
            return;
        }
        let written: Path = path.segments.iter().map(|s| s.ident.to_string()).collect();
        // Arguments come at the end, as `Result<()>` has them, and so does what they belong to.
        let arguments = path.segments.last().map(|last| last.arguments.clone());
        let middle = path.segments.iter().rev().skip(1);
        if middle.clone().any(|segment| !segment.arguments.is_empty()) {
            return;
        }
        let resolved = self.0.resolved(written.clone());
        if resolved == written {
            return;
        }
        path.segments = resolved
            .iter()
            .filter_map(|name| syn::Ident::parse_any.parse_str(name).ok())
            .map(PathSegment::from)
            .collect();
        if let (Some(last), Some(arguments)) = (path.segments.last_mut(), arguments) {
            last.arguments = arguments;
        }
    }
}

/// The name that an item gives to the module around it.
fn declared(item: &Item) -> Option<String> {
    let ident = match item {
        Item::Struct(item) => &item.ident,
        Item::Enum(item) => &item.ident,
        Item::Type(item) => &item.ident,
        Item::Mod(item) => &item.ident,
        _ => return None,
    };
    Some(ident.to_string())
}

/// Whether all may use it.
pub(super) fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}
