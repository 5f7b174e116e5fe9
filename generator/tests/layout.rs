//! The files of all packages look as prettyplease prints them.

#[path = "hostile/layout.rs"]
mod check;
mod support;

use discovery::Document;
use generator::Options;

#[test]
fn of_every_document() {
    for (name, text) in support::texts() {
        let parsed =
            Document::parse(&text, None).unwrap_or_else(|problems| panic!("{name}: {problems}"));
        let package = generator::generate(&parsed.document, &Options::default());
        let package = package.unwrap_or_else(|problems| panic!("{name}: {problems}"));
        for (path, text) in package
            .files
            .iter()
            .filter(|(path, _)| path.ends_with(".rs"))
        {
            let file =
                syn::parse_file(text).unwrap_or_else(|error| panic!("{name}: {path}: {error}"));
            if let Err(fault) = check::check(text, &file) {
                panic!("{name}: {path}: {fault}");
            }
        }
    }
}
