//! The description as the runtime wants it: `static` data. A program builds it once, so it is leaked.

use discovery_runtime as runtime;

use crate::api::{Api, Call, Download, Method, Operations, RequestId, Segment};

/// Makes a text live as long as the program.
pub(crate) fn text(text: &str) -> &'static str {
    Box::leak(text.into())
}

/// Makes a value live as long as the program.
fn leak<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

/// Makes the elements of a list live as long as the program.
fn list<T>(elements: impl IntoIterator<Item = T>) -> &'static [T] {
    elements.into_iter().collect::<Vec<_>>().leak()
}

/// Returns the service of an API.
pub(crate) fn service(api: &Api) -> &'static runtime::Service {
    let scopes = list(api.scopes.iter().map(|scope| text(scope)));
    let service = runtime::Service::new(text(&api.name), text(&api.version), text(&api.root_url))
        .with_service_path(text(&api.service_path))
        .with_scopes(scopes)
        .with_package(env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION"));
    leak(match api.data_wrapper {
        true => service.with_data_wrapper(),
        false => service,
    })
}

/// Returns a method, with the operations that it may start.
pub(crate) fn method(api: &Api, method: &Method) -> &'static runtime::Method {
    let operations = list(api.operations.iter().map(operations));
    let mut built = call(&method.call).with_operations(operations);
    if let Some(upload) = &method.upload {
        let accept = list(upload.accept.iter().map(|range| text(range)));
        let mut media = runtime::MediaUpload::new(segments(&upload.path))
            .with_multipart(upload.multipart)
            .with_resumable(upload.resumable)
            .with_response_md5(upload.md5)
            .with_accept(accept);
        if let Some(size) = upload.max_size {
            media = media.with_max_size(size);
        }
        built = built.with_upload(media);
    }
    if let Some(download) = method.download {
        built = built.with_download(match download {
            Download::Method => runtime::DownloadVia::Method,
            Download::Service => runtime::DownloadVia::Service,
        });
    }
    if let Some(id) = &method.request_id {
        built = built.with_request_id(match id {
            RequestId::Query(name) => runtime::RequestId::Query(text(name)),
            RequestId::Body(name) => runtime::RequestId::Body(text(name)),
        });
    }
    leak(built)
}

fn operations(service: &Operations) -> runtime::OperationService {
    let variables = service.get.path.iter().filter_map(|segment| match segment {
        Segment::Literal(_) => None,
        Segment::Variable(name) | Segment::Reserved(name) => {
            let pattern = service
                .patterns
                .get(name)
                .map(|pattern| self::pattern(pattern));
            Some((text(name), pattern))
        }
    });
    let mut built = runtime::OperationService::new(call(&service.get), list(variables));
    if let Some(cancel) = &service.cancel {
        built = built.with_cancel(call(cancel));
    }
    if let Some(wait) = &service.wait {
        let timeout = match service.wait_timeout.as_deref() {
            Some("body") => runtime::WaitTimeout::Body,
            Some("query") => runtime::WaitTimeout::Query,
            _ => runtime::WaitTimeout::Unsaid,
        };
        built = built.with_wait(call(wait), timeout);
    }
    built
}

/// Returns the pattern of a parameter.
pub(crate) fn pattern(pattern: &str) -> &'static runtime::Pattern {
    leak(runtime::Pattern::new(text(pattern)))
}

fn call(call: &Call) -> runtime::Method {
    let verb = match call.verb.as_str() {
        "HEAD" => runtime::HttpMethod::Head,
        "POST" => runtime::HttpMethod::Post,
        "PUT" => runtime::HttpMethod::Put,
        "PATCH" => runtime::HttpMethod::Patch,
        "DELETE" => runtime::HttpMethod::Delete,
        _ => runtime::HttpMethod::Get,
    };
    let built = runtime::Method::new(text(&call.id), verb, segments(&call.path));
    match &call.api_version {
        Some(version) => built.with_api_version(text(version)),
        None => built,
    }
}

fn segments(path: &[Segment]) -> &'static [runtime::Segment] {
    let segments = path.iter().map(|segment| match segment {
        Segment::Literal(literal) => runtime::Segment::Literal(text(literal)),
        Segment::Variable(name) => runtime::Segment::Variable(text(name)),
        Segment::Reserved(name) => runtime::Segment::Reserved(text(name)),
    });
    list(segments)
}
