//! The documentation of what is generated: the document's words, and what its flags say.

use discovery::{Document, EnumValue, Schema};

use super::service;
use crate::docs::{self, code};
use crate::model::{Docs, Method};
use crate::names::Ident;

/// Who writes: knows the host that the document's relative links mean.
#[derive(Clone, Copy, Default)]
pub(super) struct Author<'a> {
    home: Option<&'a str>,
}

/// What the documentation of a method says whose operation nobody can ask for.
const LOST_OPERATION: &str = "The answer is a long-running operation, but the API has no method that gets \
    one:\nthere is no way to ask how it goes on.";

/// What the documentation of a method adds to the document's words.
pub(super) struct Notes<'a> {
    /// Whether it is answered by an operation.
    pub(super) answers_operation: bool,
    /// The parameter by which the caller pages, where the client does not.
    pub(super) position: Option<&'a str>,
    /// The scopes that it requires.
    pub(super) scopes: Option<String>,
}

/// Paragraphs, with an empty line between two.
#[derive(Default)]
pub(super) struct Text<'a> {
    author: Author<'a>,
    lines: Vec<String>,
}

impl Text<'_> {
    /// A paragraph of our own, in Markdown.
    pub(super) fn paragraph(mut self, text: impl AsRef<str>) -> Self {
        self.gap();
        self.lines.extend(text.as_ref().lines().map(str::to_owned));
        self
    }

    /// The text of a document as further paragraphs.
    pub(super) fn text(mut self, description: &str) -> Self {
        let lines = docs::lines(description, self.author.home);
        if !lines.is_empty() {
            self.gap();
            self.lines.extend(lines);
        }
        self
    }

    /// A paragraph, if there is something to say.
    pub(super) fn optional(self, line: Option<String>) -> Self {
        match line {
            Some(line) => self.paragraph(line),
            None => self,
        }
    }

    /// A list of items that are written already.
    pub(super) fn list<'t>(mut self, items: impl Iterator<Item = &'t Docs>) -> Self {
        let mut items = items.peekable();
        if items.peek().is_some() {
            self.gap();
        }
        self.lines.extend(items.flat_map(|item| &item.0).cloned());
        self
    }

    /// A block of Rust.
    pub(super) fn code(self, lines: Vec<String>) -> Self {
        self.block("", lines)
    }

    /// A block of Rust with attributes for rustdoc.
    pub(super) fn block(mut self, attributes: &str, lines: Vec<String>) -> Self {
        self.gap();
        self.lines.push(format!("```{attributes}"));
        self.lines.extend(lines);
        self.lines.push("```".to_owned());
        self
    }

    pub(super) fn or(self, line: impl FnOnce() -> String) -> Self {
        if self.lines.is_empty() {
            self.paragraph(line())
        } else {
            self
        }
    }

    pub(super) fn finish(self) -> Docs {
        Docs(self.lines)
    }

    fn gap(&mut self) {
        if !self.lines.is_empty() {
            self.lines.push(String::new());
        }
    }
}

impl<'a> Author<'a> {
    pub(super) fn of(document: &'a Document) -> Self {
        Self {
            home: Some(document.documentation_link.as_str()).filter(|link| !link.is_empty()),
        }
    }

    /// The text of a document, made safe.
    pub(super) fn text(self, description: &str) -> Text<'a> {
        Text {
            author: self,
            lines: docs::lines(description, self.home),
        }
    }

    pub(super) fn described(self, description: &str, name: &str) -> Docs {
        self.text(description)
            .or(|| format!("{}.", code(name)))
            .finish()
    }

    pub(super) fn client(self, document: &Document) -> Docs {
        let title = docs::summary(service::title(document), self.home);
        Text::default()
            .paragraph(format!("A client of the {title}. Cloning it is cheap."))
            .finish()
    }

    pub(super) fn schemas(self, document: &Document) -> Docs {
        let title = docs::summary(service::title(document), self.home);
        Text::default()
            .paragraph(format!("The messages of the {title}."))
            .finish()
    }

    pub(super) fn value(self, value: &EnumValue) -> Docs {
        self.described(&value.description, &value.name)
    }

    /// What the document says of a property, and what follows from its flags.
    pub(super) fn property(self, name: &str, property: &Schema) -> Docs {
        let says = |word: &str| starts_with_ignoring_case(&property.description, word);
        let output_only = property.read_only && !says("output only");
        let required = !property.required_in.is_empty() && !says("required");
        self.text(&property.description)
            .or(|| format!("{}.", code(name)))
            .optional(output_only.then(|| "Output only.".to_owned()))
            .optional(required.then(|| required_in(&property.required_in)))
            .optional(constraints(property))
            .finish()
    }

    /// What the document says of an optional parameter.
    pub(super) fn parameter(self, name: &str, parameter: &Schema) -> Docs {
        self.text(&parameter.description)
            .or(|| format!("{}.", code(name)))
            .optional(constraints(parameter))
            .finish()
    }

    /// What the document says of a required parameter, as an item of a list.
    pub(super) fn argument(self, ident: &Ident, parameter: &Schema) -> Docs {
        let description = &parameter.description;
        let mut lines = docs::item(ident.as_str(), description, self.home);
        let says = starts_with_ignoring_case(description, "deprecated");
        let deprecated = (parameter.deprecated && !says).then(|| "Deprecated.".to_owned());
        let facts: Vec<_> = deprecated
            .into_iter()
            .chain(constraints(parameter))
            .collect();
        if !facts.is_empty() {
            lines.extend([String::new(), format!("  {}", facts.join(" "))]);
        }
        Docs(lines)
    }

    /// The page of a method: what it does, what it sends, what it needs, and how it is called.
    pub(super) fn method(
        self,
        document: &Document,
        described: &discovery::Method,
        method: &Method,
        notes: Notes<'_>,
        example: Vec<String>,
    ) -> Docs {
        let url = format!(
            "{} {}{}{}",
            described.http_method, document.root_url, document.service_path, described.path
        );
        let arguments = method.arguments.iter().map(|argument| &argument.docs);
        let lost = notes.answers_operation && method.polled.is_none();
        self.text(&described.description)
            .or(|| format!("Calls {}.", code(&described.id)))
            .paragraph(code(&url))
            .list(arguments)
            .optional(lost.then(|| LOST_OPERATION.to_owned()))
            .optional(notes.position.map(unpaged))
            .optional(notes.scopes)
            .code(example)
            .finish()
    }
}

pub(super) fn resource(id: &str) -> Docs {
    Text::default()
        .paragraph(format!("The resource {}.", code(id)))
        .finish()
}

pub(super) fn package(module: &[Ident]) -> Docs {
    let name = module.last().map_or("", Ident::as_str);
    Text::default()
        .paragraph(format!("The messages of the package {}.", code(name)))
        .finish()
}

pub(super) fn nested_types(owner: &Ident) -> Docs {
    Text::default()
        // A type may share its name with a derive macro of the prelude.
        .paragraph(format!("The types nested in [`type@{}`].", owner.as_str()))
        .finish()
}

fn required_in(methods: &[String]) -> String {
    let methods: Vec<_> = methods.iter().map(|id| code(id)).collect();
    format!("Required by {}.", methods.join(", "))
}

fn constraints(schema: &Schema) -> Option<String> {
    let facts: Vec<_> = [
        ("Default", &schema.default),
        ("Minimum", &schema.minimum),
        ("Maximum", &schema.maximum),
        ("Pattern", &schema.pattern),
    ]
    .into_iter()
    .filter_map(|(name, value)| Some(format!("{name}: {}.", code(value.as_deref()?))))
    .collect();
    (!facts.is_empty()).then(|| facts.join(" "))
}

fn starts_with_ignoring_case(text: &str, prefix: &str) -> bool {
    text.get(..prefix.len())
        .is_some_and(|head| head.eq_ignore_ascii_case(prefix))
}

pub(super) fn method_types(handle: &str, accessor: &Ident) -> Docs {
    let accessor = accessor.as_str();
    let link = format!("[`{accessor}`]({handle}::{accessor})");
    Text::default()
        .paragraph(format!("The types of what {link} takes and gives."))
        .finish()
}

/// More scopes than these are not listed with every method that accepts all of them.
const MOST_SCOPES: usize = 20;

/// The scopes of which a method needs one. `all` are those of the document where no method says what
/// it needs; where some do, a method that does not needs none.
pub(super) fn required_scopes(all: &[&String], method: &discovery::Method) -> Option<String> {
    let scopes: Vec<_> = if !method.scopes.is_empty() {
        method.scopes.iter().map(|scope| code(scope)).collect()
    } else if all.len() > MOST_SCOPES {
        return Some("Requires one of the [OAuth 2.0 scopes](crate::scopes).".to_owned());
    } else {
        all.iter().map(|scope| code(scope)).collect()
    };
    match scopes.as_slice() {
        [] => None,
        [only] => Some(format!("Requires the OAuth 2.0 scope {only}.")),
        several => Some(format!(
            "Requires one of these OAuth 2.0 scopes: {}.",
            several.join(", ")
        )),
    }
}

/// Of a method whose answer begins where a parameter says.
fn unpaged(position: &str) -> String {
    let position = code(position);
    format!(
        "One call answers with one part of what there is, which begins where {position} says: there is no `by_page`."
    )
}

pub(super) fn pages() -> Docs {
    Text::default().paragraph("Lists page by page.").finish()
}

/// Of pages whose elements are in one of these fields, or in none.
pub(super) fn pages_without_items(candidates: &[String]) -> Docs {
    let names: Vec<_> = candidates.iter().map(|name| code(name)).collect();
    let reason = match names.as_slice() {
        [] => "a page has no list".to_owned(),
        names => format!(
            "the document does not say which of these has the elements: {}",
            names.join(", ")
        ),
    };
    Text::default()
        .paragraph("Lists page by page.")
        .paragraph(format!("There is no `by_item`: {reason}."))
        .finish()
}

pub(super) fn builder(handle: &str, method: &Method) -> Docs {
    let accessor = method.accessor.as_str();
    let link = format!("[`{accessor}`]({handle}::{accessor})");
    Text::default()
        .paragraph(format!(
            "The request that {link} makes: {}.",
            code(&method.descriptor.id)
        ))
        .finish()
}
