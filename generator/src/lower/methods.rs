//! Methods: what a request is made of, and what it answers.

use discovery::template::{self, Template};
use discovery::{HttpMethod, Method, Pointer, Problem, Schema};

use super::parameters::Parameters;
use super::properties::{Nest, adaptor};
use super::{Context, examples, pages, shapes, text};
use crate::model::{
    self, Adaptor, Body, Descriptor, Docs, Download, Item, Module, Newtype, Response, Segment,
    Shared, Type, TypePath, Upload,
};
use crate::names::Ident;

/// The names that a resource found for a method.
pub(super) struct Names {
    /// What has the function that makes the request, as documentation links to it.
    pub(super) handle: String,
    pub(super) accessor: Ident,
    pub(super) builder: Ident,
    /// The module of the types that the document writes in the method.
    pub(super) module: Vec<Ident>,
    /// The accessors that lead from the client to the resource.
    pub(super) chain: Vec<Ident>,
}

/// What the messages that a method writes inline are called; no parameter's type is.
const MESSAGES: [&str; 2] = ["Request", "Response"];

impl Context<'_> {
    /// The method and the types that it writes inline.
    pub(super) fn method(
        &mut self,
        method: &Method,
        names: Names,
        pointer: &Pointer<'_>,
    ) -> (model::Method, Module) {
        let mut types = Nest::new(names.module.clone());
        let body = self.body(method, pointer, &mut types);
        let response = self.response(method, pointer, &mut types);
        for entry in &types.module.entries {
            if let Item::Struct(message) = &entry.item {
                let path = TypePath {
                    module: types.module.path.clone(),
                    ident: message.ident.clone(),
                };
                self.messages.insert(&path, message);
            }
        }
        let mut types = types.reserving(&MESSAGES);
        let Parameters {
            arguments,
            setters,
            mut idents,
        } = self.parameters(method, pointer, &mut types);
        let body = body.map(|ty| Body {
            ident: idents.assign(Ident::snake("request")),
            clears: method.http_method == HttpMethod::Patch && matches!(ty, Type::Struct(_)),
            ty,
            deprecated: method
                .request
                .as_ref()
                .is_some_and(|request| request.deprecated || self.resolve(request).deprecated),
        });
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
        let docs = text::method_types(&names.handle, &names.accessor);

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
            scopes: self.scopes_of(method),
        };
        let statement = examples::full_use(&self.names, &names.chain, &lowered);
        let example = examples::program(&self.names, statement);
        let notes = text::Notes {
            answers_operation: self.operations.answers(method),
            position: position.as_deref(),
            scopes: text::required_scopes(&self.scopes, method),
        };
        lowered.docs = self
            .author
            .method(self.document, method, &lowered, notes, example);
        lowered.builder_docs = text::builder(&names.handle, &lowered);
        (
            lowered,
            Module {
                docs,
                ..types.module
            },
        )
    }

    /// The scopes of which the method needs one.
    fn scopes_of(&self, method: &Method) -> Vec<String> {
        if method.scopes.is_empty() {
            self.scopes.iter().map(|scope| (*scope).clone()).collect()
        } else {
            method.scopes.clone()
        }
    }

    /// The message that the request carries. One without fields is an empty body and no argument.
    fn body(&mut self, method: &Method, pointer: &Pointer<'_>, types: &mut Nest) -> Option<Type> {
        let request = method.request.as_ref()?;
        let resolved = self.resolve(request);
        if shapes::is_empty_object(resolved) {
            return None;
        }
        if shapes::is_http_body(resolved) {
            return Some(Type::Shared(Shared::HttpBody));
        }
        Some(self.inline_message(request, &pointer.key("request"), "Request", types))
    }

    fn response(&mut self, method: &Method, pointer: &Pointer<'_>, types: &mut Nest) -> Response {
        match &method.response {
            None => Response::Unit,
            Some(response) if is_empty_message(response, self.resolve(response)) => Response::Unit,
            Some(response) if shapes::is_http_body(self.resolve(response)) => Response::HttpBody,
            Some(response) => {
                let pointer = pointer.key("response");
                Response::Message(self.inline_message(response, &pointer, "Response", types))
            }
        }
    }

    /// The schema that a reference stands for.
    pub(super) fn resolve<'s>(&self, schema: &'s Schema) -> &'s Schema
    where
        Self: 's,
    {
        let entry = schema.reference().and_then(|name| self.index.get(name));
        entry.map_or(schema, |entry| entry.target)
    }

    /// A message: a schema of the document, or what the method writes itself, whose types go into
    /// the method's module.
    fn inline_message(
        &mut self,
        schema: &Schema,
        pointer: &Pointer<'_>,
        name: &str,
        types: &mut Nest,
    ) -> Type {
        let ty = self.type_of(schema, pointer, name, types);
        let adaptor = adaptor(&ty);
        if adaptor != Adaptor::Wire {
            return ty;
        }
        // Only a type of its own can say how its numbers and bytes cross the wire.
        let path = types.path(name);
        let item = Item::Newtype(Newtype {
            ident: path.ident.clone(),
            docs: self.author.described(&schema.description, name),
            deprecated: schema.deprecated,
            ty,
            adaptor,
        });
        types.module.push(item, None);
        Type::Struct(path)
    }

    /// What an operation yields; an overlay says it, and gives it a name.
    pub(super) fn message(&mut self, schema: &Schema, pointer: &Pointer<'_>) -> Type {
        if let Some(name) = schema.reference() {
            return self.reference(name, pointer);
        }
        let message = "the type of what an operation yields has no name";
        let help = "give the schema a name in `schemas`, and refer to it";
        self.problems
            .push(Problem::error(pointer, message).with_help(help));
        Type::Value
    }
}

/// What the runtime knows of a method.
pub(super) fn descriptor(method: &Method) -> Descriptor {
    Descriptor {
        id: method.id.clone(),
        verb: Ident::camel(method.http_method.as_str()),
        path: segments(&method.path),
        api_version: method.api_version.clone(),
    }
}

fn segments(template: &Template) -> Vec<Segment> {
    let segments = template.segments.iter().map(|segment| match segment {
        template::Segment::Literal(text) => Segment::Literal(text.clone()),
        template::Segment::Variable {
            name,
            reserved: false,
        } => Segment::Variable(name.clone()),
        template::Segment::Variable {
            name,
            reserved: true,
        } => Segment::Reserved(name.clone()),
    });
    segments.collect()
}

/// `google.protobuf.Empty`, by its shape and the end of its name: `DeleteFooResponse` without
/// fields may gain some, `Empty` never will.
fn is_empty_message(response: &Schema, resolved: &Schema) -> bool {
    let named = response
        .reference()
        .is_some_and(|name| name.ends_with("Empty"));
    named && shapes::is_empty_object(resolved)
}

/// WIRE: the path of the simple protocol serves every protocol.
fn upload(method: &Method, answers_md5: bool) -> Option<Upload> {
    let media = method.media_upload.as_ref()?;
    let simple = media.simple.as_ref()?;
    let any = media.accept.iter().any(|range| range == "*/*");
    Some(Upload {
        path: segments(&simple.path),
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
