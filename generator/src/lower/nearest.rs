//! The name that a mistyped pattern probably means.

use discovery::Document;

/// Returns the name of a method, a schema or all methods of a resource that differs from `pattern` in
/// at most a third of its characters.
pub(super) fn pattern(document: &Document, pattern: &str) -> Option<String> {
    let length = pattern.chars().count();
    let distances = names(document).filter_map(|name| {
        // Cheaper than the distance, and never greater.
        let least = name.chars().count().abs_diff(length);
        let is_near = |distance: usize| distance * 3 <= length;
        let distance = is_near(least).then(|| strsim::osa_distance(&name, pattern))?;
        is_near(distance).then_some((distance, name))
    });
    distances.min().map(|(_, name)| name)
}

fn names(document: &Document) -> impl Iterator<Item = String> {
    let methods = document.methods().flat_map(|node| {
        let path = [&node.resources[..], &[node.name]].concat().join(".");
        [path, node.method.id.clone()]
    });
    let resources = document
        .resources()
        .map(|node| format!("{}.*", node.path.join(".")));
    methods
        .chain(resources)
        .chain(document.schemas.keys().cloned())
}

#[cfg(test)]
mod tests {
    use discovery::{Method, Resource, Schema};

    use super::*;

    fn document() -> Document {
        let mut files = Resource::default();
        let list = Method {
            id: "drive.files.list".to_owned(),
            ..Method::default()
        };
        files.methods.insert("list".to_owned(), list);
        let mut document = Document::default();
        document.resources.insert("files".to_owned(), files);
        let schemas = &mut document.schemas;
        schemas.insert("FileList".to_owned(), Schema::default());
        document
    }

    #[test]
    fn the_nearest_name() {
        for (mistyped, name) in [
            ("files.lst", Some("files.list")),
            ("drive.file.list", Some("drive.files.list")),
            ("file.*", Some("files.*")),
            ("Filelist", Some("FileList")),
            ("permissions.*", None),
            ("*", None),
            ("", None),
        ] {
            assert_eq!(
                pattern(&document(), mistyped).as_deref(),
                name,
                "{mistyped}"
            );
        }
    }
}
