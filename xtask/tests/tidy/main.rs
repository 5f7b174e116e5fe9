//! Rules of this repository that a machine can check.

mod circles;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{TokenStream, TokenTree};

/// The maximum length of a source file without its tests, and of a file of tests.
const LONGEST: usize = 400;
const LONGEST_TESTS: usize = 800;

#[test]
fn every_file_begins_with_its_purpose() {
    check(|file| {
        let first = file.text.lines().next().unwrap_or_default();
        (!first.starts_with("//! ")).then(|| "does not begin with a `//! ` line".to_owned())
    });
}

#[test]
fn files_are_short() {
    check(|file| {
        let (lines, longest) = if file.is_test() {
            (file.text.lines().count(), LONGEST_TESTS)
        } else {
            (file.code().lines().count(), LONGEST)
        };
        (lines > longest).then(|| format!("has {lines} lines; {longest} are enough for one notion"))
    });
}

/// Each part of the generator keeps its tools to itself, so that data flows one way.
#[test]
fn the_generator_flows_one_way() {
    let rules = [
        ("discovery", &["docs", "lower", "lib", "package"][..]),
        ("quote", &["emit", "format"]),
        ("proc_macro2", &["emit", "format"]),
        ("prettyplease", &["format"]),
        ("heck", &["names"]),
    ];
    check(|file| {
        let part = file.part("generator")?;
        let strange = |(name, parts): &&(&str, &[&str])| {
            !parts.contains(&part) && file.first_of(&[name]).is_some()
        };
        let (name, parts) = rules.iter().find(strange)?;
        Some(format!(
            "uses `{name}`, which is for {} only",
            parts.join(", ")
        ))
    });
}

#[test]
fn emission_prints_names_as_they_are() {
    check(|file| {
        let emits = file.part("generator")? == "emit";
        let cases = ["snake", "camel", "constant", "kebab"];
        let name = emits.then(|| file.first_of(&cases))??;
        Some(format!("calls `{name}`: a name is decided before emission"))
    });
}

#[test]
fn only_identifiers_of_the_compiler_count() {
    let text =
        "//! heck\nuse a::b; /* heck */ fn c() { d(\"heck\"); quote! { heck #e }; quote(f) }";
    let file = File {
        path: "generator/src/emit.rs".to_owned(),
        text: text.to_owned(),
    };
    assert_eq!(file.first_of(&["heck"]), None);
    assert_eq!(file.first_of(&["x", "f", "a"]), Some("f"));
    assert_eq!(file.part("generator"), Some("emit"));
    assert_eq!(file.part("discovery"), None);
}

#[test]
fn emission_cannot_fail() {
    check(|file| {
        let emits = file.part("generator")? == "emit";
        emits.then(|| file.first_of(&["Result"]))??;
        Some("has a `Result`: fallible work belongs before emission".to_owned())
    });
}

/// A document is untrusted input, and must not cause a panic.
#[test]
fn documents_cannot_make_us_panic() {
    check(|file| {
        file.part("discovery").or_else(|| file.part("generator"))?;
        let name = file.first_of(&["unwrap", "panic", "assert", "todo", "unimplemented"])?;
        Some(format!(
            "has `{name}`: an error of a document is a `Problem`"
        ))
    });
}

#[test]
fn the_same_document_gives_the_same_bytes_everywhere() {
    let outside = [
        "fs",
        "net",
        "var",
        "SystemTime",
        "Instant",
        "HashMap",
        "HashSet",
    ];
    check(|file| {
        file.part("discovery").or_else(|| file.part("generator"))?;
        let name = file.first_of(&outside)?;
        Some(format!(
            "uses `{name}`: the document alone determines the package"
        ))
    });
}

#[test]
fn no_file_knows_the_machine_it_was_written_on() {
    let root = root();
    let homes = [
        concat!("/ho", "me/"),
        concat!("/Us", "ers/"),
        concat!("/ro", "ot/"),
        concat!("C:\\Us", "ers"),
    ];
    // A checkout in `/src` would find itself everywhere.
    let here = (root.components().count() > 2).then(|| root.display().to_string());
    let mut problems = Vec::new();
    for path in files(&root, &|_| true) {
        let Ok(text) = fs::read_to_string(&path) else {
            continue;
        };
        let found = homes
            .iter()
            .copied()
            .chain(here.as_deref())
            .find(|home| text.contains(home));
        problems.extend(
            found.map(|found| format!("{} names a folder of one machine: {found}", path.display())),
        );
    }
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

#[test]
fn ci_formats_every_hand_written_package() {
    let read = |path: &str| fs::read_to_string(root().join(path)).unwrap();
    let ci = read(".ci/run");
    let manifest = read("Cargo.toml");
    let members = manifest
        .lines()
        .find_map(|line| line.strip_prefix("members = "));
    let members = members.unwrap().split('"').skip(1).step_by(2);
    for member in members.filter(|member| !member.starts_with("generated/")) {
        let manifest = read(&format!("{member}/Cargo.toml"));
        let name = manifest
            .lines()
            .find_map(|line| line.strip_prefix("name = "));
        let name = name.unwrap().trim_matches('"');
        assert!(
            ci.contains(&format!("--package {name}")),
            ".ci/run does not format {name}"
        );
    }
}

/// A package takes from the workspace only what cargo packs into it.
#[test]
fn published_packages_are_complete() {
    let read = |path: &Path| fs::read_to_string(path).unwrap_or_default();
    let licenses = ["LICENSE-APACHE", "LICENSE-MIT"];
    let keys = ["description", "repository", "documentation", "readme"];
    let more_keys = ["keywords", "categories", "include", "license"];
    let mut packages = 0;
    for path in files(&root(), &|name| name == "Cargo.toml") {
        let (manifest, folder) = (read(&path), path.parent().unwrap());
        if !manifest.contains("[package]") || manifest.contains("\npublish = false") {
            continue;
        }
        packages += 1;
        let shown = path.display();
        for key in keys.iter().chain(&more_keys) {
            let has = |line: &str| {
                line.starts_with(&format!("{key} = ")) || line.starts_with(&format!("{key}."))
            };
            assert!(manifest.lines().any(has), "{shown} lacks `{key}`");
        }
        for license in licenses {
            let text = read(&folder.join(license));
            assert_eq!(
                text,
                read(&root().join(license)),
                "{license} beside {shown}"
            );
        }
        assert!(
            folder.join("README.md").is_file(),
            "{shown} has no README.md"
        );
    }
    assert!(
        packages > 1,
        "the packages are not where this test looks for them"
    );
}

/// A source file written by hand.
struct File {
    /// Relative to the workspace, with `/`.
    path: String,
    text: String,
}

impl File {
    fn is_test(&self) -> bool {
        let stem = self.path.trim_end_matches(".rs");
        self.path.contains("/tests/") || stem.ends_with("tests") || self.path.contains("/benches/")
    }

    /// Returns the text before the tests at its end.
    fn code(&self) -> &str {
        self.text
            .split("\n#[cfg(test)]\nmod ")
            .next()
            .unwrap_or_default()
    }

    /// Returns the top-level module of `package` that this file belongs to; none for tests.
    fn part(&self, package: &str) -> Option<&str> {
        let path = self.path.strip_prefix(package)?.strip_prefix("/src/")?;
        let part = path.split('/').next()?.trim_end_matches(".rs");
        (!self.is_test()).then_some(part)
    }

    /// Returns the first of `names` that is an identifier of the code. Text in `quote!`,
    /// documentation and strings does not count.
    fn first_of<'a>(&self, names: &[&'a str]) -> Option<&'a str> {
        let mut found = BTreeSet::new();
        let tokens = self.code().parse();
        collect(
            tokens.unwrap_or_else(|error| panic!("{}: {error}", self.path)),
            &mut found,
        );
        names.iter().copied().find(|name| found.contains(*name))
    }
}

fn collect(tokens: TokenStream, names: &mut BTreeSet<String>) {
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Group(group) => collect(group.stream(), names),
            TokenTree::Ident(name) => {
                let is_macro =
                    matches!(tokens.peek(), Some(TokenTree::Punct(mark)) if mark.as_char() == '!');
                if is_macro && name.to_string().starts_with("quote") {
                    tokens.nth(1); // The mark and what is quoted.
                }
                names.insert(name.to_string());
            }
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}

/// Fails with every file that breaks `rule`.
fn check(rule: impl Fn(&File) -> Option<String>) {
    let files = sources();
    let problem = |file: &File| Some(format!("{} {}", file.path, rule(file)?));
    let problems: Vec<_> = files.iter().filter_map(problem).collect();
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

/// Returns the source files written by hand.
fn sources() -> Vec<File> {
    let root = root();
    let mut sources = Vec::new();
    for path in files(&root, &|name| name.ends_with(".rs")) {
        let relative = path.strip_prefix(&root).unwrap().display().to_string();
        let relative = relative.replace('\\', "/");
        if !relative.starts_with("generated/") {
            let text = fs::read_to_string(&path).unwrap();
            let path = relative;
            sources.push(File { path, text });
        }
    }
    assert!(
        sources.len() > 20,
        "the sources are not where this test looks for them"
    );
    sources
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .to_owned()
}

/// Returns the files of the repository with a name that `wanted` accepts, without build output and
/// history.
fn files(root: &Path, wanted: &dyn Fn(&str) -> bool) -> Vec<PathBuf> {
    let (mut files, mut folders) = (Vec::new(), vec![root.to_owned()]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            let name = entry.file_name().to_string_lossy().into_owned();
            let kind = entry.file_type().unwrap();
            if kind.is_dir() && !matches!(name.as_str(), ".git" | "target") {
                folders.push(entry.path());
            } else if kind.is_file() && wanted(&name) {
                files.push(entry.path());
            }
        }
    }
    files.sort();
    files
}
