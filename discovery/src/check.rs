//! Checks that the parts of a document agree with each other.

use std::collections::BTreeMap;

use crate::problem::quoted;
use crate::{Document, Method, Pointer, Problems, Schema};

mod aliases;
mod hosts;

pub(crate) use hosts::{check as hosts, is_google_url};

/// The largest number of methods. Google's largest document has about 1,000; each of them becomes a
/// page of Rust.
const MOST_METHODS: usize = 10_000;

/// The largest number of schemas around a schema. Google's documents have up to eleven; schemas are
/// read by recursion, for which a thread has a megabyte.
const DEEPEST: usize = 20;

/// Checks references, scopes, the ids of methods and schemas, and the number of methods.
pub(crate) fn check(document: &Document, problems: &mut Problems) {
    // Names that could not be read have been reported; references to them are no problems.
    let is_read = |places: &[&str]| {
        let mut pointers = problems.iter().map(|problem| problem.pointer.as_str());
        pointers.all(|pointer| !places.contains(&pointer))
    };
    let schemas = is_read(&["/schemas"]).then_some(&document.schemas);
    let scopes = is_read(&["/auth", "/auth/oauth2", "/auth/oauth2/scopes"]);
    let scopes = scopes.then_some(&document.scopes);
    let mut ids: BTreeMap<_, usize> = BTreeMap::new();
    for node in document.methods() {
        *ids.entry(node.method.id.as_str()).or_default() += 1;
    }
    let methods: usize = ids.values().sum();
    if methods > MOST_METHODS {
        let message =
            format!("the document has {methods} methods, more than the {MOST_METHODS} allowed");
        let help = "Google's largest document has about 1,000";
        problems.error(Pointer::ROOT, message, help);
    }

    let mut checker = Checker {
        schemas,
        scopes,
        ids,
        depth: 0,
        problems,
    };
    let root = Pointer::ROOT;
    checker.default_scopes(
        document.default_scopes.as_deref().unwrap_or_default(),
        &root.key("auth").key("oauth2").key("defaultScopes"),
    );
    checker.named_schemas(&document.schemas, &root.key("schemas"));
    for (name, parameter) in &document.parameters {
        checker.schema(&parameter.schema, &root.key("parameters").key(name));
    }
    for node in document.methods() {
        checker.method(node.method, &root.join(&node.pointer()));
    }
    aliases::check(&document.schemas, problems);
}

/// The names that the parts of a document can refer to, and the list for problems.
struct Checker<'d> {
    /// The schemas, if they could be read.
    schemas: Option<&'d BTreeMap<String, Schema>>,
    /// The scopes, if they could be read.
    scopes: Option<&'d BTreeMap<String, String>>,
    /// The number of methods with each id.
    ids: BTreeMap<&'d str, usize>,
    /// The number of schemas around the current one.
    depth: usize,
    problems: &'d mut Problems,
}

impl Checker<'_> {
    fn method(&mut self, method: &Method, at: &Pointer<'_>) {
        self.method_id(&method.id, &at.key("id"));
        self.method_scopes(&method.scopes, &at.key("scopes"));
        for (name, parameter) in &method.parameters {
            self.schema(&parameter.schema, &at.key("parameters").key(name));
        }
        for (path, message) in method.messages() {
            self.schema(message, &at.join(path));
        }
    }

    fn method_id(&mut self, id: &str, at: &Pointer<'_>) {
        let is_shared = self.ids.get(id).is_some_and(|count| *count > 1);
        if is_shared && !id.is_empty() {
            let message = format!("several methods have the id {}", quoted(id));
            let help = "give each method an id of its own, so that annotations can refer to it";
            self.problems.warning(at, message, help);
        }
    }

    fn method_scopes(&mut self, scopes: &[String], at: &Pointer<'_>) {
        let Some(declared) = self.scopes else {
            return;
        };
        for (index, scope) in scopes.iter().enumerate() {
            if !declared.contains_key(scope) {
                let message = format!("the scope {} is not declared", quoted(scope));
                self.problems
                    .warning(at.index(index), message, "add it to `auth.oauth2.scopes`");
            }
        }
    }

    /// A default that is not declared would be a scope without a constant, and most likely a typo.
    fn default_scopes(&mut self, scopes: &[String], at: &Pointer<'_>) {
        let Some(declared) = self.scopes else {
            return;
        };
        for (index, scope) in scopes.iter().enumerate() {
            if !declared.contains_key(scope) {
                let message = format!("the default scope {} is not declared", quoted(scope));
                let help = "name a scope of `auth.oauth2.scopes`, or add it there";
                self.problems.error(at.index(index), message, help);
            }
        }
    }

    fn named_schemas(&mut self, schemas: &BTreeMap<String, Schema>, at: &Pointer<'_>) {
        for (name, schema) in schemas {
            let at = at.key(name);
            if let Some(id) = schema.id.as_ref().filter(|id| *id != name) {
                let message = format!("the schema {} has the id {}", quoted(name), quoted(id));
                let help = "references resolve by the key, and the id should repeat it";
                self.problems.warning(at.key("id"), message, help);
            }
            self.schema(schema, &at);
        }
    }

    fn schema(&mut self, schema: &Schema, at: &Pointer<'_>) {
        if self.depth > DEEPEST {
            let message = format!("the schema is nested in more than {DEEPEST} others");
            let help = "give one of them a name in `schemas`, and refer to it";
            self.problems.error(at, message, help);
            return;
        }
        self.depth += 1;
        self.reference(schema, at);
        let annotations = at.key("annotations");
        self.required_in(&schema.required_in, &annotations.key("required"));
        for (name, property) in &schema.properties {
            self.schema(property, &at.key("properties").key(name));
        }
        if let Some(items) = &schema.items {
            self.schema(items, &at.key("items"));
        }
        if let Some(values) = &schema.additional_properties {
            self.schema(values, &at.key("additionalProperties"));
        }
        self.depth -= 1;
    }

    fn reference(&mut self, schema: &Schema, at: &Pointer<'_>) {
        if let (Some(name), Some(schemas)) = (schema.reference(), self.schemas)
            && !schemas.contains_key(name)
        {
            let name = quoted(name);
            let message =
                format!("`$ref` names the schema {name}, which the document does not have");
            let help = "correct the name, or add the schema to `schemas`";
            self.problems.error(at, message, help);
        }
    }

    fn required_in(&mut self, methods: &[String], at: &Pointer<'_>) {
        for (index, id) in methods.iter().enumerate() {
            if !self.ids.contains_key(id.as_str()) {
                let message = format!("no method has the id {}", quoted(id));
                let help = "the annotation lists methods whose requests need the property";
                self.problems.warning(at.index(index), message, help);
            }
        }
    }
}
