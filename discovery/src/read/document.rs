//! Reads the document's root.

use std::collections::BTreeMap;

use serde_json::Value;

use super::cursor::{Cursor, Object};
use super::level::Level;
use super::method::{method, resource};
use super::schema::{parameter, schema};
use crate::{Document, Endpoint, Pointer, Problems};

/// Reads a document, and collects its problems.
pub(crate) fn document(value: Value, problems: &mut Problems) -> Document {
    let cursor = Cursor::new(value, Pointer::ROOT, problems);
    cursor
        .object(Level::Document)
        .map(members)
        .unwrap_or_default()
}

fn members(mut object: Object<'_>) -> Document {
    object.required("kind");
    object.required("protocol");
    let read = Document {
        id: object.required("id"),
        name: object.required("name"),
        version: object.required("version"),
        revision: object.text("revision"),
        title: object.text("title"),
        description: object.text("description"),
        canonical_name: object.optional("canonicalName"),
        documentation_link: object.text("documentationLink"),
        root_url: object.required("rootUrl"),
        service_path: object.required("servicePath"),
        base_url: object.text("baseUrl"),
        batch_path: object.text("batchPath"),
        mtls_root_url: object.optional("mtlsRootUrl"),
        owner_name: object.text("ownerName"),
        owner_domain: object.text("ownerDomain"),
        package_path: object.optional("packagePath"),
        labels: object.texts("labels"),
        features: object.texts("features"),
        fully_encode_reserved_expansion: object.flag("fullyEncodeReservedExpansion"),
        endpoints: object.list("endpoints", endpoint),
        scopes: object.take("auth").and_then(scopes).unwrap_or_default(),
        parameters: object.map("parameters", parameter),
        schemas: object.map("schemas", schema),
        methods: object.map("methods", method),
        resources: object.map("resources", resource),
    };
    object.finish();
    read
}

fn endpoint(cursor: Cursor<'_>) -> Option<Endpoint> {
    let mut object = cursor.object(Level::Endpoint)?;
    let read = Endpoint {
        endpoint_url: object.required("endpointUrl"),
        location: object.text("location"),
        description: object.text("description"),
        deprecated: object.flag("deprecated"),
    };
    object.finish();
    Some(read)
}

fn scopes(cursor: Cursor<'_>) -> Option<BTreeMap<String, String>> {
    let mut auth = cursor.object(Level::Auth)?;
    let oauth2 = auth
        .take("oauth2")
        .and_then(|cursor| cursor.object(Level::OAuth2));
    let mut read = BTreeMap::new();
    if let Some(mut oauth2) = oauth2 {
        read = oauth2.map("scopes", scope);
        oauth2.finish();
    }
    auth.finish();
    Some(read)
}

fn scope(cursor: Cursor<'_>) -> String {
    let Some(mut object) = cursor.object(Level::Scope) else {
        return String::new();
    };
    let description = object.text("description");
    object.finish();
    description
}
