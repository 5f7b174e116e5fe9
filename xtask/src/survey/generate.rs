//! Generates one package of a survey.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::panic::{self, AssertUnwindSafe};

use discovery::Document;
use generator::{Options, Package};

use crate::documents::{DocumentFiles, DocumentPaths};
use crate::message::{Message, shown};

/// The result for one document.
#[derive(Debug)]
pub(super) struct Finding {
    pub(super) paths: DocumentPaths,
    /// Its package; none if it has errors.
    pub(super) generated: Option<Generated>,
    pub(super) messages: Vec<Message>,
}

/// Facts of a package: all packages together would not fit into memory.
#[derive(Debug, Default)]
pub(super) struct Generated {
    pub(super) name: String,
    /// The name, the version, the title and the revision of the API.
    pub(super) api: String,
    pub(super) version: String,
    pub(super) title: String,
    pub(super) revision: String,
    pub(super) methods: usize,
    pub(super) types: usize,
    /// The size of its files.
    pub(super) bytes: usize,
    /// The lines of its Rust files.
    pub(super) lines: usize,
    /// A hash of the document.
    pub(super) document: u64,
    /// A hash of its files.
    pub(super) hash: u64,
}

impl Finding {
    pub(super) fn new(paths: &DocumentPaths) -> Self {
        let result = catching_panics(paths, || {
            let files = paths.read().map_err(|error| vec![error])?;
            let parsed = files.parse()?;
            let (package, warnings) = parsed.generate(&Options::default())?;
            let generated = Generated::new(parsed.document(), &files, &package);
            Ok((Some(generated), warnings))
        });
        let (generated, messages) = result.unwrap_or_else(|errors| (None, errors));
        Self {
            paths: paths.clone(),
            generated,
            messages,
        }
    }
}

impl Generated {
    fn new(document: &Document, files: &DocumentFiles, package: &Package) -> Self {
        let overlay = files.overlay.as_ref().map(|overlay| &overlay.text);
        let is_rust = |(path, _): &(&String, &String)| path.ends_with(".rs");
        let sources = package.files.iter().filter(is_rust);
        let lines = |text: &str| text.bytes().filter(|byte| *byte == b'\n').count();
        Self {
            name: package.name.clone(),
            api: document.name.clone(),
            version: document.version.clone(),
            title: document.title.clone(),
            revision: document.revision.clone(),
            methods: package.methods,
            types: package.types,
            bytes: package.files.values().map(String::len).sum(),
            lines: sources.map(|(_, text)| lines(text)).sum(),
            document: hash(&(&files.document.text, overlay)),
            hash: hash(&package.files),
        }
    }
}

/// Returns the package of a document, or its errors.
pub(super) fn package(paths: &DocumentPaths, options: &Options) -> Result<Package, Vec<Message>> {
    catching_panics(paths, || {
        let files = paths.read().map_err(|error| vec![error])?;
        Ok(files.parse()?.generate(options)?.0)
    })
}

/// Returns the result for a document. A panic is an error of one document, so that the survey continues.
fn catching_panics<T>(
    paths: &DocumentPaths,
    attempt: impl FnOnce() -> Result<T, Vec<Message>>,
) -> Result<T, Vec<Message>> {
    panic::catch_unwind(AssertUnwindSafe(attempt)).unwrap_or_else(|panic| {
        let text = panic
            .downcast_ref::<String>()
            .map(String::as_str)
            .or_else(|| panic.downcast_ref::<&str>().copied());
        let text = format!("the generator panicked: {}", text.unwrap_or("no message"));
        Err(vec![Message::error(text).place(shown(&paths.document))])
    })
}

/// Returns a hash that is the same in every run of one build.
fn hash(value: &impl Hash) -> u64 {
    let mut hash = DefaultHasher::new();
    value.hash(&mut hash);
    hash.finish()
}
