//! Descriptions of methods, and of the calls that follow operations.

use super::text;
use crate::model::{self, Descriptor, NextToken, PageToken, ParameterLocation, Response, Type};
use crate::surface::digest::digest;
use crate::surface::methods::{
    Argument, Body, Download, Items, Location, LongRunning, Method, Pages, Parameter, RequestId,
    Segment, Upload, Variable,
};
use crate::surface::operations::{OperationCall, OperationService, WaitTimeout};

/// Describes a method whose request builder is in `module`.
pub(super) fn method(method: &model::Method, module: &str) -> Method {
    let OperationCall {
        id,
        verb,
        path,
        api_version,
    } = call(&method.descriptor);
    Method {
        id,
        builder: format!("{module}::{}", method.builder.as_str()),
        verb,
        path,
        api_version,
        arguments: method.arguments.iter().map(argument).collect(),
        body: method.body.as_ref().map(|body| Body {
            name: body.ident.as_str().to_owned(),
            ty: text::ty(&body.ty),
            optional: body.is_optional,
        }),
        parameters: method.setters.iter().map(parameter).collect(),
        response: match &method.response {
            Response::Unit => None,
            Response::HttpBody => Some("runtime::HttpBody".to_owned()),
            Response::Message(ty) => Some(text::ty(ty)),
            Response::Stream(ty) => Some(format!("runtime::MessageStream<{}>", text::ty(ty))),
        },
        scopes: method.scopes.iter().cloned().collect(),
        pages: method.pages.as_ref().map(pages),
        long_running: method.long_running.as_ref().map(|operation| LongRunning {
            response: named(operation.response.as_ref()),
            metadata: named(operation.metadata.as_ref()),
        }),
        upload: method.upload.as_ref().map(upload),
        download: method.download.map(|download| match download {
            model::Download::Method => Download::Method,
            model::Download::Service => Download::Service,
        }),
        request_id: method.request_id.as_ref().map(|id| match id {
            model::RequestId::Query(name) => RequestId::Query(name.clone()),
            model::RequestId::Body(name) => RequestId::Body(name.clone()),
        }),
        deprecated: method.deprecated,
        docs: digest(&method.docs),
    }
}

/// The type of a part of an operation, if the document names it.
fn named(ty: Option<&Type>) -> String {
    ty.map_or_else(|| "runtime::Any".to_owned(), text::ty)
}

fn call(descriptor: &Descriptor) -> OperationCall {
    OperationCall {
        id: descriptor.id.clone(),
        verb: descriptor.verb.as_str().to_ascii_uppercase(),
        path: segments(&descriptor.path),
        api_version: descriptor.api_version.clone(),
    }
}

fn segments(path: &[model::Segment]) -> Vec<Segment> {
    let variable = |name: &String, reserved| {
        let name = name.clone();
        Segment::Variable(Variable { name, reserved })
    };
    let segments = path.iter().map(|segment| match segment {
        model::Segment::Literal(text) => Segment::Literal(text.clone()),
        model::Segment::Variable(name) => variable(name, false),
        model::Segment::Reserved(name) => variable(name, true),
    });
    segments.collect()
}

fn argument(argument: &model::Argument) -> Argument {
    let (location, repeated, pattern) = match &argument.location {
        ParameterLocation::Path { pattern } => (Location::Path, false, pattern.as_ref()),
        ParameterLocation::Query => (Location::Query, false, None),
        ParameterLocation::QueryRepeated => (Location::Query, true, None),
    };
    Argument {
        name: argument.ident.as_str().to_owned(),
        wire: argument.name.clone(),
        location,
        ty: text::ty(&argument.ty),
        repeated,
        pattern: pattern.map(|pattern| pattern.value.clone()),
    }
}

fn parameter(setter: &model::Setter) -> (String, Parameter) {
    let described = Parameter {
        wire: setter.name.clone(),
        ty: text::ty(&setter.ty),
        repeated: setter.repeated,
        deprecated: setter.deprecated,
        docs: digest(&setter.docs),
    };
    (setter.ident.as_str().to_owned(), described)
}

fn pages(pages: &model::Pages) -> Pages {
    let (query, body) = match &pages.token {
        PageToken::Query(name) => (Some(name.clone()), None),
        PageToken::Body(field) => (None, Some(field.as_str().to_owned())),
    };
    let (next, link) = match &pages.next {
        NextToken::Field(field) => (vec![field], None),
        NextToken::Inner(outer, inner) => (vec![outer, inner], None),
        NextToken::Link(field, parameter) => (vec![field], Some(parameter.clone())),
    };
    Pages {
        query,
        body,
        next: next
            .into_iter()
            .map(|field| field.as_str().to_owned())
            .collect(),
        link,
        items: pages.items.as_ref().map(|items| Items {
            field: items.field.as_str().to_owned(),
            ty: text::ty(&items.ty),
            is_map: items.is_map,
        }),
    }
}

fn upload(upload: &model::Upload) -> Upload {
    Upload {
        path: segments(&upload.path),
        accept: upload.accept.iter().cloned().collect(),
        max_size: upload.max_size,
        multipart: upload.multipart,
        resumable: upload.resumable,
        md5: upload.answers_md5,
    }
}

/// Describes a resource of operations, by the id of the method that gets one.
pub(super) fn operations(service: &model::OperationService) -> (String, OperationService) {
    let patterns = service.variables.iter().filter_map(|variable| {
        let pattern = variable.pattern.as_ref()?;
        Some((variable.name.clone(), pattern.value.clone()))
    });
    let wait = service.wait.as_ref();
    let described = OperationService {
        get: call(&service.get),
        patterns: patterns.collect(),
        cancel: service.cancel.as_ref().map(call),
        wait: wait.map(|wait| call(&wait.method)),
        wait_timeout: wait.and_then(|wait| match wait.timeout {
            model::WaitTimeout::Body => Some(WaitTimeout::Body),
            model::WaitTimeout::Query => Some(WaitTimeout::Query),
            model::WaitTimeout::Unsaid => None,
        }),
    };
    (service.get.id.clone(), described)
}
