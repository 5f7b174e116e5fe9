//! Generates a Rust client crate from a Google API Discovery document.
//!
//! ```text
//! Document --lower--> model --emit--> tokens --format--> Package
//! ```
//!
//! A pure function without access to files, network or clock: the same document gives the same bytes.

#![warn(missing_docs)]

mod docs;
mod emit;
mod format;
mod guide;
mod lower;
mod manifest;
mod model;
mod names;
mod options;
mod package;
mod pattern;
mod requirements;
mod snippets;
pub mod surface;

use discovery::{Document, Problems};

pub use manifest::HEADER_MARK;
pub use options::{Options, Runtime};
pub use package::Package;
pub use surface::Surface;

/// Generates the client of a document.
///
/// # Errors
///
/// If the document is wrong: all problems, each with its place. Warnings come with the package.
pub fn generate(document: &Document, options: &Options) -> Result<Package, Problems> {
    let (mut api, warnings) = lower::lower(document, options)?;
    let quickstart = snippets::write(&mut api)
        .and_then(|()| guide::write(&mut api))
        .map_err(|error| package::defect("documentation", &error))?;
    let header = manifest::header(&api.package, "// ");
    let root_header = manifest::root_header(&api.package, "// ");
    let mut package = Package::new(&api, warnings);
    package.add(manifest::FILE, manifest::cargo_toml(&api, options));
    let header_line = manifest::header_line(&api.package);
    package.add(Surface::FILE, package.surface.to_json(&header_line));
    package.add("README.md", manifest::readme(&api, quickstart.as_deref()));
    for file in emit::files(&api) {
        let header = match file.path.as_str() {
            emit::ROOT => &root_header,
            _ => &header,
        };
        let text = format::source(header, file.tokens.into())
            .map_err(|error| package::defect(&file.path, &error))?;
        package.add(&file.path, text);
    }
    Ok(package)
}

/// Describes the client of a document without printing its code. The hashes of documentation leave out
/// examples, so the result is only comparable with others of this function.
///
/// # Errors
///
/// If the document is wrong: all problems, each with its place.
pub fn describe(document: &Document, options: &Options) -> Result<Surface, Problems> {
    let (api, _) = lower::lower(document, options)?;
    Ok(Surface::new(&api))
}
