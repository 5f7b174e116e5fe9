//! URI templates.

use discovery::template::Segment::{Literal, Variable};
use discovery::template::{Segment, Template};
use insta::assert_snapshot;

fn literal(text: &str) -> Segment {
    Literal(text.into())
}

fn variable(name: &str, reserved: bool) -> Segment {
    Variable {
        name: name.into(),
        reserved,
    }
}

#[track_caller]
fn segments(text: &str) -> Vec<Segment> {
    let template = Template::parse(text).expect("a template");
    assert_eq!(template.to_string(), text);
    template.segments
}

#[test]
fn the_subset() {
    assert_eq!(segments("files"), [literal("files")]);
    assert_eq!(
        segments("v1/{+name}"),
        [literal("v1/"), variable("name", true)]
    );
    assert_eq!(
        segments("b/{bucket}/o"),
        [literal("b/"), variable("bucket", false), literal("/o")]
    );
    assert_eq!(
        segments("{+parent}/{name}:export"),
        [
            variable("parent", true),
            literal("/"),
            variable("name", false),
            literal(":export")
        ]
    );
    assert_eq!(
        segments("v1/ampUrls:batchGet"),
        [literal("v1/ampUrls:batchGet")]
    );
    assert_eq!(
        segments("{x}:set_latest"),
        [variable("x", false), literal(":set_latest")]
    );
    assert_eq!(
        segments("{+name}/$export"),
        [variable("name", true), literal("/$export")]
    );
    assert_eq!(
        segments("users/@me/.well-known/"),
        [literal("users/@me/.well-known/")]
    );
    assert_eq!(segments("v1.1/a.b~c"), [literal("v1.1/a.b~c")]);
}

#[test]
fn variables() {
    let template = Template::parse("{+parent}/x/{name}").expect("a template");
    assert_eq!(
        template.variables().collect::<Vec<_>>(),
        [("parent", true), ("name", false)]
    );
}

#[test]
fn outside_of_the_subset() {
    let all = [
        "",
        "/v1/x",
        "v1//x",
        "v1/../x",
        "v1/..",
        "./x",
        "a/{b}/.",
        "v1/{x",
        "v1/{x{y}}",
        "v1/x}",
        "v1/{}",
        "v1/{+}",
        "v1/{/x}",
        "v1/{?x}",
        "v1/{#x}",
        "v1/{.x}",
        "v1/{;x}",
        "v1/{&x}",
        "v1/{x*}",
        "v1/{x:3}",
        "v1/{x,y}",
        "v1/{+x=**}",
        "v1/{a.b}",
        "v1/{a-b}",
        "v1/{ä}",
        "{x}/{x}",
        "{+x}/{x}",
        "{x}{y}",
        "v1/x?alt=json",
        "v1/x#y",
        "v1/%2e",
        "v1/a b",
        "v1/ä",
        "v1/\u{0}",
        "v1/a\\b",
        "v1/x:",
        "v1/:x",
        "v1/x:y/z",
        "v1/x:y:z",
        "{x}:{y}",
    ];
    let reported = all.map(|text| match Template::parse(text) {
        Ok(template) => panic!("{template} is a template"),
        Err(error) => format!("{:15} {error}", text.escape_debug().to_string()),
    });
    assert_snapshot!(reported.join("\n"), @r"
                    character 1: the path is empty
    /v1/x           character 1: a path is relative, and must not begin with a slash
    v1//x           character 4: a segment is empty
    v1/../x         character 4: a dot segment would change the path
    v1/..           character 4: a dot segment would change the path
    ./x             character 1: a dot segment would change the path
    a/{b}/.         character 7: a dot segment would change the path
    v1/{x           character 4: the brace is not closed
    v1/{x{y}}       character 4: the brace is not closed
    v1/x}           character 5: the brace has not been opened
    v1/{}           character 5: the variable has no name
    v1/{+}          character 6: the variable has no name
    v1/{/x}         character 5: the operator `/` is not supported, only `+` is
    v1/{?x}         character 5: the operator `?` is not supported, only `+` is
    v1/{#x}         character 5: the operator `#` is not supported, only `+` is
    v1/{.x}         character 5: the operator `.` is not supported, only `+` is
    v1/{;x}         character 5: the operator `;` is not supported, only `+` is
    v1/{&x}         character 5: the operator `&` is not supported, only `+` is
    v1/{x*}         character 6: the modifier `*` is not supported
    v1/{x:3}        character 6: the modifier `:` is not supported
    v1/{x,y}        character 6: an expression with several variables is not supported
    v1/{+x=**}      character 7: `=` is not allowed in the name of a variable
    v1/{a.b}        character 6: `.` is not allowed in the name of a variable
    v1/{a-b}        character 6: `-` is not allowed in the name of a variable
    v1/{ä}          character 5: `ä` is not allowed in the name of a variable
    {x}/{x}         character 5: the variable `x` occurs twice
    {+x}/{x}        character 6: the variable `x` occurs twice
    {x}{y}          character 4: two variables are adjacent
    v1/x?alt=json   character 5: `?` would end the path
    v1/x#y          character 5: `#` would end the path
    v1/%2e          character 4: `%` is not allowed in a path
    v1/a b          character 5: ` ` is not allowed in a path
    v1/ä            character 4: `ä` is not allowed in a path
    v1/\0           character 4: `\0` is not allowed in a path
    v1/a\\b         character 5: `\\` is not allowed in a path
    v1/x:           character 5: the verb is missing
    v1/:x           character 4: a verb must follow a segment
    v1/x:y/z        character 7: the verb must be the end of the path
    v1/x:y:z        character 7: the verb must be the end of the path
    {x}:{y}         character 5: the verb must be the end of the path
    ");
}

#[test]
fn the_position_counts_characters() {
    let error = Template::parse("aaa/b\u{e4}").expect_err("no template");
    assert_eq!(error.position, 6);
}
