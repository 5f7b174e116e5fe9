//! The description of a client.

mod support;

use std::collections::BTreeSet;

use generator::surface::{Method, Surface};
use generator::{Options, Package};

fn packages() -> impl Iterator<Item = (String, Package)> {
    let cases = support::names().into_iter().map(|name| {
        let document = support::document(&name);
        (name, document)
    });
    let published = support::PUBLISHED.map(|path| (path.to_owned(), support::published(path)));
    cases.chain(published).map(|(name, document)| {
        let package = generator::generate(&document, &Options::default());
        let package = package.unwrap_or_else(|problems| panic!("{name}: {problems}"));
        (name, package)
    })
}

#[test]
fn a_description_reads_back() {
    for (name, package) in packages() {
        let text = &package.files[Surface::FILE];
        assert_eq!(Surface::parse(text).unwrap(), package.surface, "{name}");
        assert!(
            text.lines()
                .nth(1)
                .unwrap()
                .contains(generator::HEADER_MARK)
        );
    }
}

#[test]
fn items_have_lines_of_their_own() {
    let document = support::document("media");
    let package = generator::generate(&document, &Options::default()).unwrap();
    insta::assert_snapshot!(package.files[Surface::FILE]);
}

/// Every type that is named is there, or belongs to the language or to the runtime.
#[test]
fn a_description_is_closed() {
    for (name, package) in packages() {
        let surface = &package.surface;
        let known: BTreeSet<_> = surface.types.keys().map(String::as_str).collect();
        let of_types = surface.types.values().flat_map(|ty| {
            let fields = ty.fields.values().map(|field| &field.ty);
            fields.chain(&ty.target)
        });
        let of_methods = surface.methods.values().flat_map(named);
        for ty in of_types.chain(of_methods) {
            let words = ty
                .split(['<', '>', ',', ' '])
                .filter(|word| word.contains("::"));
            for word in words.filter(|word| !word.starts_with("runtime::")) {
                assert!(known.contains(word), "{name}: {word}");
            }
        }
    }
}

fn named(method: &Method) -> impl Iterator<Item = &String> {
    let arguments = method.arguments.iter().map(|argument| &argument.ty);
    let parameters = method.parameters.values().map(|parameter| &parameter.ty);
    let body = method.body.iter().map(|body| &body.ty);
    let items = method.pages.iter().flat_map(|pages| &pages.items);
    let operation = method.long_running.iter();
    arguments
        .chain(parameters)
        .chain(body)
        .chain(&method.response)
        .chain(items.map(|items| &items.ty))
        .chain(operation.flat_map(|operation| [&operation.response, &operation.metadata]))
}

/// A method that acts on a name takes no other argument, whatever its message gains.
#[test]
fn the_first_field_of_a_message_changes_no_call() {
    let document = support::document("optional_messages");
    let package = generator::generate(&document, &Options::default()).unwrap();
    let methods = &package.surface.methods;
    let [empty, grown] = ["things.cancel", "things.destroy"].map(|name| &methods[name]);
    assert_eq!(empty.arguments, grown.arguments);
    assert_eq!(empty.body, None);
    assert!(grown.body.as_ref().is_some_and(|body| body.optional));
    // A message that is the resource itself says what to do.
    let whole = methods["things.replace"].body.as_ref();
    assert!(whole.is_some_and(|body| !body.optional));
}
