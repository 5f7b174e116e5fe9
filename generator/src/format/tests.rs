//! The form of a formatted file, and the error for emitted code that does not parse.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::quote;

use super::source;

fn text(tokens: TokenStream) -> String {
    source("", tokens).expect("tokens are a file")
}

#[test]
fn header_docs_and_attributes_are_paragraphs() {
    let tokens = quote! {
        #![doc = " A client."]
        #![doc = ""]
        #![doc = " More of it."]
        #![allow(deprecated)]
        use a::B;
    };
    let text = source("// Generated from x.\n// Do not edit.\n", tokens).expect("a file");
    assert_eq!(
        text,
        "\
// Generated from x.
// Do not edit.

//! A client.
//!
//! More of it.

#![allow(deprecated)]

use a::B;
"
    );
}

#[test]
fn imports_modules_and_re_exports_stand_together() {
    let tokens = quote! {
        use a::B;
        use c::D;
        pub use e::F;
        pub use g::H;
        mod i;
        pub mod j;
        #[doc = " Documented."]
        pub mod k;
        const L: u8 = 1;
        const M: u8 = 2;
    };
    assert_eq!(
        text(tokens),
        "\
use a::B;
use c::D;

pub use e::F;
pub use g::H;

mod i;
pub mod j;

/// Documented.
pub mod k;

const L: u8 = 1;
const M: u8 = 2;
"
    );
}

#[test]
fn methods_and_nested_items_are_spaced_but_fields_are_not() {
    let tokens = quote! {
        mod a {
            #![doc = " Inner."]
            pub struct B {
                #[doc = " One."]
                pub c: u8,
                #[doc = " Two."]
                pub d: u8,
            }
            impl B {
                const E: u8 = 1;
                fn f(&self) {}
                #[doc = " Three."]
                fn g(&self) {}
            }
            trait H {
                type I;
                fn j();
                fn k();
            }
        }
    };
    assert_eq!(
        text(tokens),
        "\
mod a {
    //! Inner.

    pub struct B {
        /// One.
        pub c: u8,
        /// Two.
        pub d: u8,
    }

    impl B {
        const E: u8 = 1;

        fn f(&self) {}

        /// Three.
        fn g(&self) {}
    }

    trait H {
        type I;

        fn j();

        fn k();
    }
}
"
    );
}

#[test]
fn an_empty_file_is_its_header() {
    assert_eq!(
        source("// Nothing.", TokenStream::new()).expect("a file"),
        "// Nothing.\n"
    );
    assert_eq!(text(TokenStream::new()), "");
}

#[test]
fn a_mistake_shows_the_member_it_is_in() {
    let error = source(
        "",
        quote! {
            struct A;
            mod b {
                impl C {
                    fn fine() {}
                    fn wrong() { let = 3; }
                }
            }
        },
    )
    .expect_err("no file")
    .to_string();
    assert!(
        error.starts_with("the generator emitted code that does not parse: expected"),
        "{error}"
    );
    assert!(
        error.ends_with("in\n    fn wrong () { let = 3 ; }"),
        "{error}"
    );
}

#[test]
fn a_mistake_in_a_long_function_shows_its_beginning() {
    let statements = (0..200).map(|_| quote! { let = 3; });
    let error = source("", quote! { fn a() { #(#statements)* } })
        .expect_err("no file")
        .to_string();
    assert!(error.contains("in\n    fn a () { let = 3 ; let"), "{error}");
    assert!(error.ends_with('…') && error.len() < 700, "{error}");
}

#[test]
fn signs_of_several_characters_stay_whole() {
    let tokens = quote! {
        fn a(b: u8) -> bool {
            b <= 3 || matches!(b >> 1, 0..=9) && c::<Vec<Vec<u8>>>(b << 1) >= 'x'
        }
    };
    assert_eq!(
        text(tokens),
        "\
fn a(b: u8) -> bool {
    b <= 3 || matches!(b >> 1, 0..= 9) && c::<Vec<Vec<u8>>>(b << 1) >= 'x'
}
"
    );
}

#[test]
fn tokens_that_are_not_rust_are_refused() {
    for (text, context) in [
        ("use a b c;", "use a b c ;"),
        ("struct A B;", "struct A B ;"),
        ("enum A{B C D}", "enum A { B C D }"),
        ("pub pub struct A{b: c d}", "pub pub struct A { b : c d }"),
        ("impl A B{fn c(d){}}", "fn c (d) { }"),
        ("struct A{b c, d: u8}", "struct A { b c , d : u8 }"),
        ("struct A; mod b{const C: u8 D;}", "const C : u8 D ;"),
        ("fn a() -> B C { d e }", "fn a () -> B C { d e }"),
        (
            "const A: B = {c;} struct D;",
            "const A : B = { c ; } struct D ;",
        ),
    ] {
        let tokens = text.parse().expect("brackets match");
        let error = source("", tokens).expect_err(text).to_string();
        let (cause, shown) = error.split_once(", in\n    ").expect("a context");
        assert!(
            cause.starts_with("the generator emitted code that does not parse: expected"),
            "{text}: {error}"
        );
        assert_eq!(shown, context, "{text}");
    }
}

#[test]
fn inner_attributes_behind_items_are_refused() {
    let error = source("", quote! { struct A; #![allow(b)] struct C; }).expect_err("no file");
    assert_eq!(
        error.to_string(),
        "the generator emitted code that does not parse: an inner attribute behind items, in\n    allow"
    );
}

#[test]
fn documentation_stands_where_prettyplease_would_print_it() {
    let tokens = quote! {
        #![doc = " A file."]
        #[doc = " A module."]
        mod a {
            #![doc = " The module itself."]
            #[cfg(b)]
            #[doc = ""]
            #[doc = " An enum.  "]
            enum C {
                #[doc = " A variant."]
                D {
                    #[doc = "   Indented `///`"]
                    e: u8,
                },
            }
            impl C {
                #[doc = " A method."]
                #[inline]
                fn f(&self) {}
            }
        }
    };
    let file = syn::parse2(tokens.clone()).expect("a file");
    let expected = prettyplease::unparse(&file);
    let lines = |text: &str| -> Vec<_> {
        let lines = text.lines().filter(|line| !line.is_empty());
        lines.map(str::to_owned).collect()
    };
    assert_eq!(lines(&text(tokens)), lines(&expected));
}

#[test]
fn documentation_of_several_lines_is_indented_as_one_comment() {
    let tokens = quote! {
        mod a {
            #[doc = " One.\n\n   ///\n #[doc = \"two\"]"]
            struct B;
        }
    };
    assert_eq!(
        text(tokens),
        "\
mod a {
    /// One.
    ///
    ///   ///
    /// #[doc = \"two\"]
    struct B;
}
"
    );
}

#[test]
fn documentation_that_would_not_be_a_comment_is_refused() {
    for (doc, shown) in [(" a\n/ b", "/ b"), (" a\rb", " a\rb")] {
        let error = source("", quote! { #[doc = #doc] struct A; }).expect_err(doc);
        let expected = format!("text that cannot be a comment, in\n    {shown}");
        assert!(error.to_string().ends_with(&expected), "{error}");
    }
    let error = source("", quote! { fn a() { b[doc = " c"] } }).expect_err("not an attribute");
    assert!(
        error.to_string().contains("is not that of an item"),
        "{error}"
    );
}

#[test]
fn a_function_without_a_body_is_an_error_and_no_panic() {
    let error = source("", quote! { struct A; mod b { fn c(); } }).expect_err("no file");
    assert_eq!(
        error.to_string(),
        "the generator emitted code that does not parse: an item that is not stable Rust, in\n    fn c () ;"
    );
}

#[test]
fn the_input_of_a_macro_in_braces_has_a_line_for_each_element() {
    let invisible = TokenTree::from(Group::new(Delimiter::None, quote!(K)));
    let tokens = quote! {
        mod a {
            #[doc = " Not a message."]
            struct B;
            #[cfg(c)]
            d::message! { E {
                f = "f" set_f([g::H]),
                #[deprecated] r#type = "type" set_type({Vec<Option<I>>}),
                j = "j" set_j(Box #invisible),
            } }
            d::message! { L {} }
        }
    };
    assert_eq!(
        text(tokens),
        "\
mod a {
    /// Not a message.
    struct B;

    #[cfg(c)]
    d::message! {
        E {
            f = \"f\" set_f([g::H]),
            #[deprecated] r#type = \"type\" set_type({Vec<Option<I>>}),
            j = \"j\" set_j(Box K),
        }
    }

    d::message! {
        L {}
    }
}
"
    );
}
