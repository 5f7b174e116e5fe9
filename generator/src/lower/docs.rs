//! Documentation of generated items: the document's text, and facts that follow from its flags.

use discovery::{Document, EnumValue, Schema};

use super::crate_names::title;
use crate::docs::{self, code};
use crate::model::{Docs, Method, ParameterLocation, RequestId};
use crate::names::Ident;

/// Writes docs; resolves relative links against the documentation's host.
#[derive(Clone, Copy)]
pub(super) struct DocWriter<'a> {
    home: Option<&'a str>,
}

/// The documentation of a method whose operation no method gets.
const LOST_OPERATION: &str = "The response is a long-running operation, but the API has no method that gets \
    one:\nits progress cannot be polled.";

/// The documentation of a method that has media.
const DOWNLOAD: &str =
    "`download()` returns the media itself, which is what `alt=media` stands for in other clients.";

/// The documentation of a method called `download`, beside a `get` that has the media.
pub(super) const MEDIA_ELSEWHERE: &str =
    "The response is not the media itself, which [`get`](Resource::get) returns by `.download()`.";

/// Facts about a method that its description lacks.
pub(super) struct Notes {
    /// True if the response is an operation.
    pub(super) answers_operation: bool,
    /// The parameter that says where a page starts, if the client does not paginate.
    pub(super) position: Option<String>,
    /// The scopes that it requires.
    pub(super) scopes: Option<String>,
}

impl<'a> DocWriter<'a> {
    pub(super) fn new(document: &'a Document) -> Self {
        Self {
            home: Some(document.documentation_link.as_str()).filter(|link| !link.is_empty()),
        }
    }

    /// Returns the lines of a description, safe for rustdoc.
    pub(super) fn lines(self, description: &str) -> Vec<String> {
        docs::lines(description, self.home)
    }

    /// Documents an item by its description, or else by its name.
    pub(super) fn described(self, description: &str, name: &str) -> Docs {
        Docs(self.lines(description)).or(|| format!("{}.", code(name)))
    }

    pub(super) fn client(self, document: &Document) -> Docs {
        let title = docs::summary(title(document), self.home);
        Docs::default().paragraph(format!("A client of the {title}. Cloning it is cheap."))
    }

    pub(super) fn schemas(self, document: &Document) -> Docs {
        let title = docs::summary(title(document), self.home);
        Docs::default().paragraph(format!("The messages of the {title}."))
    }

    pub(super) fn value(self, value: &EnumValue) -> Docs {
        self.described(&value.description, &value.name)
    }

    /// Documents a property, with the facts that follow from its flags.
    pub(super) fn property(self, name: &str, property: &Schema) -> Docs {
        let says = |word: &str| starts_with_ignoring_case(&property.description, word);
        let output_only = property.read_only && !says("output only");
        let required = !property.required_in.is_empty() && !says("required");
        self.described(&property.description, name)
            .optional(output_only.then_some("Output only."))
            .optional(required.then(|| required_in(&property.required_in)))
            .optional(constraints(property))
    }

    /// Documents an optional parameter.
    pub(super) fn parameter(self, name: &str, parameter: &Schema) -> Docs {
        self.described(&parameter.description, name)
            .optional(constraints(parameter))
    }

    /// Documents a required parameter, as an item of a list.
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

    /// Documents a method: description, URL, arguments, notes.
    pub(super) fn method(
        self,
        document: &Document,
        described: &discovery::Method,
        method: &Method,
        notes: Notes,
    ) -> Docs {
        let url = format!(
            "{} {}{}{}",
            described.http_method, document.root_url, document.service_path, described.path
        );
        let arguments = method.arguments.iter();
        let arguments = arguments.flat_map(|argument| argument.docs.0.iter().cloned());
        let lost = notes.answers_operation && method.long_running.is_none();
        Docs(self.lines(&described.description))
            .or(|| format!("Calls {}.", code(&described.id)))
            .paragraph(code(&url))
            .lines(arguments)
            .optional(method.download.map(|_| DOWNLOAD))
            .optional(lost.then_some(LOST_OPERATION))
            .optional(method.request_id.as_ref().map(idempotent))
            .optional(notes.position.as_deref().map(unpaged))
            .optional(notes.scopes)
    }
}

pub(super) fn resource(id: &str) -> Docs {
    Docs::default().paragraph(format!("The resource {}.", code(id)))
}

pub(super) fn package(module: &[Ident]) -> Docs {
    let name = module.last().map_or("", Ident::as_str);
    Docs::default().paragraph(format!("The messages of the package {}.", code(name)))
}

pub(super) fn nested_types(owner: &Ident) -> Docs {
    // A type may share its name with a derive macro of the prelude.
    Docs::default().paragraph(format!("The types nested in [`type@{}`].", owner.as_str()))
}

/// Documents the module of the types that a method defines inline.
pub(super) fn method_types(handle: &str, accessor: &Ident) -> Docs {
    let link = method_link(handle, accessor);
    Docs::default().paragraph(format!("The types in the signature of {link}."))
}

/// Documents a request builder, with the options that mean something to it. `has_etag` is true if the
/// resource has one.
pub(super) fn builder(handle: &str, method: &Method, has_etag: bool) -> Docs {
    let link = method_link(handle, &method.accessor);
    let id = code(&method.descriptor.id);
    let reads = method.descriptor.verb.as_str() == "Get";
    let is_repeatable = method.request_id.is_some()
        || matches!(method.descriptor.verb.as_str(), "Get" | "Put" | "Delete");
    let has_pattern = method.arguments.iter().any(|argument| {
        matches!(
            argument.location,
            ParameterLocation::Path { pattern: Some(_) }
        )
    });
    let polls = method.long_running.is_some();
    let of_call = [
        ("with_attempt_timeout", true),
        ("with_retry_policy", true),
        ("with_backoff_policy", true),
        ("with_idempotency", !is_repeatable),
        ("with_polling_error_policy", polls),
        ("with_polling_backoff_policy", polls),
        ("with_quota_project", true),
        ("with_custom_header", true),
    ];
    let of_request = [
        ("with_if_match", has_etag && !reads),
        ("with_if_none_match", has_etag && reads),
        ("with_unchecked_patterns", has_pattern),
        ("with_custom_query_parameter", true),
    ];
    Docs::default()
        .paragraph(format!("The request of {link}: {id}."))
        .lines(docs::paragraph(&format!(
            "Options of [`RequestOptionsBuilder`](crate::RequestOptionsBuilder): {}; of \
             [`RequestBuilderExt`](crate::RequestBuilderExt): {}.",
            options(&of_call),
            options(&of_request)
        )))
}

/// Returns the names of the options that apply.
fn options(options: &[(&str, bool)]) -> String {
    let options = options.iter().filter(|(_, applies)| *applies);
    let names: Vec<_> = options.map(|(name, _)| format!("`{name}`")).collect();
    names.join(", ")
}

fn method_link(handle: &str, accessor: &Ident) -> String {
    let accessor = accessor.as_str();
    format!("[`{accessor}`]({handle}::{accessor})")
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

/// Longer lists of scopes are not repeated for every method that accepts all of them.
const MAX_LISTED_SCOPES: usize = 20;

/// Returns a sentence about the scopes, one of which a method needs. `all` are the scopes of a document
/// whose methods list none; where some methods list scopes, the others need none.
pub(super) fn required_scopes(all: &[&String], method: &discovery::Method) -> Option<String> {
    let scopes: Vec<_> = if !method.scopes.is_empty() {
        method.scopes.iter().map(|scope| code(scope)).collect()
    } else if all.len() > MAX_LISTED_SCOPES {
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

/// Returns a note on a method whose requests have ids.
fn idempotent(id: &RequestId) -> String {
    let id = code(id.name());
    format!("The client fills in {id} if it is not set, and repeats calls that may have failed.")
}

/// Returns a note on a list that is paged by position.
fn unpaged(position: &str) -> String {
    let position = code(position);
    format!(
        "Each call returns one page of the results, starting at {position}; there is no `by_page`."
    )
}

pub(super) fn pages() -> Docs {
    Docs::default().paragraph("Lists page by page.")
}

/// Documents the pagination of pages whose items are in one of these fields, or in none.
pub(super) fn pages_without_items(candidates: &[String]) -> Docs {
    let names: Vec<_> = candidates.iter().map(|name| code(name)).collect();
    let reason = match names.as_slice() {
        [] => "a page has no list".to_owned(),
        names => format!(
            "the document does not say which of these fields holds the items: {}",
            names.join(", ")
        ),
    };
    pages().paragraph(format!("There is no `by_item`: {reason}."))
}
