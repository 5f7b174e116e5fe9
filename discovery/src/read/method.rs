//! Reads resources and their methods.

use super::cursor::{Cursor, Object};
use super::media::media_upload;
use super::schema::{parameters, readable, request, schema};
use super::variables::{self, Parameters, template};
use crate::problem::quoted;
use crate::{HttpMethod, Method, OperationInfo, Resource};

/// Reads a resource, and those beneath it.
pub(super) fn resource(cursor: Cursor<'_>) -> Resource {
    let Some(mut object) = cursor.object("resource") else {
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
    let Some(mut object) = cursor.object("method") else {
        return Method::default();
    };
    let http_method = object.need("httpMethod");
    let http_methods = HttpMethod::ALL.map(|method| (method.as_str(), method));
    let http_method = http_method.and_then(|method| method.one_of(&http_methods));
    let path = object.need("path").and_then(|path| path.parsed(template));
    let id = object.required("id", |cursor| cursor.string());
    let flat_path = object.optional("flatPath");
    let description = object.text("description");
    let parameters = parameters(&mut object);
    let read = Method {
        id,
        http_method: http_method.unwrap_or_default(),
        flat_path,
        description,
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
        server_streaming: object
            .take("serverStreaming")
            .and_then(|cursor| cursor.boolean()),
        ..Method::default()
    };
    if let Some(path) = &path {
        variables::check_path(&mut object, path, &parameters);
    }
    if let Some(upload) = &read.media_upload {
        variables::check_uploads(&mut object, upload, &parameters);
    }
    check_order(&mut object, &read.parameter_order, &parameters);
    object.finish();
    Method {
        path: path.unwrap_or_default(),
        parameters: readable(parameters),
        ..read
    }
}

fn check_order(object: &mut Object<'_>, order: &[String], parameters: &Parameters) {
    for (index, name) in order.iter().enumerate() {
        if !parameters.contains_key(name) {
            let order = object.at.key("parameterOrder");
            let message = format!(
                "`parameterOrder` has {}, which is not a parameter",
                quoted(name)
            );
            let help = "add it to `parameters`, or remove it here";
            object.problems.error(order.index(index), message, help);
        }
    }
}

fn operation_info(cursor: Cursor<'_>) -> Option<OperationInfo> {
    let mut object = cursor.object("description of an operation")?;
    let read = OperationInfo {
        response_type: object.take("responseType").map(schema),
        metadata_type: object.take("metadataType").map(schema),
    };
    object.finish();
    Some(read)
}
