//! Reads the root of a document.

use std::collections::BTreeMap;

use super::cursor::{Cursor, Object, short_name};
use super::identity::{self, is_discovery, is_rest, name, service_path};
use super::method::{method, resource};
use super::schema::{parameters, readable, schema};
use crate::json::Node;
use crate::{Document, Endpoint, Pointer, Problems};

/// The keys that are known and not read, each with the reason.
const IGNORED: &[(&str, &str)] = &[
    ("basePath", "deprecated; repeats `servicePath`"),
    ("discoveryVersion", "the version of the format, always v1"),
    ("etag", "belongs to the response with the document"),
    (
        "exponentialBackoffDefault",
        "retries are the client's policy",
    ),
    ("icons", "pictures for a list of APIs"),
    ("serviceVersion", "repeats `version`"),
    ("version_module", "the name of Google's own packages"),
];

/// A key of overlays, which Google's documents do not have.
const DEFAULT_SCOPES: &str = "defaultScopes";

/// Reads a document, and collects its problems.
pub(crate) fn document(root: Node<'_>, problems: &mut Problems) -> Document {
    let object = Cursor::new(root, Pointer::ROOT, problems).object("document");
    object.map(members).unwrap_or_default()
}

fn members(mut object: Object<'_>) -> Document {
    if object
        .need("kind")
        .is_some_and(|kind| kind.parsed(is_discovery).is_none())
    {
        return Document::default();
    }
    object.required("protocol", |cursor| cursor.parsed(is_rest));
    let canonical_name =
        |cursor: Cursor<'_>| cursor.parsed(|name| short_name(name).map(|()| name.to_owned()));
    let (scopes, default_scopes) = object.take("auth").and_then(auth).unwrap_or_default();
    let read = Document {
        id: object.required("id", |cursor| cursor.string()),
        name: object.required("name", |cursor| cursor.parsed(name)),
        version: object.required("version", |cursor| cursor.parsed(name)),
        revision: object.text("revision"),
        title: object.text("title"),
        description: object.text("description"),
        canonical_name: object.take("canonicalName").and_then(canonical_name),
        documentation_link: object.text("documentationLink"),
        root_url: object.required("rootUrl", root_url),
        service_path: object.required("servicePath", |cursor| cursor.parsed(service_path)),
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
        scopes,
        default_scopes,
        parameters: readable(parameters(&mut object)),
        schemas: object.map("schemas", schema),
        methods: object.map("methods", method),
        resources: object.map("resources", resource),
    };
    object.ignore(IGNORED);
    object.finish();
    read
}

fn root_url(cursor: Cursor<'_>) -> Option<String> {
    cursor.parsed(identity::root_url)
}

fn endpoint(cursor: Cursor<'_>) -> Option<Endpoint> {
    let mut object = cursor.object("regional endpoint")?;
    let read = Endpoint {
        endpoint_url: object.required("endpointUrl", root_url),
        location: object.text("location"),
        description: object.text("description"),
        deprecated: object.flag("deprecated"),
    };
    object.finish();
    Some(read)
}

/// The scopes of an API, and those that credentials request by default.
type Scopes = (BTreeMap<String, String>, Option<Vec<String>>);

fn auth(cursor: Cursor<'_>) -> Option<Scopes> {
    let mut auth = cursor.object("description of authentication")?;
    let read = auth.take("oauth2").and_then(oauth2);
    auth.finish();
    read
}

fn oauth2(cursor: Cursor<'_>) -> Option<Scopes> {
    let mut oauth2 = cursor.object("description of OAuth 2.0")?;
    let scopes = oauth2.map("scopes", |scope| {
        scope_description(scope).unwrap_or_default()
    });
    let has_defaults = oauth2.has(DEFAULT_SCOPES);
    let defaults = oauth2.texts(DEFAULT_SCOPES);
    oauth2.finish();
    Some((scopes, has_defaults.then_some(defaults)))
}

fn scope_description(cursor: Cursor<'_>) -> Option<String> {
    let mut object = cursor.object("scope")?;
    let description = object.text("description");
    object.finish();
    Some(description)
}
