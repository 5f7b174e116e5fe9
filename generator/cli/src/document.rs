//! The description of the API of a Discovery document.

use std::collections::{BTreeMap, BTreeSet};

use discovery::{Document, MethodNode, Problems, SchemaKind};
use generator::{Options, Surface, surface};

use crate::api::{
    Api, Call, Download, Kind, Method, Operations, Pages, Parameter, Request, RequestId, Response,
    Schema, Segment, Upload,
};

impl Api {
    /// Describes the API of a document.
    ///
    /// # Errors
    ///
    /// If the document is wrong: all problems, each with its place.
    pub fn new(document: &Document) -> Result<Self, Problems> {
        let (described, _) = generator::describe(document, &Options::default())?;
        let methods: BTreeMap<_, _> = described
            .methods
            .values()
            .map(|method| (method.id.as_str(), method))
            .collect();
        let methods = document.methods().filter_map(|node| {
            let described_method = methods.get(node.method.id.as_str())?;
            Some(method(document, &described, &node, described_method))
        });
        Ok(Self {
            name: document.name.clone(),
            version: document.version.clone(),
            title: document.title.clone(),
            description: document.description.clone(),
            root_url: described.service.root_url.clone(),
            service_path: described.service.service_path.clone(),
            data_wrapper: described.service.data_wrapper,
            scopes: described.service.default_scopes.iter().cloned().collect(),
            methods: methods.collect(),
            operations: described.operations.values().map(operations).collect(),
            schemas: document
                .schemas
                .iter()
                .map(|(name, own)| (name.clone(), schema(own)))
                .collect(),
        })
    }
}

fn method(
    document: &Document,
    described: &Surface,
    node: &MethodNode<'_>,
    own: &surface::Method,
) -> Method {
    let response = match own.response.as_deref() {
        None => Response::Empty,
        Some("runtime::HttpBody") => Response::Raw,
        Some(ty) if ty.starts_with("runtime::MessageStream<") => Response::Stream,
        Some(_) => Response::Message,
    };
    Method {
        call: Call {
            id: own.id.clone(),
            verb: own.verb.clone(),
            path: segments(&own.path),
            api_version: own.api_version.clone(),
        },
        resources: node
            .resources
            .iter()
            .map(|name| (*name).to_owned())
            .collect(),
        name: node.name.to_owned(),
        description: node.method.description.clone(),
        parameters: parameters(document, node.method, own),
        request: own.body.as_ref().and_then(|body| {
            let schema = node.method.request.as_ref()?.reference()?;
            Some(Request {
                schema: schema.to_owned(),
                optional: body.optional,
                raw: body.ty == "runtime::HttpBody",
            })
        }),
        response,
        pages: own
            .pages
            .as_ref()
            .and_then(|pages| self::pages(described, own, pages)),
        long_running: own.long_running.is_some() && !described.operations.contains_key(&own.id),
        upload: own.upload.as_ref().map(upload),
        download: own.download.map(|download| match download {
            surface::Download::Method => Download::Method,
            surface::Download::Service => Download::Service,
        }),
        request_id: own.request_id.as_ref().map(|id| match id {
            surface::RequestId::Query(name) => RequestId::Query(name.clone()),
            surface::RequestId::Body(name) => RequestId::Body(name.clone()),
        }),
        deprecated: own.deprecated,
    }
}

/// Returns the required parameters in the order of the document, then the others by name.
fn parameters(
    document: &Document,
    method: &discovery::Method,
    own: &surface::Method,
) -> Vec<Parameter> {
    let required: BTreeSet<_> = own
        .arguments
        .iter()
        .map(|argument| &argument.wire)
        .collect();
    let arguments = own.arguments.iter().map(|argument| argument.wire.as_str());
    let optional = own
        .parameters
        .values()
        .map(|parameter| parameter.wire.as_str());
    let names = arguments.chain(optional).filter_map(|name| {
        let parameter = method
            .parameters
            .get(name)
            .or_else(|| document.parameters.get(name))?;
        Some(Parameter {
            name: name.to_owned(),
            in_path: parameter.location == discovery::Location::Path,
            required: required.contains(&name.to_owned()),
            repeated: parameter.repeated,
            schema: schema(&parameter.schema),
        })
    });
    names.collect()
}

/// Returns the pages of a list whose tokens are in the usual places.
fn pages(described: &Surface, own: &surface::Method, pages: &surface::Pages) -> Option<Pages> {
    let token = pages.query.clone()?;
    let response = described.types.get(own.response.as_ref()?)?;
    let wire = |field: &String| response.fields.get(field).map(|field| field.wire.clone());
    let [next] = &pages.next[..] else { return None };
    if pages.link.is_some() || wire(next)? != "nextPageToken" {
        return None;
    }
    let items = pages.items.as_ref().filter(|items| !items.is_map);
    Some(Pages {
        token,
        items: items.and_then(|items| wire(&items.field)),
    })
}

fn upload(upload: &surface::Upload) -> Upload {
    Upload {
        path: segments(&upload.path),
        accept: upload.accept.iter().cloned().collect(),
        max_size: upload.max_size,
        multipart: upload.multipart,
        resumable: upload.resumable,
        md5: upload.md5,
    }
}

fn operations(service: &surface::OperationService) -> Operations {
    let call = |call: &surface::OperationCall| Call {
        id: call.id.clone(),
        verb: call.verb.clone(),
        path: segments(&call.path),
        api_version: call.api_version.clone(),
    };
    Operations {
        get: call(&service.get),
        patterns: service.patterns.clone(),
        cancel: service.cancel.as_ref().map(call),
        wait: service.wait.as_ref().map(call),
        wait_timeout: service.wait_timeout.map(|place| match place {
            surface::WaitTimeout::Body => "body".to_owned(),
            surface::WaitTimeout::Query => "query".to_owned(),
        }),
    }
}

fn segments(path: &[surface::Segment]) -> Vec<Segment> {
    let segment = |segment: &surface::Segment| match segment {
        surface::Segment::Literal(text) => Segment::Literal(text.clone()),
        surface::Segment::Variable(variable) if variable.reserved => {
            Segment::Reserved(variable.name.clone())
        }
        surface::Segment::Variable(variable) => Segment::Variable(variable.name.clone()),
    };
    path.iter().map(segment).collect()
}

fn schema(own: &discovery::Schema) -> Schema {
    let kind = match &own.kind {
        SchemaKind::Reference(name) => Kind::Reference(name.clone()),
        SchemaKind::Any => Kind::Any,
        SchemaKind::Array => Kind::Array,
        SchemaKind::Boolean => Kind::Boolean,
        SchemaKind::Integer => Kind::Integer,
        SchemaKind::Number => Kind::Number,
        SchemaKind::Object if own.additional_properties.is_some() => Kind::Map,
        SchemaKind::Object => Kind::Object,
        SchemaKind::String => Kind::String,
    };
    let values = own
        .values
        .iter()
        .map(|value| (value.name.clone(), value.description.clone()));
    let properties = own
        .properties
        .iter()
        .map(|(name, own)| (name.clone(), schema(own)));
    let items = own.items.as_ref().or(own.additional_properties.as_ref());
    Schema {
        kind,
        format: own.format.clone(),
        description: own.description.clone(),
        values: values.collect(),
        properties: properties.collect(),
        items: items.map(|items| Box::new(schema(items))),
        default: own.default.clone(),
        pattern: own.pattern.clone(),
        read_only: own.read_only,
        deprecated: own.deprecated,
    }
}
