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
mod header;
mod licenses;
mod lower;
mod manifest;
mod model;
mod names;
mod options;
mod package;
mod pattern;
mod readme;
mod requirements;
mod snippets;
pub mod surface;

use discovery::{Document, Problems};

pub use header::HEADER_MARK;
pub use licenses::LICENSES;
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
    // Examples repeat what is described.
    let mut package = Package::new(&api, options, warnings);
    let quickstart = snippets::write(&mut api)
        .and_then(|()| guide::write(&mut api))
        .map_err(|error| package::defect("documentation", &error))?;
    let header = header::comment(&api.package, "// ");
    let root_header = header::root_comment(&api.package, "// ");
    package.add(manifest::FILE, manifest::cargo_toml(&api, options));
    let origin = header::line(&api.package);
    package.add(Surface::FILE, package.surface.to_json(&origin));
    let readme = readme::readme(&api, quickstart.as_deref(), options);
    package.add(readme::FILE, readme);
    for (path, text) in LICENSES {
        package.add(path, text.to_owned());
    }
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

/// Returns the description of a document's client, as [`generate`] does beside the code, and the warnings.
///
/// # Errors
///
/// If the document is wrong: all problems, each with its place.
pub fn describe(document: &Document, options: &Options) -> Result<(Surface, Problems), Problems> {
    let (api, warnings) = lower::lower(document, options)?;
    Ok((Surface::new(&api, options), warnings))
}
