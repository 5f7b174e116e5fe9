//! The role of a method, decided by the shape of its path and of its bodies.

use discovery::{HttpMethod, Method};

use super::collections::{Collection, Collections, item_shape};
use super::method_path::MethodPath;
use super::pattern::{Matcher, PathPattern};
use super::schemas::Schemas;

/// The role of a method.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// Returns an item.
    Get,
    /// Returns a page of a collection; the property of the response with the items.
    List {
        items: String,
    },
    /// Returns the items of all scopes of a project: the properties with the scopes and their items.
    AggregatedList {
        scopes: String,
        items: String,
    },
    /// Adds an item to a collection.
    Create,
    /// Changes parts of an item.
    Patch,
    /// Replaces an item.
    Update,
    Delete,
    Undelete,
    /// Returns several items by their names: the property of the response with the items.
    BatchGet {
        items: String,
    },
    GetPolicy,
    SetPolicy,
    TestPermissions,
    /// Ends an operation early.
    CancelOperation,
    /// Returns an operation when it is done.
    WaitOperation,
    /// Acts on an item and returns it.
    Act,
    /// Adds an item that the service makes from something else, such as the report on an upload.
    Produce,
    /// Starts an operation with another effect than those above.
    Start,
    /// Returns a sample of the response.
    Sample,
}

impl Role {
    /// Returns the name of the role in reports.
    pub(crate) const fn name(&self) -> &'static str {
        match self {
            Self::Get => "get",
            Self::List { .. } => "list",
            Self::AggregatedList { .. } => "aggregated list",
            Self::Create => "create",
            Self::Patch => "patch",
            Self::Update => "update",
            Self::Delete => "delete",
            Self::Undelete => "undelete",
            Self::BatchGet { .. } => "batch get",
            Self::GetPolicy => "get policy",
            Self::SetPolicy => "set policy",
            Self::TestPermissions => "test permissions",
            Self::CancelOperation => "cancel operation",
            Self::WaitOperation => "wait for operation",
            Self::Act => "act",
            Self::Produce => "produce",
            Self::Start => "start operation",
            Self::Sample => "sample",
        }
    }
}

/// A method and its surroundings.
struct Subject<'a> {
    method: &'a Method,
    path: &'a PathPattern,
    collections: &'a Collections,
    schemas: Schemas<'a>,
}

/// Returns the role of a method.
pub(crate) fn role(served: &MethodPath, collections: &Collections, schemas: Schemas<'_>) -> Role {
    let Some(path) = &served.path else {
        return Role::Sample;
    };
    let subject = Subject {
        method: &served.method,
        path,
        collections,
        schemas,
    };
    subject.standard().unwrap_or_else(|| subject.custom())
}

impl Subject<'_> {
    /// Returns the role of a method without a custom verb, and of the verbs that have rules.
    fn standard(&self) -> Option<Role> {
        if let Some(role) = self.policy().or_else(|| self.by_verb()) {
            return Some(role);
        }
        if self.path.verb.is_some() {
            return self.list();
        }
        match self.method.http_method {
            HttpMethod::Get => self.read(),
            HttpMethod::Post => self.posted(),
            HttpMethod::Patch if self.is_item() => Some(Role::Patch),
            HttpMethod::Put if self.is_item() => Some(Role::Update),
            HttpMethod::Delete if self.is_item() => Some(Role::Delete),
            _ => None,
        }
    }

    fn custom(&self) -> Role {
        let response = self.schemas.name(self.method.response.as_ref());
        if self.produces(response) {
            return Role::Produce;
        }
        if response.is_some_and(|name| self.schemas.operation(name).is_some()) {
            return Role::Start;
        }
        let item = self
            .target()
            .and_then(|collection| collection.schema.as_deref());
        match (item, response) {
            (Some(item), Some(response)) if item == response => Role::Act,
            _ => Role::Sample,
        }
    }

    /// Returns whether the result of a method on a collection is one of its items.
    fn produces(&self, response: Option<&str>) -> bool {
        let info = self.method.operation_info.as_ref();
        let result = info.and_then(|info| self.schemas.name(info.response_type.as_ref()));
        let item = self
            .collections
            .at(self.path)
            .and_then(|own| own.schema.as_deref());
        let is_post = self.method.http_method == HttpMethod::Post;
        is_post && item.is_some() && result.or(response) == item
    }

    /// Returns the name of the method's action: its verb, or the last word of its path.
    fn action(&self) -> &str {
        match (
            &self.path.verb,
            self.path.parts.last().map(|part| &part.matcher),
        ) {
            (Some(verb), _) => verb,
            (None, Some(Matcher::Literal(word))) => word,
            _ => "",
        }
    }

    /// Returns the role of a method that reads or writes an IAM policy.
    fn policy(&self) -> Option<Role> {
        let has = |body: Option<&discovery::Schema>, name: &str| {
            body.is_some_and(|body| self.schemas.property(body, name).is_some())
        };
        let response = self.method.response.as_ref();
        let is_policy = has(response, "bindings") && has(response, "etag");
        let writes = self.method.http_method == HttpMethod::Put || self.action() == "setIamPolicy";
        match self.action() {
            "testIamPermissions" | "testPermissions" if has(response, "permissions") => {
                Some(Role::TestPermissions)
            }
            "getIamPolicy" | "setIamPolicy" | "iam" if is_policy && writes => Some(Role::SetPolicy),
            "getIamPolicy" | "iam" if is_policy => Some(Role::GetPolicy),
            _ => None,
        }
    }

    /// Returns the role of a custom method that AIPs define.
    fn by_verb(&self) -> Option<Role> {
        let is_operation = self
            .target()
            .is_some_and(|target| target.operations.is_some());
        match (self.method.http_method, self.action()) {
            (HttpMethod::Post, "cancel") if is_operation => Some(Role::CancelOperation),
            (HttpMethod::Post, "wait") if is_operation => Some(Role::WaitOperation),
            (HttpMethod::Post, "undelete") if self.target().is_some() => Some(Role::Undelete),
            (_, "batchGet") => self.batch_get(),
            _ => None,
        }
    }

    fn batch_get(&self) -> Option<Role> {
        let in_query = self.method.parameters.contains_key("names");
        let body = self.method.request.as_ref();
        let in_body = body.is_some_and(|body| self.schemas.property(body, "names").is_some());
        let response = self.method.response.as_ref()?;
        let items = self.schemas.items(response, "")?;
        let is_known = self.collections.of_schema(items.schema?).next().is_some();
        (is_known && (in_query || in_body)).then(|| Role::BatchGet {
            items: items.property.to_owned(),
        })
    }

    fn read(&self) -> Option<Role> {
        if let Some(role) = self.aggregated_list().or_else(|| self.list()) {
            return Some(role);
        }
        // A message at a fixed path has state if it can be written.
        let is_written = self.schemas.name(self.method.response.as_ref()).is_some();
        let is_singleton = self.collections.is_singleton(self.path);
        (is_written && (item_shape(self.path).is_some() || is_singleton)).then_some(Role::Get)
    }

    fn aggregated_list(&self) -> Option<Role> {
        let (scopes, items) = self.schemas.scoped_items(self.method.response.as_ref()?)?;
        self.collections.of_schema(items.schema?).next()?;
        Some(Role::AggregatedList {
            scopes: scopes.to_owned(),
            items: items.property.to_owned(),
        })
    }

    /// Returns the role of a method that lists a collection, also of `GET things:search`.
    fn list(&self) -> Option<Role> {
        let is_item = item_shape(self.path).is_some() && self.path.verb.is_none();
        if self.method.http_method != HttpMethod::Get || is_item {
            return None;
        }
        let items = self
            .schemas
            .items(self.method.response.as_ref()?, self.action())?;
        let collection = self.collections.at(self.path);
        let is_own = match collection.and_then(|collection| collection.schema.as_deref()) {
            Some(schema) => Some(schema) == items.schema || self.path.verb.is_none(),
            None => collection.is_some() && self.path.verb.is_none(),
        };
        is_own.then(|| Role::List {
            items: items.property.to_owned(),
        })
    }

    /// Returns the role of a `POST` without a verb.
    fn posted(&self) -> Option<Role> {
        let request = self.schemas.name(self.method.request.as_ref());
        if let Some(collection) = self.collections.at(self.path) {
            return (request.is_some() || collection.schema.is_some()).then_some(Role::Create);
        }
        // Older APIs change an item by a `POST` to it.
        let item = self.target()?.schema.as_deref()?;
        (item_shape(self.path).is_some() && request == Some(item)).then_some(Role::Patch)
    }

    fn is_item(&self) -> bool {
        item_shape(self.path).is_some() || self.collections.is_singleton(self.path)
    }

    /// Returns the collection of the item that the method acts on, as `x` in `things/x:stop` and
    /// `things/x/stop`.
    fn target(&self) -> Option<&Collection> {
        target(self.path, self.collections)
    }
}

/// Returns the collection of the item that a path with an action acts on.
pub(crate) fn target<'a>(
    path: &PathPattern,
    collections: &'a Collections,
) -> Option<&'a Collection> {
    if let Some(collection) = collections.of_item(path) {
        return Some(collection);
    }
    // A message at a fixed path has state of its own.
    if collections.is_singleton(path) {
        return None;
    }
    let (_, item) = path.parts.split_last()?;
    let item = PathPattern {
        parts: item.to_vec(),
        verb: None,
        variables: Vec::new(),
    };
    collections.of_item(&item)
}
