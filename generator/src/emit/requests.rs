//! Request builders: setters of optional parameters, and functions that send.

use super::tokens::{Code, deprecated, quote};
use super::types::written;
use crate::model::{
    Body, Items, LongRunning, Method, NextToken, PageToken, Pages, Response, Setter, Shared, Type,
    Upload,
};
use crate::names::Ident;

/// The field with the next token that the runtime assumes.
const USUAL_TOKEN: &str = "nextPageToken";

pub(super) fn builder(method: &Method, module: &[Ident]) -> Code {
    let Method {
        builder,
        builder_docs,
        ..
    } = method;
    let body = method.body.as_ref().map(|body| {
        let ty = held_body(body, module);
        quote!(pub(crate) body: #ty,)
    });
    let optional_body = method.body.as_ref().filter(|body| body.is_optional);
    let optional_body = optional_body.map(|body| self::optional_body(body, module));
    let setters = method
        .setters
        .iter()
        .map(|setter| self::setter(setter, module));
    let send = send(method, module);
    let stream = stream(method, module);
    let pages = method
        .pages
        .as_ref()
        .map(|pages| self::pages(method, pages, module));
    let poller = method
        .long_running
        .as_ref()
        .map(|long_running| poller(method, long_running, module));
    let media = method
        .upload
        .as_ref()
        .map(|upload| media(method, upload, module));
    let download = method.download.map(|_| download());
    let implementation = implementation(method, module);
    quote! {
        #builder_docs
        #[derive(Clone, Debug)]
        #[must_use = "a request does nothing until it is sent"]
        pub struct #builder {
            pub(crate) request: runtime::Request,
            #body
        }

        impl #builder {
            #(#setters)*
            #optional_body
            #send
            #stream
            #pages
            #poller
            #media
            #download
        }

        #implementation
    }
}

fn setter(setter: &Setter, module: &[Ident]) -> Code {
    let Setter {
        ident,
        name,
        docs,
        ty,
        ..
    } = setter;
    let deprecated = deprecated(setter.deprecated);
    let ty = written(ty, module);
    let (field, set) = if setter.repeated {
        (quote!(Vec<#ty>), quote!(set_query_all::<#ty>))
    } else {
        (quote!(Option<#ty>), quote!(set_query::<#ty>))
    };
    quote! {
        #docs
        #deprecated
        pub fn #ident(mut self, value: impl IntoField<#field>) -> Self {
            self.request.#set(#name, value);
            self
        }
    }
}

/// The type of the field that holds the message.
fn held_body(body: &Body, module: &[Ident]) -> Code {
    let ty = written(&body.ty, module);
    match body.is_optional {
        true => quote!(Option<#ty>),
        false => ty,
    }
}

/// The setter of an optional message.
fn optional_body(body: &Body, module: &[Ident]) -> Code {
    let ty = written(&body.ty, module);
    let deprecated = deprecated(body.deprecated);
    quote! {
        /// Sets the message of the request, which is sent without one otherwise.
        #deprecated
        pub fn with_request(mut self, request: #ty) -> Self {
            self.body = Some(request);
            self
        }
    }
}

/// The request with its body.
fn complete(method: &Method) -> Code {
    let body = method.body.as_ref().map(|body| match body.ty {
        Type::Shared(Shared::HttpBody) => quote!(.http_body(&self.body)),
        _ if body.is_optional => quote!(.optional_json(&self.body)),
        _ => quote!(.json(&self.body)),
    });
    quote!(self.request #body)
}

/// The traits of a builder.
fn implementation(method: &Method, module: &[Ident]) -> Code {
    let builder = &method.builder;
    let id = &method.descriptor.id;
    let response = response(method, module);
    let sending = match method.response {
        Response::Unit => quote!(sending_empty),
        Response::HttpBody => quote!(sending_http_body),
        Response::Message(_) => quote!(sending),
        Response::Stream(_) => quote!(sending_all),
    };
    let body = method.body.as_ref().map(|body| match body.ty {
        Type::Shared(Shared::HttpBody) => quote!(, http_body),
        _ if body.is_optional => quote!(, optional_json),
        _ => quote!(, json),
    });
    quote!(runtime::request_builder!(#builder, #id, #sending -> #response #body);)
}

fn response(method: &Method, module: &[Ident]) -> Code {
    match &method.response {
        Response::Unit => quote!(()),
        Response::HttpBody => quote!(runtime::HttpBody),
        Response::Message(ty) => written(ty, module),
        Response::Stream(ty) => {
            let message = written(ty, module);
            quote!(Vec<#message>)
        }
    }
}

fn send(method: &Method, module: &[Ident]) -> Code {
    let response = response(method, module);
    let request = complete(method);
    let send = match method.response {
        Response::Unit => quote!(send_empty),
        Response::HttpBody => quote!(send_http_body),
        Response::Message(_) => quote!(send),
        Response::Stream(_) => quote!(send_all),
    };
    let docs = match method.response {
        Response::Stream(_) => quote! {
            /// Sends the request, and returns all messages of the response.
        },
        _ => quote! {
            /// Sends the request.
        },
    };
    quote! {
        #docs
        pub async fn send(self) -> runtime::Result<#response> {
            #request.#send().await
        }
    }
}

/// The function that returns the messages of a response one by one.
fn stream(method: &Method, module: &[Ident]) -> Option<Code> {
    let Response::Stream(message) = &method.response else {
        return None;
    };
    let message = written(message, module);
    let request = complete(method);
    Some(quote! {
        /// Sends the request, and returns the messages of the response as they arrive.
        pub fn stream(self) -> runtime::MessageStream<#message> {
            #request.stream()
        }
    })
}

fn pages(method: &Method, pages: &Pages, module: &[Ident]) -> Code {
    let page = written(&pages.page, module);
    let next = next_token(&pages.next);
    let first = match &pages.token {
        PageToken::Query(name) => {
            let request = complete(method);
            quote!(runtime::Pages::by_query(#request, #name, |page: &#page| #next))
        }
        PageToken::Body(field) => {
            let or_default = method.body.as_ref().filter(|body| body.is_optional);
            let or_default = or_default.map(|_| quote!(.unwrap_or_default()));
            quote! {
                runtime::Pages::by_body(
                    self.request,
                    self.body #or_default,
                    |body| &mut body.#field,
                    |page: &#page| #next,
                )
            }
        }
    };
    let name = &pages.next_name;
    let located = match &pages.next {
        NextToken::Link(_, parameter) => Some(quote!(.linked_by(#parameter))),
        NextToken::Field(_) if name == USUAL_TOKEN => None,
        NextToken::Field(_) | NextToken::Inner(..) => Some(quote!(.with_token_field(#name))),
    };
    let docs = &pages.docs;
    let items = pages
        .items
        .as_ref()
        .map(|items| self::items(items, &page, module));
    quote! {
        #docs
        pub fn by_page(self) -> runtime::Pages<#page> {
            #first #located
        }

        #items
    }
}

fn next_token(next: &NextToken) -> Code {
    match next {
        NextToken::Field(field) | NextToken::Link(field, _) => quote! {
            page.#field.as_ref().map(runtime::ParameterValue::to_parameter)
        },
        NextToken::Inner(outer, inner) => quote! {
            page.#outer.as_ref()?.#inner.as_ref().map(runtime::ParameterValue::to_parameter)
        },
    }
}

fn items(items: &Items, page: &Code, module: &[Ident]) -> Code {
    let Items {
        field,
        name,
        ty,
        is_map,
    } = items;
    let item = written(ty, module);
    let (item, list) = if *is_map {
        (
            quote!((String, #item)),
            quote!(page.#field.into_iter().collect()),
        )
    } else {
        (item, quote!(page.#field))
    };
    quote! {
        /// Lists item by item, across all pages.
        pub fn by_item(self) -> runtime::Items<#page, #item> {
            self.by_page().with_items_field(#name).items(|page| #list)
        }
    }
}

fn poller(method: &Method, long_running: &LongRunning, module: &[Ident]) -> Code {
    let request = complete(method);
    let start = quote!(runtime::Poller::new(#request));
    let (ty, poller) = typed(&quote!(runtime::Poller), &start, long_running, module);
    quote! {
        /// Returns a poller of the operation, which can also wait for it and cancel it.
        pub fn poller(self) -> #ty {
            #poller
        }
    }
}

/// The generic type `ty` with the result types of the document, and `value` as that type.
fn typed(ty: &Code, value: &Code, long_running: &LongRunning, module: &[Ident]) -> (Code, Code) {
    let response = long_running.response.as_ref().map(|ty| written(ty, module));
    let metadata = long_running.metadata.as_ref().map(|ty| written(ty, module));
    let with_response = response.as_ref().map(|ty| quote!(.with_response::<#ty>()));
    let with_metadata = metadata.as_ref().map(|ty| quote!(.with_metadata::<#ty>()));
    let response = response.unwrap_or_else(|| quote!(runtime::Any));
    let metadata = metadata.map(|ty| quote!(, #ty));
    (
        quote!(#ty<#response #metadata>),
        quote!(#value #with_response #with_metadata),
    )
}

/// The function that uploads media.
fn media(method: &Method, upload: &Upload, module: &[Ident]) -> Code {
    let response = response(method, module);
    let request = complete(method);
    let (add, protocol) = if upload.resumable {
        (quote!(upload_resumable), quote!(runtime::Resumable))
    } else {
        (quote!(upload), quote!(runtime::Simple))
    };
    let added = quote!(#request.#add(media));
    let long_running = method.long_running.as_ref();
    let started = long_running
        .filter(|_| upload.starts_operation)
        .map(|long_running| typed(&quote!(runtime::Starts), &added, long_running, module));
    let docs = started.as_ref().map(|_| {
        quote! {
            ///
            /// [`poller`](runtime::Upload::poller) follows the operation that this starts.
        }
    });
    let (ty, added) = match started {
        Some((starts, added)) => (
            quote!(runtime::Upload<#response, #protocol, #starts>),
            added,
        ),
        None if upload.resumable => (quote!(runtime::Upload<#response, #protocol>), added),
        None => (quote!(runtime::Upload<#response>), added),
    };
    quote! {
        /// Adds media to the request, such as the content of a file.
        #docs
        pub fn with_media(self, media: impl runtime::IntoMedia) -> #ty {
            #added
        }
    }
}

/// The function that downloads media.
fn download() -> Code {
    quote! {
        /// Downloads the media: as a stream, into a writer, or into a file.
        pub fn download(self) -> runtime::Download {
            self.request.download()
        }
    }
}
