//! The rules of <https://doc.rust-lang.org/cargo/reference/semver.html>, one by one.

use insta::assert_snapshot;

use crate::{MANIFEST, compare, package, told};
use xtask::diff::{self, Class};

#[track_caller]
fn check(class: Class, old: &str, new: &str) {
    let outcome = compare(old, new);
    assert_eq!(outcome.class(), class, "{old} -> {new}: {}", told(&outcome));
}

#[test]
fn what_is_taken_away_or_is_another_breaks() {
    for (old, new) in [
        ("pub struct A;", ""),
        ("pub struct A;", "struct A;"),
        ("pub struct A;", "pub enum A {}"),
        ("pub struct A;", "pub type A = String;"),
        ("pub struct A;", "pub struct A<T>(T);"),
        ("pub mod a { pub struct A; }", "mod a { pub struct A; }"),
        ("pub type A = String;", "pub type A = i32;"),
        ("pub const A: &str = \"\";", "pub const A: &[u8] = b\"\";"),
        (
            "pub struct A { pub a: String }",
            "pub struct A { pub a: Option<String> }",
        ),
        ("pub struct A(pub String);", "pub struct A(pub i32);"),
        ("pub enum A { B }", "pub enum A { B(String) }"),
        (
            "#[non_exhaustive] pub enum A { B }",
            "#[non_exhaustive] pub enum A {}",
        ),
        ("#[derive(Clone)] pub struct A;", "pub struct A;"),
        (
            "pub struct A; impl From<u8> for A {}",
            "pub struct A; impl From<u16> for A {}",
        ),
        ("pub use a::B;", "pub use a::C as B;"),
        ("pub fn a() {}", "pub fn a(a: u8) {}"),
        ("pub trait A {}", "pub trait A: Clone {}"),
    ] {
        check(Class::Breaking, old, new);
    }
}

#[test]
fn what_is_added_does_not_break() {
    for (old, new) in [
        ("", "pub struct A;"),
        ("", "pub mod a { pub struct A; }"),
        ("", "pub use a::B;"),
        ("pub struct A;", "#[derive(Clone)] pub struct A;"),
        ("pub struct A;", "pub struct A; impl A { pub fn a() {} }"),
        (
            "#[non_exhaustive] pub struct A {}",
            "#[non_exhaustive] pub struct A { pub a: u8 }",
        ),
        (
            "pub struct A { b: u8 }",
            "pub struct A { b: u8, pub a: u8 }",
        ),
        (
            "#[non_exhaustive] pub enum A {}",
            "#[non_exhaustive] pub enum A { B }",
        ),
        ("pub struct A;", "#[deprecated] pub struct A;"),
        ("#[deprecated] pub struct A;", "pub struct A;"),
    ] {
        check(Class::Additive, old, new);
    }
}

#[test]
fn whoever_names_all_fields_or_variants_relies_on_there_being_no_other() {
    let rules = [
        (
            Class::Breaking,
            "pub struct A {}",
            "pub struct A { pub a: u8 }",
        ),
        (Class::Breaking, "pub struct A {}", "pub struct A { a: u8 }"),
        (
            Class::Breaking,
            "pub struct A {}",
            "#[non_exhaustive] pub struct A {}",
        ),
        (
            Class::Additive,
            "#[non_exhaustive] pub struct A {}",
            "pub struct A {}",
        ),
        (Class::Breaking, "pub enum A {}", "pub enum A { B }"),
        (
            Class::Breaking,
            "pub enum A {}",
            "#[non_exhaustive] pub enum A {}",
        ),
        (
            Class::Additive,
            "#[non_exhaustive] pub enum A {}",
            "pub enum A {}",
        ),
    ];
    for (class, old, new) in rules {
        check(class, old, new);
    }
}

#[test]
fn functions_may_take_more_but_not_other_arguments() {
    let function = |text: &str| format!("pub struct A; impl A {{ pub {text} {{}} }}");
    for (class, old, new) in [
        (Class::Breaking, "fn a()", "fn a(a: u8)"),
        (Class::Breaking, "fn a(a: u8)", "fn a()"),
        (Class::Breaking, "fn a(a: u8)", "fn a(a: u16)"),
        (Class::Breaking, "fn a(&self)", "fn a(self)"),
        (Class::Breaking, "fn a()", "async fn a()"),
        (Class::Breaking, "fn a()", "fn a() -> u8"),
        (Class::Breaking, "fn a<T>(a: T)", "fn a<T: Clone>(a: T)"),
        (
            Class::Breaking,
            "fn a(a: impl Into<String>)",
            "fn a(a: String)",
        ),
        (
            Class::Additive,
            "fn a(a: String)",
            "fn a(a: impl Into<String>)",
        ),
        (Class::Documentation, "fn a(a: u8)", "fn a(b: u8)"),
        (Class::Same, "fn a(a: u8)", "fn a(mut a: u8)"),
    ] {
        check(class, &function(old), &function(new));
    }
}

#[test]
fn what_nobody_can_use_does_not_count() {
    for (old, new) in [
        ("", "struct A;"),
        ("", "pub(crate) fn a() {}"),
        ("", "mod a { pub struct A; }"),
        ("struct A;", "struct A; impl A { pub fn a() {} }"),
        ("pub struct A { a: u8 }", "pub struct A { b: u16 }"),
        (
            "pub struct A; impl A { pub fn a() {} }",
            "pub struct A; impl A { pub fn a() { panic!() } }",
        ),
    ] {
        check(Class::Same, old, new);
    }
}

#[test]
fn a_type_is_the_same_however_it_is_written() {
    let modules = "pub mod m { pub struct B; }";
    let old = "pub struct A { pub b: crate::m::B, pub c: discovery_runtime::Any }";
    let new = "pub use discovery_runtime as runtime; use m as n; use m::B;\
               pub struct A { pub b: B, pub c: runtime::Any }";
    let export = "pub use discovery_runtime as runtime;";
    check(
        Class::Same,
        &[modules, export, old].concat(),
        &[modules, new].concat(),
    );
    let inner = |text: &str| format!("pub mod a {{ pub mod b {{ {text} }} pub struct C; }}");
    let old = inner("pub struct A { pub c: super::C }");
    let new = inner("use crate::a; pub struct A { pub c: a::C }");
    check(Class::Same, &old, &new);
}

#[test]
fn documentation_is_no_matter_to_the_compiler() {
    check(
        Class::Documentation,
        "/// A.\npub struct A;",
        "/// B.\npub struct A;",
    );
    check(Class::Documentation, "//! A.", "//! B.");
}

#[test]
fn a_feature_that_gave_an_item_goes_on_to_give_it() {
    let item = |gate: &str| format!("{gate} pub struct A;");
    let (a, b) = ("#[cfg(feature = \"a\")]", "#[cfg(feature = \"b\")]");
    let both = "#[cfg(any(feature = \"a\", feature = \"b\"))]";
    for (class, old, new) in [
        (Class::Breaking, "", a),
        (Class::Breaking, a, b),
        (Class::Same, a, both),
        (Class::Same, a, ""),
        // The feature is gone: that is told of the feature.
        (Class::Same, both, a),
    ] {
        check(class, &item(old), &item(new));
    }
}

#[test]
fn manifests_have_an_api_too() {
    let compare = |from: &str, to: &str| {
        let new = MANIFEST.replace(from, to);
        assert_ne!(new, MANIFEST, "{from}");
        told(&diff::between(package(MANIFEST, ""), package(&new, "")).unwrap())
    };
    let changes = [
        compare("google-tiny-v1", "google-little-v1"),
        compare("a = []", "a = []\nb = []"),
        compare("default = [\"a\"]\na = []", "default = []"),
        compare("default = [\"a\"]", "default = []"),
        compare(
            "runtime\", version = \"0.1.0\"",
            "runtime\", version = \"0.1.9\"",
        ),
        compare(
            "runtime\", version = \"0.1.0\"",
            "runtime\", version = \"0.2.0\"",
        ),
        compare("rust-version = \"1.91\"", "rust-version = \"1.95\""),
        compare("20250101", "20250202"),
        compare("[dependencies]", "[dependencies]\nserde = \"1\""),
    ];
    assert_snapshot!(changes.join("\n"));
}
