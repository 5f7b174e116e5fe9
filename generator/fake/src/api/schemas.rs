//! Questions about the schemas of a document.

use discovery::{Document, Schema, SchemaKind};

/// The number of references that are followed in a row.
const MAX_REFERENCES: usize = 16;

/// The schemas of a document.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Schemas<'a>(&'a Document);

/// The form of a long-running operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OperationForm {
    /// `google.longrunning.Operation`: `done`, and `error` or `response`.
    Aip,
    /// `status: DONE`, as Compute Engine has it.
    Status,
}

/// The property of a list response that holds its items.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Items<'a> {
    pub(crate) property: &'a str,
    /// The name of the schema of an item; none for one that is defined inline.
    pub(crate) schema: Option<&'a str>,
}

impl<'a> Schemas<'a> {
    pub(crate) const fn new(document: &'a Document) -> Self {
        Self(document)
    }

    /// Returns a named schema.
    pub(crate) fn get(self, name: &str) -> Option<&'a Schema> {
        self.0.schemas.get(name)
    }

    /// Follows references to the schema behind them.
    pub(crate) fn resolve(self, mut schema: &'a Schema) -> &'a Schema {
        for _ in 0..MAX_REFERENCES {
            match schema.reference().and_then(|name| self.get(name)) {
                Some(referenced) => schema = referenced,
                None => break,
            }
        }
        schema
    }

    /// Follows references as [`resolve`](Self::resolve) does, from a schema that need not be the document's.
    pub(crate) fn resolve_in<'b>(self, schema: &'b Schema) -> &'b Schema
    where
        'a: 'b,
    {
        let schemas: Schemas<'b> = self;
        schemas.resolve(schema)
    }

    /// Returns a property of a schema, behind references.
    pub(crate) fn property(self, schema: &'a Schema, name: &str) -> Option<&'a Schema> {
        self.resolve(schema).properties.get(name)
    }

    /// Returns the form of a named schema that is an operation.
    pub(crate) fn operation(self, name: &str) -> Option<OperationForm> {
        let properties = &self.get(name)?.properties;
        let has = |name: &str| properties.contains_key(name);
        let is_done = properties
            .get("done")
            .is_some_and(|done| done.kind == SchemaKind::Boolean);
        if is_done && has("name") && (has("response") || has("error")) {
            return Some(OperationForm::Aip);
        }
        let status = properties.get("status")?;
        let has_done = status.values.iter().any(|value| value.name == "DONE");
        let is_started = has("operationType") || has("targetLink");
        (has_done && has("name") && is_started).then_some(OperationForm::Status)
    }

    /// Returns the items of a list response: an array of messages. `hint` is the last word of the path.
    pub(crate) fn items(self, response: &'a Schema, hint: &str) -> Option<Items<'a>> {
        let properties = self.resolve(response).properties.iter();
        let items = properties.filter_map(|(property, schema)| {
            let item = (schema.kind == SchemaKind::Array).then_some(schema.items.as_deref())??;
            let is_message = self.resolve(item).kind == SchemaKind::Object;
            let schema = item.reference();
            is_message.then_some(Items { property, schema })
        });
        let rank = |items: &Items<'_>| match items.property {
            property if property == hint => 0,
            "items" => 1,
            _ => 2,
        };
        items.min_by_key(rank)
    }

    /// Returns the property of an aggregated list that maps scopes to lists, and the lists' items.
    pub(crate) fn scoped_items(self, response: &'a Schema) -> Option<(&'a str, Items<'a>)> {
        let properties = self.resolve(response).properties.iter();
        let mut scoped = properties.filter_map(|(property, schema)| {
            let list = schema.additional_properties.as_deref()?;
            Some((property.as_str(), self.items(list, "")?))
        });
        scoped.next()
    }

    /// Returns the first property of a message that is of a named schema.
    pub(crate) fn property_of_type(self, message: &'a Schema, name: &str) -> Option<&'a str> {
        let mut properties = self.resolve(message).properties.iter();
        properties.find_map(|(property, schema)| {
            (schema.reference() == Some(name)).then_some(property.as_str())
        })
    }

    /// Returns the name of the schema of a body.
    pub(crate) fn name(self, body: Option<&'a Schema>) -> Option<&'a str> {
        body?.reference()
    }
}

/// Returns whether only the service sets a property.
pub(crate) fn is_output_only(schema: &Schema) -> bool {
    let text = schema.description.trim_start_matches('[');
    let text = text.get(..11).unwrap_or_default().replace('-', " ");
    schema.read_only || text.eq_ignore_ascii_case("output only")
}
