//! Documentation, as lines that are safe for rustdoc.

/// Documentation, line by line, built paragraph by paragraph.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Docs(pub(crate) Vec<String>);

impl Docs {
    /// Adds a paragraph of Markdown.
    pub(crate) fn paragraph(self, text: impl AsRef<str>) -> Self {
        self.lines(text.as_ref().lines().map(str::to_owned))
    }

    /// Adds a paragraph, if there is one.
    pub(crate) fn optional(self, text: Option<impl AsRef<str>>) -> Self {
        match text {
            Some(text) => self.paragraph(text),
            None => self,
        }
    }

    /// Adds lines after an empty one.
    pub(crate) fn lines(mut self, lines: impl IntoIterator<Item = String>) -> Self {
        let before = self.0.len();
        self.0.extend(lines);
        if before > 0 && self.0.len() > before {
            self.0.insert(before, String::new());
        }
        self
    }

    /// Adds a block of Rust; `attributes` are those of rustdoc, such as `no_run`.
    pub(crate) fn code(self, attributes: &str, code: &[String]) -> Self {
        let (start, end) = (format!("```{attributes}"), "```".to_owned());
        self.lines([&[start], code, &[end]].concat())
    }

    /// Takes another paragraph if there is none.
    pub(crate) fn or(self, text: impl FnOnce() -> String) -> Self {
        if self.0.is_empty() {
            self.paragraph(text())
        } else {
            self
        }
    }
}
