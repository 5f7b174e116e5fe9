//! No two files import each other, directly or through others.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use super::{File, sources};

/// The names of a module and those around it, from the root of its crate.
type Module = Vec<String>;

#[test]
fn no_files_import_each_other() {
    let mut crates = BTreeMap::<String, Crate>::new();
    for file in sources() {
        if let Some((root, module)) = locate(&file.path) {
            crates.entry(root).or_default().add(module, file);
        }
    }
    let circles: Vec<String> = crates.values().flat_map(Crate::circles).collect();
    assert!(
        circles.is_empty(),
        "these files import each other:\n{}",
        circles.join("\n")
    );
}

#[test]
fn a_circle_is_found_however_it_is_written() {
    let circles = |texts: &[(&str, &str)]| {
        let mut krate = Crate::default();
        for (path, text) in texts {
            let file = File {
                path: format!("a/src/{path}.rs"),
                text: (*text).to_owned(),
            };
            krate.add(locate(&file.path).unwrap().1, file);
        }
        krate.circles()
    };
    let two = |a, b| circles(&[("lib", "mod a; mod b;"), ("a", a), ("b", b)]);
    let found = ["a/src/a.rs -> a/src/b.rs -> a/src/a.rs"];
    assert_eq!(two("use crate::b::X;", "use super::a::Y;"), found);
    assert_eq!(two("use crate::{b, c};", "fn f() { crate::a::g() }"), found);
    assert_eq!(
        two("use super::{c::{D}, b::*};", "impl super::a::T for U {}"),
        found
    );
    assert_eq!(
        two("mod m { use super::super::b; }", "use crate::a as c;"),
        found
    );
    assert_eq!(two("use crate::b::X;", "quote! { crate::a::Y }"), [""; 0]);
    assert_eq!(two("use crate::b::X;", "use std::a;"), [""; 0]);
    assert_eq!(
        two("pub use std::b; use super::b;", "use super::a::b;"),
        [""; 0]
    );
    let user = ("a", "use crate::b::X; crate::m!();");
    let definition = ("b", "macro_rules! m { () => { $crate::a::Y } }");
    assert_eq!(circles(&[user, definition]), [""; 0]);
    let definition = ("b", "use crate::a; macro_rules! m { () => {} }");
    assert_eq!(circles(&[user, definition]), found);
    let shared = ("lib", "mod a; #[path = \"../b/mod.rs\"] mod b; use a::X;");
    assert_eq!(circles(&[shared, ("a", "use crate::b::Y;")]), [""; 0]);
    // A re-export is followed to the definition; a definition in the parent is an import of it.
    let re_export = ("lib", "mod a; mod b; pub use a::Y;");
    let b = ("b", "use crate::Y;");
    assert_eq!(circles(&[re_export, ("a", "use crate::b;"), b]), found);
    let parent = [("lib", "mod b; use b::X; pub struct Y;"), b];
    assert_eq!(
        circles(&parent),
        ["a/src/b.rs -> a/src/lib.rs -> a/src/b.rs"]
    );
}

/// Returns the folder of the crate's root file, and the module that a file is.
fn locate(path: &str) -> Option<(String, Module)> {
    let (package, rest) = path.split_once("/src/").map_or_else(
        || {
            let (package, rest) = path.split_once("/tests/")?;
            let (target, rest) = rest.split_once('/')?;
            Some((format!("{package}/tests/{target}"), rest))
        },
        |(package, rest)| Some((format!("{package}/src"), rest)),
    )?;
    let mut module: Module = rest
        .strip_suffix(".rs")?
        .split('/')
        .map(str::to_owned)
        .collect();
    if module
        .last()
        .is_some_and(|name| matches!(&**name, "lib" | "main" | "mod"))
    {
        module.pop();
    }
    Some((package, module))
}

/// The files of a crate by their modules.
#[derive(Default)]
struct Crate {
    files: BTreeMap<Module, Source>,
}

struct Source {
    path: String,
    tokens: TokenStream,
}

/// The names that `use` items give, each with its path; none for those of other crates.
type Names = BTreeMap<Vec<String>, Option<Vec<String>>>;

/// A path in a file, and the name that a `use` gives it. A declared module has a name alone.
struct Import {
    module: Module,
    path: Vec<String>,
    name: Option<String>,
}

impl Crate {
    fn add(&mut self, module: Module, file: File) {
        let tokens = file.code().parse();
        let tokens = tokens.unwrap_or_else(|error| panic!("{}: {error}", file.path));
        let path = file.path;
        self.files.insert(module, Source { path, tokens });
    }

    /// Returns the shortest circle through each file that is part of one.
    fn circles(&self) -> Vec<String> {
        let edges = self.edges();
        let circles = edges.keys().filter_map(|module| circle(module, &edges));
        let circles: BTreeSet<_> = circles.map(|circle| self.line(&circle)).collect();
        circles.into_iter().collect()
    }

    /// Returns the paths of a circle, which begins with the first one in the order of names.
    fn line(&self, circle: &[&Module]) -> String {
        let mut paths: Vec<_> = circle
            .iter()
            .map(|module| &*self.files[*module].path)
            .collect();
        let first = (0..paths.len()).min_by_key(|index| paths[*index]);
        paths.rotate_left(first.unwrap_or_default());
        paths.push(paths[0]);
        paths.join(" -> ")
    }

    /// Returns the files that each file imports.
    fn edges(&self) -> BTreeMap<Module, BTreeSet<Module>> {
        let mut imports = BTreeMap::new();
        let mut names = Names::new();
        for (module, source) in &self.files {
            let mut found = Vec::new();
            collect(source.tokens.clone(), module, &mut found);
            for import in &found {
                if let Some(name) = &import.name {
                    let name = [&import.module[..], std::slice::from_ref(name)].concat();
                    names.insert(name, self.absolute(import));
                }
            }
            imports.insert(module, found);
        }
        let edges = imports.into_iter().map(|(module, imports)| {
            let paths = imports.iter().filter_map(|import| self.absolute(import));
            let files = paths.filter_map(|path| self.definition(path, &names));
            (
                module.clone(),
                files.filter(|file| file != module).collect(),
            )
        });
        edges.collect()
    }

    /// Returns the path from the root of the crate, unless it leads to another crate.
    fn absolute(&self, import: &Import) -> Option<Vec<String>> {
        let mut base = import.module.clone();
        let mut rest = &import.path[..];
        let (first, tail) = rest.split_first()?;
        match first.as_str() {
            "crate" => (base, rest) = (Module::new(), tail),
            "self" => rest = tail,
            "super" => {}
            name => {
                let child = [&base[..], &[name.to_owned()]].concat();
                self.files.get(&child)?;
            }
        }
        while let Some(("super", tail)) = rest.split_first().map(|(first, tail)| (&**first, tail)) {
            base.pop();
            rest = tail;
        }
        base.extend(rest.iter().cloned());
        Some(base)
    }

    /// Returns the file that defines an item, through re-exports; none if another crate does.
    fn definition(&self, mut path: Vec<String>, names: &Names) -> Option<Module> {
        for _ in 0..9 {
            let ends = (1..=path.len()).rev();
            let re_export = ends
                .filter(|end| !self.files.contains_key(&path[..*end]))
                .find_map(|end| Some((end, names.get(&path[..end])?)));
            let Some((end, target)) = re_export else {
                break;
            };
            path = [&target.as_ref()?[..], &path[end..]].concat();
        }
        while !self.files.contains_key(&path) && path.pop().is_some() {}
        Some(path)
    }
}

/// Returns the shortest way from a file through its imports back to it.
fn circle<'a>(
    start: &'a Module,
    edges: &'a BTreeMap<Module, BTreeSet<Module>>,
) -> Option<Vec<&'a Module>> {
    let (mut seen, mut todo) = (BTreeSet::new(), VecDeque::from([vec![start]]));
    while let Some(way) = todo.pop_front() {
        for next in edges.get(*way.last()?).into_iter().flatten() {
            if next == start {
                return Some(way);
            }
            if seen.insert(next) {
                todo.push_back([&way[..], &[next]].concat());
            }
        }
    }
    None
}

/// Collects the paths of `use` items and of expressions, except those of macros and of `quote!`.
fn collect(tokens: TokenStream, module: &Module, found: &mut Vec<Import>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut rest = &tokens[..];
    while let Some((first, tail)) = rest.split_first() {
        rest = tail;
        match (first, tail) {
            (TokenTree::Ident(word), [TokenTree::Ident(name), TokenTree::Group(body), ..])
                if word == "mod" =>
            {
                let inner = [&module[..], &[name.to_string()]].concat();
                collect(body.stream(), &inner, found);
                rest = &tail[2..];
            }
            // Shared by several crates if it is not one of this crate's files.
            (TokenTree::Ident(word), [TokenTree::Ident(name), end, ..])
                if word == "mod" && is(end, ';') =>
            {
                found.push(Import {
                    module: module.clone(),
                    path: Vec::new(),
                    name: Some(name.to_string()),
                });
                rest = &tail[2..];
            }
            (TokenTree::Ident(word), _) if word == "use" => {
                let end = tail
                    .iter()
                    .position(|token| is(token, ';'))
                    .unwrap_or(tail.len());
                tree(&tail[..end], Vec::new(), module, found);
                rest = &tail[end..];
            }
            // An exported macro is at the root of its crate; its body is expanded elsewhere.
            (TokenTree::Ident(word), [mark, TokenTree::Ident(name), TokenTree::Group(_), ..])
                if word == "macro_rules" && is(mark, '!') =>
            {
                found.push(Import {
                    module: Module::new(),
                    path: [&["crate".to_owned()], &module[..]].concat(),
                    name: Some(name.to_string()),
                });
                rest = &tail[3..];
            }
            (TokenTree::Ident(word), [mark, TokenTree::Group(_), ..])
                if is(mark, '!') && word.to_string().starts_with("quote") =>
            {
                rest = &tail[2..];
            }
            (TokenTree::Ident(_), _) => {
                let (path, after) = segments(rest, first);
                if path.len() > 1 {
                    found.push(Import {
                        module: module.clone(),
                        path,
                        name: None,
                    });
                }
                rest = after;
            }
            (TokenTree::Group(group), _) => collect(group.stream(), module, found),
            _ => {}
        }
    }
}

/// Returns the names of a path that begins with `first`, and the tokens after it.
fn segments<'a>(mut rest: &'a [TokenTree], first: &TokenTree) -> (Vec<String>, &'a [TokenTree]) {
    let mut path = vec![first.to_string()];
    while let [a, b, TokenTree::Ident(name), after @ ..] = rest
        && is(a, ':')
        && is(b, ':')
    {
        path.push(name.to_string());
        rest = after;
    }
    (path, rest)
}

/// Collects the paths of a use tree below `prefix`.
fn tree(tokens: &[TokenTree], prefix: Vec<String>, module: &Module, found: &mut Vec<Import>) {
    let branches = tokens.split(|token| is(token, ','));
    // A comma may follow the last one.
    for branch in branches.filter(|branch| !branch.is_empty()) {
        let mut path = prefix.clone();
        let mut name = None;
        let mut rest = branch;
        while let Some((first, tail)) = rest.split_first() {
            rest = tail;
            match first {
                TokenTree::Ident(word) if word == "as" => {
                    name = tail.first().map(TokenTree::to_string);
                    break;
                }
                TokenTree::Ident(word) => path.push(word.to_string()),
                TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                    let inner: Vec<_> = group.stream().into_iter().collect();
                    tree(&inner, path.clone(), module, found);
                    path.clear();
                }
                _ => {}
            }
        }
        if path.len() > 1 && path.last().is_some_and(|last| last == "self") {
            path.pop();
        }
        if !path.is_empty() {
            let is_glob = branch.last().is_some_and(|token| is(token, '*'));
            let name = name.or_else(|| path.last().filter(|_| !is_glob).cloned());
            let module = module.clone();
            found.push(Import { module, path, name });
        }
    }
}

fn is(token: &TokenTree, mark: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == mark)
}
