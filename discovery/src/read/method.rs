//! Reads resources and their methods.

use std::collections::BTreeMap;

use super::cursor::{Cursor, Object};
use super::level::Level;
use super::media::media_upload;
use super::schema::{parameter, request, schema};
use super::variables;
use crate::problem::quoted;
use crate::template::Template;
use crate::{HttpMethod, Method, OperationInfo, Problem, Resource, Schema};

/// Reads a resource, and those beneath it.
pub(super) fn resource(cursor: Cursor<'_>) -> Resource {
    let Some(mut object) = cursor.object(Level::Resource) else {
        return Resource::default();
    };
    let read = Resource {
        methods: object.map("methods", method),
        resources: object.map("resources", resource),
        deprecated: object.flag("deprecated"),
    };
    object.finish();
    read
}

/// Reads a method.
pub(super) fn method(cursor: Cursor<'_>) -> Method {
    let Some(mut object) = cursor.object(Level::Method) else {
        return Method::default();
    };
    let http_method = object.need("httpMethod");
    let http_method =
        http_method.and_then(|verb| verb.one_of(&HttpMethod::ALL, HttpMethod::as_str));
    let (path, template) = object.need("path").map(path).unwrap_or_default();
    let read = Method {
        id: object.required("id"),
        http_method: http_method.unwrap_or_default(),
        path,
        flat_path: object.optional("flatPath"),
        description: object.text("description"),
        parameters: object.map("parameters", parameter),
        parameter_order: object.texts("parameterOrder"),
        request: object.take("request").map(request),
        response: object.take("response").map(schema),
        scopes: object.texts("scopes"),
        deprecated: object.flag("deprecated"),
        api_version: object.optional("apiVersion"),
        media_upload: object.take("mediaUpload").and_then(media_upload),
        supports_media_upload: object.flag("supportsMediaUpload"),
        supports_media_download: object.flag("supportsMediaDownload"),
        use_media_download_service: object.flag("useMediaDownloadService"),
        supports_subscription: object.flag("supportsSubscription"),
        etag_required: object.flag("etagRequired"),
        operation_info: object.take("operationInfo").and_then(operation_info),
    };
    if let Some(template) = template {
        variables::check_path(&mut object, &template, &read.parameters);
    }
    variables::check_uploads(&mut object, &read);
    check_order(&mut object, &read.parameter_order, &read.parameters);
    object.finish();
    read
}

/// Reads a path: its text, and its template if it is one.
fn path(cursor: Cursor<'_>) -> (String, Option<Template>) {
    let mut template = None;
    let text = cursor.checked_string(|text| {
        let parsed = Template::parse(text);
        let fault = parsed.map(|parsed| template = Some(parsed)).err()?;
        Some(variables::malformed(text, &fault))
    });
    (text.unwrap_or_default(), template)
}

fn check_order(object: &mut Object<'_>, order: &[String], parameters: &BTreeMap<String, Schema>) {
    for (index, name) in order.iter().enumerate() {
        if !parameters.contains_key(name) {
            let place = object.place(&["parameterOrder", &index.to_string()]);
            let message = format!(
                "`parameterOrder` has {}, which is no parameter",
                quoted(name)
            );
            let help = "add it to `parameters`, or remove it here";
            object.push(Problem::error(place, message).with_help(help));
        }
    }
}

fn operation_info(cursor: Cursor<'_>) -> Option<OperationInfo> {
    let mut object = cursor.object(Level::OperationInfo)?;
    let read = OperationInfo {
        response_type: object.take("responseType").map(schema),
        metadata_type: object.take("metadataType").map(schema),
    };
    object.finish();
    Some(read)
}
