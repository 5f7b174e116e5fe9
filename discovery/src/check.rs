//! Checks what one part of a document says of another.

use std::collections::BTreeMap;

use crate::problem::quoted;
use crate::{Document, Method, Pointer, Problem, Problems, Resource, Schema};

mod aliases;
mod hosts;

pub(crate) use hosts::{check as hosts, is_of_google};

type Methods = BTreeMap<String, Method>;
type Resources = BTreeMap<String, Resource>;
type Schemas = BTreeMap<String, Schema>;

/// The most methods that are read. Google's largest document has about 1,000; each of them becomes a
/// page of Rust.
const MOST_METHODS: usize = 10_000;

/// How many schemas may lie around a schema. Google's documents have up to eleven; what is made of a
/// schema is read by recursion, for which a thread has a megabyte.
const DEEPEST: usize = 20;

/// Checks references, scopes, the ids of methods and schemas, and how many methods there are.
pub(crate) fn check(document: &Document, problems: &mut Problems) {
    // What could not be read has been reported; that nothing is found in it follows.
    let is_read = |places: &[&str]| {
        problems
            .iter()
            .all(|problem| !places.contains(&problem.pointer.as_str()))
    };
    let schemas = is_read(&["/schemas"]).then_some(&document.schemas);
    let scopes = is_read(&["/auth", "/auth/oauth2", "/auth/oauth2/scopes"]);
    let scopes = scopes.then_some(&document.scopes);
    let mut ids = BTreeMap::new();
    count_ids(&document.methods, &document.resources, &mut ids);

    let methods: usize = ids.values().sum();
    if methods > MOST_METHODS {
        let message =
            format!("the document has {methods} methods, more than the {MOST_METHODS} allowed");
        let help = "Google's largest document has about 1,000";
        problems.push(Problem::error(Pointer::ROOT, message).with_help(help));
    }

    let mut checker = Checker {
        schemas,
        scopes,
        ids,
        depth: 0,
        problems,
    };
    checker.named_schemas(&document.schemas, &Pointer::ROOT.key("schemas"));
    checker.schemas(&document.parameters, &Pointer::ROOT.key("parameters"));
    checker.methods(&document.methods, &Pointer::ROOT.key("methods"));
    checker.resources(&document.resources, &Pointer::ROOT.key("resources"));
    aliases::check(&document.schemas, problems);
}

/// How many methods have an id.
fn count_ids<'d>(
    methods: &'d Methods,
    resources: &'d Resources,
    ids: &mut BTreeMap<&'d str, usize>,
) {
    for method in methods.values() {
        *ids.entry(&method.id).or_default() += 1;
    }
    for resource in resources.values() {
        count_ids(&resource.methods, &resource.resources, ids);
    }
}

/// What the parts of a document can name, and where the problems go.
struct Checker<'d> {
    schemas: Option<&'d Schemas>,
    scopes: Option<&'d BTreeMap<String, String>>,
    ids: BTreeMap<&'d str, usize>,
    /// How many schemas lie around the one that is looked at.
    depth: usize,
    problems: &'d mut Problems,
}

impl Checker<'_> {
    fn resources(&mut self, resources: &Resources, at: &Pointer<'_>) {
        for (name, resource) in resources {
            let at = at.key(name);
            self.methods(&resource.methods, &at.key("methods"));
            self.resources(&resource.resources, &at.key("resources"));
        }
    }

    fn methods(&mut self, methods: &Methods, at: &Pointer<'_>) {
        for (name, method) in methods {
            let at = at.key(name);
            self.method_id(&method.id, &at.key("id"));
            self.method_scopes(&method.scopes, &at.key("scopes"));
            self.schemas(&method.parameters, &at.key("parameters"));
            self.bodies(method, &at);
        }
    }

    fn bodies(&mut self, method: &Method, at: &Pointer<'_>) {
        let info = at.key("operationInfo");
        let operation = method.operation_info.as_ref();
        let bodies = [
            (method.request.as_ref(), at.key("request")),
            (method.response.as_ref(), at.key("response")),
            (
                operation.and_then(|info| info.response_type.as_ref()),
                info.key("responseType"),
            ),
            (
                operation.and_then(|info| info.metadata_type.as_ref()),
                info.key("metadataType"),
            ),
        ];
        for (schema, at) in bodies {
            if let Some(schema) = schema {
                self.schema(schema, &at);
            }
        }
    }

    fn method_id(&mut self, id: &str, at: &Pointer<'_>) {
        let is_shared = self.ids.get(id).is_some_and(|count| *count > 1);
        if is_shared && !id.is_empty() {
            let message = format!("several methods have the id {}", quoted(id));
            let help = "an id names one method, so that annotations can refer to it";
            self.problems
                .push(Problem::warning(at, message).with_help(help));
        }
    }

    fn method_scopes(&mut self, scopes: &[String], at: &Pointer<'_>) {
        let Some(declared) = self.scopes else {
            return;
        };
        for (index, scope) in scopes.iter().enumerate() {
            if !declared.contains_key(scope) {
                let message = format!("the scope {} is not declared", quoted(scope));
                let help = "add it to `auth.oauth2.scopes`";
                self.problems
                    .push(Problem::warning(at.index(index), message).with_help(help));
            }
        }
    }

    fn named_schemas(&mut self, schemas: &Schemas, at: &Pointer<'_>) {
        for (name, schema) in schemas {
            let at = at.key(name);
            if let Some(id) = schema.id.as_ref().filter(|id| *id != name) {
                let message = format!("the schema {} has the id {}", quoted(name), quoted(id));
                let help = "references resolve by the key, and the id should repeat it";
                self.problems
                    .push(Problem::warning(at.key("id"), message).with_help(help));
            }
            self.schema(schema, &at);
        }
    }

    fn schemas(&mut self, schemas: &Schemas, at: &Pointer<'_>) {
        for (name, schema) in schemas {
            self.schema(schema, &at.key(name));
        }
    }

    fn schema(&mut self, schema: &Schema, at: &Pointer<'_>) {
        if self.depth > DEEPEST {
            let message = format!("the schema lies in more than {DEEPEST} others");
            let help = "give one of them a name in `schemas`, and refer to it";
            self.problems
                .push(Problem::error(at, message).with_help(help));
            return;
        }
        self.depth += 1;
        self.reference(schema, at);
        let annotations = at.key("annotations");
        self.required_in(&schema.required_in, &annotations.key("required"));
        self.schemas(&schema.properties, &at.key("properties"));
        if let Some(items) = &schema.items {
            self.schema(items, &at.key("items"));
        }
        if let Some(values) = &schema.additional_properties {
            self.schema(values, &at.key("additionalProperties"));
        }
        self.depth -= 1;
    }

    fn reference(&mut self, schema: &Schema, at: &Pointer<'_>) {
        if let (Some(name), Some(schemas)) = (&schema.reference, self.schemas)
            && !schemas.contains_key(name)
        {
            let name = quoted(name);
            let message =
                format!("`$ref` names the schema {name}, which the document does not have");
            let help = "correct the name, or add the schema to `schemas`";
            self.problems
                .push(Problem::error(at, message).with_help(help));
        }
    }

    fn required_in(&mut self, methods: &[String], at: &Pointer<'_>) {
        for (index, id) in methods.iter().enumerate() {
            if !self.ids.contains_key(id.as_str()) {
                let message = format!("no method has the id {}", quoted(id));
                let help = "the annotation lists methods whose requests need the property";
                self.problems
                    .push(Problem::warning(at.index(index), message).with_help(help));
            }
        }
    }
}
