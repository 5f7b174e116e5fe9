//! Reads resources and their methods.

use super::cursor::{Cursor, Object};
use super::level::Level;
use super::schema::{parameter, request, schema};
use crate::{HttpMethod, MediaUpload, Method, OperationInfo, Resource, UploadProtocol};

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
    let read = Method {
        id: object.required("id"),
        http_method: http_method.unwrap_or_default(),
        path: object.required("path"),
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
    object.finish();
    read
}

fn media_upload(cursor: Cursor<'_>) -> Option<MediaUpload> {
    let mut object = cursor.object(Level::MediaUpload)?;
    let accept = object.texts("accept");
    let max_size = object.take("maxSize").and_then(size);
    let protocols = object
        .need("protocols")
        .and_then(|cursor| cursor.object(Level::UploadProtocols));
    let (mut simple, mut resumable) = (None, None);
    if let Some(mut protocols) = protocols {
        simple = protocols.take("simple").and_then(upload_protocol);
        resumable = protocols.take("resumable").and_then(upload_protocol);
        protocols.finish();
    }
    object.finish();
    Some(MediaUpload {
        accept,
        max_size,
        simple,
        resumable,
    })
}

fn upload_protocol(cursor: Cursor<'_>) -> Option<UploadProtocol> {
    let mut object = cursor.object(Level::UploadProtocol)?;
    let read = UploadProtocol {
        path: object.required("path"),
        multipart: object.flag("multipart"),
    };
    object.finish();
    Some(read)
}

/// A count of bytes, or of a unit: `47`, `1GB`.
fn size(cursor: Cursor<'_>) -> Option<u64> {
    None.or(cursor.string()?.parse().ok())
}

fn operation_info(cursor: Cursor<'_>) -> Option<OperationInfo> {
    let mut object: Object<'_> = cursor.object(Level::OperationInfo)?;
    let read = OperationInfo {
        response_type: object.take("responseType").map(schema),
        metadata_type: object.take("metadataType").map(schema),
    };
    object.finish();
    Some(read)
}
