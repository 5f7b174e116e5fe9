//! What the differences of a client are called.

use insta::assert_snapshot;

use crate::{compare, told};

/// A client with a resource, two methods and what they need.
const CLIENT: &str = r#"
pub mod scopes { pub const TINY: &str = "https://example.com/tiny"; }
static SERVICE: runtime::Service =
    runtime::Service::new("tiny", "v1", "https://tiny.googleapis.com/")
        .with_service_path("tiny/").with_scopes(&["https://example.com/tiny"]);
pub struct Tiny { client: () }
impl Tiny { pub fn things(&self) -> things::Resource { panic!() } }
pub mod things {
    use crate::schemas;
    pub struct Resource { client: () }
    impl Resource {
        /// Gets.
        ///
        /// Requires one of these OAuth 2.0 scopes: `https://example.com/tiny`,
        /// `https://example.com/all`.
        pub fn get(&self, name: impl Into<String>) -> Get {
            static METHOD: runtime::Method =
                runtime::Method::new("tiny.things.get", runtime::Verb::Get, "v1/{+name}")
                    .upload(runtime::UploadPath::new("/upload/v1/{+name}").multipart(true));
            static NAME_PATTERN: runtime::Pattern = runtime::Pattern::new("^things/[^/]+$");
            panic!()
        }
        pub fn list(&self) -> List { panic!() }
    }
    pub struct Get { request: () }
    impl Get {
        pub fn view(mut self, value: impl Into<String>) -> Self { self }
        pub async fn send(self) -> Result<schemas::Thing> { panic!() }
    }
    runtime::request_builder!(Get);
    pub struct List { request: () }
    impl List { pub async fn send(self) -> Result<()> { panic!() } }
    runtime::request_builder!(List);
}
pub mod schemas {
    #[non_exhaustive]
    pub struct Thing {
        #[serde(rename = "name")]
        pub name: Option<String>,
    }
    impl Thing { pub fn name(mut self, value: impl Into<String>) -> Self { self } }
    #[non_exhaustive]
    pub enum Color { Red, Green }
    impl runtime::OpenEnum for Color {
        const VALUES: &'static [(&'static str, Self)] = &[("RED", Self::Red), ("GREEN", Self::Green)];
    }
    runtime::open_enum!(Color);
}
"#;

/// What is told of the client after this replacement.
fn changed(changes: &[(&str, &str)]) -> String {
    let mut new = CLIENT.to_owned();
    for (from, to) in changes {
        assert!(new.contains(from), "{from}");
        new = new.replacen(from, to, 1);
    }
    told(&compare(CLIENT, &new))
}

#[test]
fn methods_come_and_go_with_their_requests() {
    let without = CLIENT.replacen("pub fn list", "fn list", 1);
    let without = without.replacen("pub struct List", "struct List", 1);
    assert_snapshot!(told(&compare(CLIENT, &without)), @r"
    breaking
    - Removed the method `things.list()`.
    ");
    assert_snapshot!(told(&compare(&without, CLIENT)), @r"
    additive
    - Added the method `things.list()`.
    ");
}

#[test]
fn resources_are_told_as_their_methods() {
    let without = CLIENT.replacen("pub mod things", "mod things", 1);
    let without = without.replacen("pub fn things", "fn things", 1);
    assert_snapshot!(told(&compare(&without, CLIENT)), @r"
    additive
    - Added the methods `things.get(name)`, `things.list()`.
    ");
}

#[test]
fn parameters_belong_to_methods() {
    let changes = [
        changed(&[("pub fn view", "pub fn sight")]),
        changed(&[(
            "view(mut self, value: impl Into<String>)",
            "view(mut self, value: i32)",
        )]),
        changed(&[(
            "name: impl Into<String>) -> Get",
            "name: impl Into<String>, view: i32) -> Get",
        )]),
        changed(&[("pub fn view", "#[deprecated] pub fn view")]),
        changed(&[("Result<schemas::Thing>", "Result<()>")]),
        changed(&[("Gets.", "Gets a thing.")]),
        changed(&[("runtime::request_builder!(Get);", "")]),
    ];
    assert_snapshot!(changes.join("\n"));
}

#[test]
fn fields_come_and_go_with_their_setters() {
    let changes = [
        changed(&[
            ("#[serde(rename = \"name\")]", ""),
            ("pub name: Option<String>,", ""),
            ("pub fn name", "fn name"),
        ]),
        changed(&[("pub fn name", "fn name")]),
        changed(&[
            ("Option<String>", "Option<i32>"),
            (
                "name(mut self, value: impl Into<String>)",
                "name(mut self, value: i32)",
            ),
        ]),
        changed(&[(
            "pub name: Option<String>",
            "pub name: Option<String>, pub size: Option<i64>",
        )]),
        changed(&[("Red, Green", "Red, Green, Blue")]),
        changed(&[("Red, Green", "Red")]),
        changed(&[("pub struct Thing", "#[deprecated] pub struct Thing")]),
    ];
    assert_snapshot!(changes.join("\n"));
}

/// Such changes compile, and yet other requests are sent.
#[test]
fn what_goes_over_the_wire_is_told() {
    let changes = [
        changed(&[("v1/{+name}", "v2/{+name}")]),
        changed(&[("Verb::Get", "Verb::Post")]),
        changed(&[("/upload/v1", "/upload/v2")]),
        changed(&[(".multipart(true)", ".multipart(false)")]),
        changed(&[("^things/[^/]+$", "^things/[a-z]+$")]),
        changed(&[("static NAME_PATTERN", "static OTHER")]),
        changed(&[("tiny.googleapis.com", "huge.googleapis.com")]),
        changed(&[("service_path(\"tiny/\")", "service_path(\"\")")]),
        changed(&[(
            "&[\"https://example.com/tiny\"]",
            "&[\"https://example.com/all\"]",
        )]),
        changed(&[(
            "scopes: `https://example.com/tiny`",
            "scopes: `https://example.com/small`",
        )]),
        changed(&[(
            "`https://example.com/all`",
            "`https://example.com/all`, `openid`",
        )]),
        changed(&[("rename = \"name\"", "rename = \"title\"")]),
        changed(&[(
            "#[serde(rename = \"name\")]",
            "#[serde(with = \"runtime::wire\")]",
        )]),
        changed(&[("(\"GREEN\", ", "(\"VERT\", ")]),
        changed(&[("example.com/tiny", "example.com/huge")]),
        changed(&[("TINY", "HUGE")]),
        changed(&[("rename = \"name\"", "rename = \"a` \\u{1b}[2J\\n## b\"")]),
    ];
    assert_snapshot!(changes.join("\n"));
}

#[test]
fn a_macro_in_place_of_an_implementation_is_no_change() {
    let spelled = "impl runtime::RequestBuilder for Get {}";
    assert_eq!(
        changed(&[("runtime::request_builder!(Get);", spelled)]),
        "the API is the same, the code behind it is not"
    );
}
