//! Methods: what a request is made of, and what it answers.

use discovery::{HttpMethod, Method, Pointer, Schema};

use super::parameters::{Parameters, Types};
use super::properties::Nest;
use super::{Context, examples, pages, shapes, text};
use crate::model::{
    self, Body, Descriptor, Docs, Download, Module, Response, Shared, Type, Upload,
};
use crate::names::Ident;

/// The names that a resource found for a method.
pub(super) struct Names {
    /// What has the function that makes the request, as documentation links to it.
    pub(super) handle: String,
    pub(super) accessor: Ident,
    pub(super) builder: Ident,
    /// The module of its parameters' types.
    pub(super) module: Vec<Ident>,
    /// The accessors that lead from the client to the resource.
    pub(super) chain: Vec<Ident>,
}

impl Context<'_> {
    /// The method and the types of its parameters.
    pub(super) fn method(
        &mut self,
        method: &Method,
        names: Names,
        pointer: &Pointer<'_>,
    ) -> (model::Method, Module) {
        let mut types = Module {
            path: names.module.clone(),
            ..Module::default()
        };
        let Parameters {
            arguments,
            setters,
            mut idents,
        } = self.parameters(method, pointer, Types::new(self.author, &mut types));
        let body = self.body(method, pointer).map(|ty| Body {
            ident: idents.assign(Ident::snake("request")),
            clears: method.http_method == HttpMethod::Patch && matches!(ty, Type::Struct(_)),
            ty,
        });
        let response = self.response(method, pointer);
        let call = pages::Call {
            arguments: &arguments,
            setters: &setters,
            body: body.as_ref(),
            response: &response,
            resource: names.chain.last(),
        };
        let pages = pages::find(&self.messages, &call);
        let position = pages::position(&self.messages, &call)
            .filter(|_| pages.is_none())
            .map(str::to_owned);
        let upload = upload(method, self.messages.answers_md5(&response));
        let polled = self.polled(method, pointer, &response);
        types.docs = text::parameter_types(&names.handle, &names.accessor);

        let mut lowered = model::Method {
            descriptor: descriptor(method),
            accessor: names.accessor,
            builder: names.builder,
            docs: Docs::default(),
            builder_docs: Docs::default(),
            deprecated: method.deprecated,
            arguments,
            body,
            setters,
            response,
            pages,
            polled,
            upload,
            download: download(method),
        };
        let statement = examples::full_use(&self.names, &names.chain, &lowered);
        let example = examples::program(&self.names, statement);
        let starts = self.operations.answers(method);
        lowered.docs = self.author.method(
            self.document,
            method,
            &lowered,
            starts,
            position.as_deref(),
            example,
        );
        lowered.builder_docs = text::builder(&names.handle, &lowered);
        (lowered, types)
    }

    /// The message that the request carries. One without fields is an empty body and no argument.
    fn body(&mut self, method: &Method, pointer: &Pointer<'_>) -> Option<Type> {
        let request = method.request.as_ref()?;
        let resolved = self.resolve(request);
        if shapes::is_empty_object(resolved) {
            return None;
        }
        if shapes::is_http_body(resolved) {
            return Some(Type::Shared(Shared::HttpBody));
        }
        Some(self.message(request, &pointer.key("request")))
    }

    fn response(&mut self, method: &Method, pointer: &Pointer<'_>) -> Response {
        match &method.response {
            None => Response::Unit,
            Some(response) if is_empty_message(response, self.resolve(response)) => Response::Unit,
            Some(response) if shapes::is_http_body(self.resolve(response)) => Response::HttpBody,
            Some(response) => Response::Message(self.message(response, &pointer.key("response"))),
        }
    }

    /// The schema that a reference stands for.
    pub(super) fn resolve<'s>(&self, schema: &'s Schema) -> &'s Schema
    where
        Self: 's,
    {
        let entry = schema
            .reference
            .as_ref()
            .and_then(|name| self.index.get(name));
        entry.map_or(schema, |entry| entry.schema)
    }

    /// Requests and responses are references or maps; nothing in them needs a type of its own.
    pub(super) fn message(&mut self, schema: &Schema, pointer: &Pointer<'_>) -> Type {
        self.type_of(schema, pointer, "message", &mut Nest::new(Vec::new()))
    }
}

/// What the runtime knows of a method.
pub(super) fn descriptor(method: &Method) -> Descriptor {
    Descriptor {
        id: method.id.clone(),
        verb: Ident::camel(method.http_method.as_str()),
        template: method.path.clone(),
        api_version: method.api_version.clone(),
    }
}

/// `google.protobuf.Empty`, by its shape and the end of its name: `DeleteFooResponse` without
/// fields may gain some, `Empty` never will.
fn is_empty_message(response: &Schema, resolved: &Schema) -> bool {
    let named = response
        .reference
        .as_ref()
        .is_some_and(|name| name.ends_with("Empty"));
    named && shapes::is_empty_object(resolved)
}

/// WIRE: the path of the simple protocol serves every protocol.
fn upload(method: &Method, answers_md5: bool) -> Option<Upload> {
    let media = method.media_upload.as_ref()?;
    let simple = media.simple.as_ref()?;
    let any = media.accept.iter().any(|range| range == "*/*");
    Some(Upload {
        path: simple.path.trim_start_matches('/').to_owned(),
        accept: if any {
            Vec::new()
        } else {
            media.accept.clone()
        },
        max_size: media.max_size,
        multipart: simple.multipart,
        resumable: media.resumable.is_some(),
        answers_md5,
    })
}

fn download(method: &Method) -> Option<Download> {
    method
        .supports_media_download
        .then_some(if method.use_media_download_service {
            Download::Service
        } else {
            Download::Method
        })
}
