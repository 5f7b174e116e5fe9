//! Checks what one part of a document says of another.

use std::collections::BTreeSet;

use crate::problem::quoted;
use crate::{Document, Method, Pointer, Problem, Problems, Resource, Schema};

/// Checks references, scopes, and the ids of methods and schemas.
pub(crate) fn check(document: &Document, problems: &mut Problems) {
    // Without its schemas no reference resolves, and without its scopes no scope is declared.
    let unread = |place: &str| problems.iter().any(|problem| problem.pointer == place);
    let (skip_schemas, skip_scopes) = (
        unread("/schemas"),
        ["/auth", "/auth/oauth2", "/auth/oauth2/scopes"].map(unread),
    );
    let mut methods = BTreeSet::new();
    collect_ids(&document.methods, &document.resources, &mut methods);
    let mut checker = Checker {
        document,
        methods,
        check_references: !skip_schemas,
        check_scopes: !skip_scopes.contains(&true),
        seen: BTreeSet::new(),
        problems,
    };
    checker.document();
    checker.aliases();
}

type Methods = std::collections::BTreeMap<String, Method>;
type Resources = std::collections::BTreeMap<String, Resource>;
type Schemas = std::collections::BTreeMap<String, Schema>;

fn collect_ids<'d>(methods: &'d Methods, resources: &'d Resources, ids: &mut BTreeSet<&'d str>) {
    ids.extend(methods.values().map(|method| method.id.as_str()));
    for resource in resources.values() {
        collect_ids(&resource.methods, &resource.resources, ids);
    }
}

struct Checker<'d, 'p> {
    document: &'d Document,
    methods: BTreeSet<&'d str>,
    check_references: bool,
    check_scopes: bool,
    seen: BTreeSet<&'d str>,
    problems: &'p mut Problems,
}

impl<'d> Checker<'d, '_> {
    fn document(&mut self) {
        let document = self.document;
        let schemas = Pointer::ROOT.key("schemas");
        for (name, schema) in &document.schemas {
            let at = schemas.key(name);
            self.schema_id(name, schema, &at);
            self.schema(schema, &at);
        }
        self.schemas(&document.parameters, &Pointer::ROOT.key("parameters"));
        self.methods(&document.methods, &Pointer::ROOT.key("methods"));
        self.resources(&document.resources, &Pointer::ROOT.key("resources"));
    }

    fn resources(&mut self, resources: &'d Resources, at: &Pointer<'_>) {
        for (name, resource) in resources {
            let at = at.key(name);
            self.methods(&resource.methods, &at.key("methods"));
            self.resources(&resource.resources, &at.key("resources"));
        }
    }

    fn methods(&mut self, methods: &'d Methods, at: &Pointer<'_>) {
        for (name, method) in methods {
            self.method(method, &at.key(name));
        }
    }

    fn method(&mut self, method: &'d Method, at: &Pointer<'_>) {
        if !method.id.is_empty() && !self.seen.insert(&method.id) {
            let message = format!("another method has the id {} too", quoted(&method.id));
            let help = "an id names one method, so that annotations can refer to it";
            self.problems
                .push(Problem::warning(at.key("id"), message).with_help(help));
        }
        self.scopes(method, at);
        self.schemas(&method.parameters, &at.key("parameters"));
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
            schema
                .into_iter()
                .for_each(|schema| self.schema(schema, &at));
        }
    }

    fn scopes(&mut self, method: &Method, at: &Pointer<'_>) {
        if !self.check_scopes {
            return;
        }
        for (index, scope) in method.scopes.iter().enumerate() {
            if !self.document.scopes.contains_key(scope) {
                let list = at.key("scopes");
                let message = format!("the scope {} is not declared", quoted(scope));
                let help = "add it to `auth.oauth2.scopes`";
                self.problems
                    .push(Problem::warning(list.index(index), message).with_help(help));
            }
        }
    }

    fn schema_id(&mut self, name: &str, schema: &Schema, at: &Pointer<'_>) {
        if let Some(id) = schema.id.as_ref().filter(|id| *id != name) {
            let message = format!("the schema {} has the id {}", quoted(name), quoted(id));
            let help = "references resolve by the key, and the id should repeat it";
            self.problems
                .push(Problem::warning(at.key("id"), message).with_help(help));
        }
    }

    fn schemas(&mut self, schemas: &Schemas, at: &Pointer<'_>) {
        for (name, schema) in schemas {
            self.schema(schema, &at.key(name));
        }
    }

    fn schema(&mut self, schema: &Schema, at: &Pointer<'_>) {
        if let Some(name) = &schema.reference
            && self.check_references
            && !self.document.schemas.contains_key(name)
        {
            let message = format!(
                "`$ref` names the schema {}, which the document does not have",
                quoted(name)
            );
            let help = "correct the name, or add the schema to `schemas`";
            self.problems
                .push(Problem::error(at, message).with_help(help));
        }
        for (index, id) in schema.required_in.iter().enumerate() {
            if !self.methods.contains(id.as_str()) {
                let annotations = at.key("annotations");
                let list = annotations.key("required");
                let message = format!("no method has the id {}", quoted(id));
                let help = "the annotation lists methods whose requests need the property";
                self.problems
                    .push(Problem::warning(list.index(index), message).with_help(help));
            }
        }
        self.schemas(&schema.properties, &at.key("properties"));
        if let Some(items) = &schema.items {
            self.schema(items, &at.key("items"));
        }
        if let Some(values) = &schema.additional_properties {
            self.schema(values, &at.key("additionalProperties"));
        }
    }

    /// A named schema can be a mere reference to another; a circle of those describes nothing.
    fn aliases(&mut self) {
        let document = self.document;
        let mut done = BTreeSet::new();
        for start in document.schemas.keys() {
            let mut round = BTreeSet::new();
            let mut name = start;
            while done.insert(name) {
                round.insert(name);
                let target = document
                    .schemas
                    .get(name)
                    .and_then(|schema| schema.reference.as_ref());
                let Some(target) = target else { break };
                if round.contains(target) {
                    let schemas = Pointer::ROOT.key("schemas");
                    let message = format!("`$ref` leads back to {}", quoted(target));
                    let help = "follow the references, and let one of the schemas have a `type`";
                    self.problems
                        .push(Problem::error(schemas.key(name), message).with_help(help));
                }
                name = target;
            }
        }
    }
}
