//! From files to modules.

use syn::ext::IdentExt;
use syn::{Item as Rust, ItemMod};

use super::names::{Names, is_public};
use super::{Form, Item, Key, Space, attributes, implementations, items, wire};
use crate::message::Message;
use crate::sync::Files;

const ROOT: &str = "src/lib.rs";

/// The crate, as a module.
pub(super) fn root(files: &Files) -> Result<Item, Message> {
    let text = files.get(ROOT).ok_or_else(|| missing(ROOT))?;
    let file = parse(ROOT, text)?;
    let names = Names::new(&[], &file.items, None);
    let reader = Reader { files, root: None };
    let mut root = items::plain(Form::Module, &file.attrs);
    root.wire = wire::service(&file.items);
    reader.fill(&mut root, &[], &file.items, &names)?;
    Ok(root)
}

fn missing(path: &str) -> Message {
    Message::error(format!("the package has no {path}")).help(super::IS_A_PACKAGE)
}

fn parse(path: &str, text: &str) -> Result<syn::File, Message> {
    syn::parse_file(text).map_err(|error| {
        Message::error(format!("{path} is not Rust: {error}"))
            .help("`cargo check` in its package says where")
    })
}

struct Reader<'a> {
    files: &'a Files,
    /// The names of the root of the crate.
    root: Option<&'a Names<'a>>,
}

impl Reader<'_> {
    /// Adds the items of a module.
    fn fill(
        &self,
        module: &mut Item,
        path: &[String],
        rust: &[Rust],
        names: &Names<'_>,
    ) -> Result<(), Message> {
        let inner = Reader {
            files: self.files,
            root: Some(self.root.unwrap_or(names)),
        };
        for item in rust {
            module.items.extend(items::read(item, names));
        }
        for item in rust {
            implementations::attach(item, names, &mut module.items);
            if let Rust::Mod(item) = item
                && is_public(&item.vis)
            {
                let (key, found) = inner.module(path, item)?;
                module.items.insert(key, found);
            }
        }
        Ok(())
    }

    fn module(&self, outer: &[String], item: &ItemMod) -> Result<(Key, Item), Message> {
        let name = item.ident.unraw().to_string();
        let path = [outer, std::slice::from_ref(&name)].concat();
        let mut module = items::plain(Form::Module, &item.attrs);
        match &item.content {
            Some((_, rust)) => {
                let names = Names::new(&path, rust, self.root);
                self.fill(&mut module, &path, rust, &names)?;
            }
            None => {
                let file = self.file(&path)?;
                let names = Names::new(&path, &file.items, self.root);
                let docs = attributes::docs(&file.attrs);
                module.docs = [module.docs, docs].concat();
                self.fill(&mut module, &path, &file.items, &names)?;
            }
        }
        Ok((Key::new(Space::Module, name), module))
    }

    /// The file of a module: `src/a/b.rs` or `src/a/b/mod.rs`.
    fn file(&self, module: &[String]) -> Result<syn::File, Message> {
        let base = format!("src/{}", module.join("/"));
        let (path, other) = (format!("{base}.rs"), format!("{base}/mod.rs"));
        let found = [&path, &other]
            .into_iter()
            .find_map(|path| Some((path, self.files.get(path)?)));
        let (path, text) = found.ok_or_else(|| missing(&path))?;
        parse(path, text)
    }
}
