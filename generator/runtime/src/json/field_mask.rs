//! Field masks: paths in one string, in the names of JSON.

use google_cloud_wkt::FieldMask;

use super::scalar::{Scalar, json_form_of_scalar};

impl Scalar for FieldMask {
    fn from_text(text: &str) -> Option<Self> {
        let paths = text.split(',').filter(|path| !path.is_empty());
        Some(Self::default().set_paths(paths.map(in_protobuf)))
    }
}

json_form_of_scalar!(FieldMask, Some(Self::default()), |value, serializer| {
    serializer.serialize_str(&text(value))
});

/// Returns the paths as JSON and queries have them.
pub(crate) fn text(mask: &FieldMask) -> String {
    let paths: Vec<_> = mask.paths.iter().map(|path| in_json(path)).collect();
    paths.join(",")
}

/// Returns `display_name` as `displayName`, and as it is what would not come back: names of the
/// document such as `displayName` and `a_1`.
fn in_json(path: &str) -> String {
    let camel = camel_case(path);
    if snake_case(&camel) == path && !camel.contains('_') {
        camel
    } else {
        path.to_owned()
    }
}

/// The inverse of [`in_json`].
fn in_protobuf(path: &str) -> String {
    let snake = snake_case(path);
    if in_json(&snake) == path {
        snake
    } else {
        path.to_owned()
    }
}

fn camel_case(path: &str) -> String {
    let mut camel = String::with_capacity(path.len());
    let mut characters = path.chars().peekable();
    while let Some(character) = characters.next() {
        match characters.peek() {
            Some(next) if character == '_' && next.is_ascii_lowercase() => {
                camel.push(next.to_ascii_uppercase());
                characters.next();
            }
            _ => camel.push(character),
        }
    }
    camel
}

fn snake_case(path: &str) -> String {
    let mut snake = String::with_capacity(path.len() + 4);
    for character in path.chars() {
        if character.is_ascii_uppercase() {
            snake.push('_');
        }
        snake.push(character.to_ascii_lowercase());
    }
    snake
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_protobuf_are_converted_and_names_of_the_document_are_not() {
        for (path, sent) in [
            ("display_name", "displayName"),
            ("a.b_c", "a.bC"),
            ("displayName", "displayName"),
            ("a_1", "a_1"),
            ("foo__bar", "foo__bar"),
            ("a_B", "a_B"),
            ("trailing_", "trailing_"),
            ("_leading", "Leading"),
            ("*", "*"),
            ("labels.`a.b`", "labels.`a.b`"),
        ] {
            let mask = FieldMask::default().set_paths([path]);
            assert_eq!(text(&mask), sent, "{path}");
            let read = FieldMask::from_text(sent).unwrap_or_default();
            assert_eq!(text(&read), sent, "{sent}");
        }
    }
}
