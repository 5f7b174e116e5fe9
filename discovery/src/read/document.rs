//! Reads the document's root.

use std::collections::BTreeMap;

use serde_json::Value;

use super::cursor::{Cursor, Object, too_long};
use super::identity::{self, root_url, service_path};
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
    if object
        .need("kind")
        .is_some_and(|kind| !identity::is_discovery(kind))
    {
        return Document::default();
    }
    if let Some(protocol) = object.need("protocol") {
        identity::protocol(protocol);
    }
    let read = Document {
        id: object.required("id"),
        name: object
            .need("name")
            .and_then(identity::name)
            .unwrap_or_default(),
        version: object
            .need("version")
            .and_then(identity::name)
            .unwrap_or_default(),
        revision: object.text("revision"),
        title: object.text("title"),
        description: object.text("description"),
        canonical_name: object
            .take("canonicalName")
            .and_then(|cursor| cursor.checked_string(too_long)),
        documentation_link: object.text("documentationLink"),
        root_url: object
            .need("rootUrl")
            .and_then(root_url)
            .unwrap_or_default(),
        service_path: object
            .need("servicePath")
            .and_then(service_path)
            .unwrap_or_default(),
        base_url: object
            .take("baseUrl")
            .and_then(root_url)
            .unwrap_or_default(),
        batch_path: object.text("batchPath"),
        mtls_root_url: object.take("mtlsRootUrl").and_then(root_url),
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
        endpoint_url: object
            .need("endpointUrl")
            .and_then(root_url)
            .unwrap_or_default(),
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
