//! Methods: arguments, request body, response, documentation.

use discovery::template::{self, Template};
use discovery::{HttpMethod, Method, Pointer, Schema};

use super::context::Context;
use super::parameters::Parameters;
use super::properties::InlineTypes;
use super::{calls, docs, pages, shapes, streams};
use crate::model::{
    self, Body, Descriptor, Docs, Download, Ending, Example, Item, LongRunning, Module, Newtype,
    Pages, Response, Segment, Shared, Type, TypePath, Upload,
};
use crate::names::{Ident, NameTable, reserved};

/// The names that a resource assigned to a method.
pub(super) struct Names {
    /// The type that has the function, as documentation links to it.
    pub(super) handle: String,
    pub(super) accessor: Ident,
    pub(super) builder: Ident,
    /// The module of the types that the method defines inline.
    pub(super) module: Vec<Ident>,
    /// The accessors that lead from the client to the resource.
    pub(super) accessors: Vec<Ident>,
    /// True if the resource or one around it is deprecated.
    pub(super) deprecated: bool,
}

impl Context<'_> {
    /// Lowers a method, and returns it with the types that it defines inline.
    pub(super) fn method(
        &mut self,
        method: &Method,
        names: Names,
        pointer: &Pointer<'_>,
    ) -> (model::Method, Module) {
        let mut types = InlineTypes::new(names.module.clone());
        let body = self.body(method, pointer, &mut types);
        let response = self.response(method, pointer, &mut types);
        self.remember_messages(&types.module);
        let mut types = types.reserving(reserved::MESSAGES);
        let Parameters {
            arguments,
            setters,
            idents,
        } = self.parameters(method, pointer, &mut types);
        let body = body.map(|ty| self.body_argument(method, ty, idents));
        let signature = pages::Signature {
            arguments: &arguments,
            setters: &setters,
            body: body.as_ref(),
            response: &response,
            resource: names.accessors.last(),
        };
        let pages = pages::find(&self.messages, &signature);
        let position = pages::position(&self.messages, &signature).map(str::to_owned);
        let position = position.filter(|_| pages.is_none());
        let long_running = self.long_running(method, pointer, &response);
        let upload = self.upload(method, &response, long_running.as_ref());
        let example = Example {
            call: calls::sample(&names.accessors, &names.accessor, &signature),
            ending: ending(method, &upload, &long_running, &pages),
            deprecated: names.deprecated
                || method.deprecated
                || body.as_ref().is_some_and(|body| body.deprecated),
        };
        let mut lowered = model::Method {
            descriptor: descriptor(method),
            accessor: names.accessor,
            builder: names.builder,
            docs: Docs::default(),
            builder_docs: Docs::default(),
            example,
            deprecated: method.deprecated,
            arguments,
            body,
            setters,
            response,
            pages,
            long_running,
            upload,
            download: download(method),
            request_id: self.request_id(method),
            scopes: self.scopes_of(method),
        };
        self.document_method(method, &mut lowered, &names.handle, position);
        let module = Module {
            docs: docs::method_types(&names.handle, &lowered.accessor),
            ..types.module
        };
        (lowered, module)
    }

    fn document_method(
        &self,
        method: &Method,
        lowered: &mut model::Method,
        handle: &str,
        position: Option<String>,
    ) {
        let notes = docs::Notes {
            answers_operation: self.operations.answers(method),
            position,
            scopes: docs::required_scopes(&self.scopes, method),
        };
        lowered.docs = self.writer.method(self.selected, method, lowered, notes);
        let has_etag = lowered
            .messages()
            .any(|ty| self.messages.member(ty, "etag").is_some());
        lowered.builder_docs = docs::builder(handle, lowered, has_etag);
    }

    fn body_argument(&self, method: &Method, ty: Type, mut idents: NameTable) -> Body {
        let request = method.request.as_ref();
        let is_deprecated =
            |request: &Schema| request.deprecated || self.resolve(request).deprecated;
        Body {
            ident: idents.assign(Ident::snake("request")),
            is_optional: matches!(ty, Type::Struct(_)) && needs_only_name(method),
            ty,
            deprecated: request.is_some_and(is_deprecated),
        }
    }

    /// Makes the inline messages of a method known to the search for pages and checksums.
    fn remember_messages(&mut self, module: &Module) {
        for entry in &module.entries {
            if let Item::Struct(message) = &entry.item {
                let path = TypePath {
                    module: module.path.clone(),
                    ident: message.ident.clone(),
                };
                self.messages.insert(&path, message);
            }
        }
    }

    /// Returns the scopes of which the method needs one.
    fn scopes_of(&self, method: &Method) -> Vec<String> {
        if method.scopes.is_empty() {
            self.scopes.iter().map(|scope| (*scope).clone()).collect()
        } else {
            method.scopes.clone()
        }
    }

    /// Returns the message that the request carries, if any: one without fields is an empty body.
    fn body(
        &mut self,
        method: &Method,
        pointer: &Pointer<'_>,
        types: &mut InlineTypes,
    ) -> Option<Type> {
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

    fn response(
        &mut self,
        method: &Method,
        pointer: &Pointer<'_>,
        types: &mut InlineTypes,
    ) -> Response {
        match &method.response {
            None => Response::Unit,
            Some(response) if is_empty_message(response, self.resolve(response)) => Response::Unit,
            Some(response) if shapes::is_http_body(self.resolve(response)) => Response::HttpBody,
            Some(response) => {
                let is_stream = streams::streams(method, self.resolve(response));
                let pointer = pointer.key("response");
                let message = self.inline_message(response, &pointer, "Response", types);
                match is_stream {
                    true => Response::Stream(message),
                    false => Response::Message(message),
                }
            }
        }
    }

    /// Returns the type of a message: a schema of the document, or an inline type in the method's module.
    fn inline_message(
        &mut self,
        schema: &Schema,
        pointer: &Pointer<'_>,
        name: &str,
        types: &mut InlineTypes,
    ) -> Type {
        let ty = self.type_of(schema, pointer, name, types);
        if !needs_json_form(&ty) {
            return ty;
        }
        // Only a type of its own can define the JSON form of its numbers and bytes.
        let path = types.path(name);
        let item = Item::Newtype(Newtype {
            ident: path.ident.clone(),
            docs: self.writer.described(&schema.description, name),
            deprecated: schema.deprecated,
            ty,
        });
        types.module.push(item, None);
        Type::Struct(path)
    }

    /// Returns the media upload of a method. The path of the simple protocol serves every protocol.
    fn upload(
        &self,
        method: &Method,
        response: &Response,
        long_running: Option<&LongRunning>,
    ) -> Option<Upload> {
        let media = method.media_upload.as_ref()?;
        let simple = media.simple.as_ref()?;
        let any = media.accept.iter().any(|range| range == "*/*");
        let is_operation = matches!(response, Response::Message(Type::Shared(Shared::Operation)));
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
            answers_md5: self.messages.answers_md5(response),
            starts_operation: is_operation && long_running.is_some(),
        })
    }
}

/// Returns the constant facts of a method.
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

/// Recognises `google.protobuf.Empty` by its shape and the end of its name: `DeleteFooResponse` without
/// fields may gain some, `Empty` never will.
fn is_empty_message(response: &Schema, resolved: &Schema) -> bool {
    let named = response
        .reference()
        .is_some_and(|name| name.ends_with("Empty"));
    named && shapes::is_empty_object(resolved)
}

/// Returns whether a method acts on a resource by its name alone, such as `POST …/{+name}:cancel`, so
/// that a request message of its own only refines it. Most such messages are empty in the beginning.
/// It counts with fields as well as without, since a message that gains its first field must not become an
/// argument.
fn needs_only_name(method: &Method) -> bool {
    let request = method.request.as_ref().and_then(Schema::reference);
    let acts_on_name = match method.path.segments.as_slice() {
        [
            ..,
            template::Segment::Variable { name, .. },
            template::Segment::Literal(verb),
        ] => name == "name" && verb.starts_with(':'),
        _ => false,
    };
    method.http_method == HttpMethod::Post
        && acts_on_name
        && request.is_some_and(|name| name.ends_with("Request"))
}

/// Returns the way in which the method's example sends the request: one that shows most of what the
/// client does.
fn ending(
    method: &Method,
    upload: &Option<Upload>,
    long_running: &Option<LongRunning>,
    pages: &Option<Pages>,
) -> Ending {
    let starts = long_running.is_some() && method.http_method != HttpMethod::Get;
    match (upload, pages) {
        (Some(upload), _) if starts && upload.starts_operation => Ending::UploadAndPoll,
        (Some(_), _) => Ending::Upload,
        (None, _) if starts => Ending::Poll,
        (None, Some(pages)) if pages.items.is_some() => Ending::Items,
        (None, _) if method.supports_media_download => Ending::Download,
        (None, _) => Ending::Send,
    }
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

/// Returns whether serde's JSON differs from ProtoJSON.
fn needs_json_form(ty: &Type) -> bool {
    match ty {
        Type::Number(_) | Type::Shared(Shared::Bytes) => true,
        Type::List(inner) | Type::Map(inner) => needs_json_form(inner),
        _ => false,
    }
}
