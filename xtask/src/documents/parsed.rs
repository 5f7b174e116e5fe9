//! From the files of a document to its package: all problems become messages here.

use discovery::{Document, Parsed, Problems};
use generator::{Options, Package, Surface};

use super::explain;
use super::file::TextFile;
use super::foreign;
use crate::message::Message;

/// A document and the overlay that corrects it, as files.
#[derive(Debug)]
pub(crate) struct DocumentFiles {
    pub(crate) document: TextFile,
    pub(crate) overlay: Option<TextFile>,
}

impl DocumentFiles {
    /// Parses the document with its overlay.
    ///
    /// # Errors
    ///
    /// All problems of the two files.
    pub(crate) fn parse(&self) -> Result<ParsedDocument<'_>, Vec<Message>> {
        let overlay = self.overlay.as_ref().map(|overlay| overlay.text.as_str());
        match Document::parse(&self.document.text, overlay) {
            Ok(parsed) => Ok(ParsedDocument {
                files: self,
                parsed,
            }),
            Err(problems) => Err(match foreign::explain(&self.document) {
                Some(message) => vec![message],
                None => self.explain(&problems),
            }),
        }
    }

    fn explain(&self, problems: &Problems) -> Vec<Message> {
        explain::messages(&self.document, self.overlay.as_ref(), problems)
    }
}

/// A document without errors.
#[derive(Debug)]
pub(crate) struct ParsedDocument<'a> {
    files: &'a DocumentFiles,
    parsed: Parsed,
}

impl ParsedDocument<'_> {
    pub(crate) fn document(&self) -> &Document {
        &self.parsed.document
    }

    /// Returns the document.
    pub(crate) fn into_document(self) -> Document {
        self.parsed.document
    }

    /// Generates the package. Returns it with the warnings of the document.
    ///
    /// # Errors
    ///
    /// The warnings of the document, and the problems that only the generator sees.
    pub(crate) fn generate(
        &self,
        options: &Options,
    ) -> Result<(Package, Vec<Message>), Vec<Message>> {
        let result = generator::generate(&self.parsed.document, options);
        self.explained(result.map(|mut package| {
            let warnings = std::mem::take(&mut package.warnings);
            (package, warnings)
        }))
    }

    /// Describes the client without printing its code.
    ///
    /// # Errors
    ///
    /// The errors of [`generate`](Self::generate).
    pub(crate) fn describe(
        &self,
        options: &Options,
    ) -> Result<(Surface, Vec<Message>), Vec<Message>> {
        self.explained(generator::describe(&self.parsed.document, options))
    }

    /// Adds the warnings of the document, and explains the problems of the generator.
    fn explained<T>(
        &self,
        result: Result<(T, Problems), Problems>,
    ) -> Result<(T, Vec<Message>), Vec<Message>> {
        let (value, problems) = match result {
            Ok((value, warnings)) => (Some(value), warnings),
            Err(problems) => (None, problems),
        };
        let mut messages = self.files.explain(&self.parsed.warnings);
        messages.extend(self.files.explain(&self.parsed.attribute(problems)));
        match value {
            Some(value) => Ok((value, messages)),
            None => Err(messages),
        }
    }
}
