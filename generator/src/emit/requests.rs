//! Request builders: setters for what is optional, and ways to send.

use super::arguments;
use super::tokens::{Code, deprecated, quote};
use super::types::written;
use crate::model::{
    Body, Items, Method, NextToken, PageToken, Pages, Polled, Response, Setter, Shared, Type,
    Upload,
};
use crate::names::Ident;

pub(super) fn builder(method: &Method, module: &[Ident]) -> Code {
    let Method {
        builder,
        builder_docs,
        ..
    } = method;
    let id = &method.descriptor.id;
    let body = method.body.as_ref().map(|body| {
        let ty = written(&body.ty, module);
        quote!(pub(crate) body: #ty,)
    });
    let clearing = method.body.as_ref().filter(|body| body.clears);
    let null_fields = clearing.map(|body| null_fields(body, module));
    let setters = method
        .setters
        .iter()
        .map(|setter| self::setter(setter, module));
    let send = send(method, module);
    let pages = method
        .pages
        .as_ref()
        .map(|pages| self::pages(method, pages, module));
    let poller = method
        .polled
        .as_ref()
        .map(|polled| poller(method, polled, module));
    let media = method
        .upload
        .as_ref()
        .map(|upload| media(method, upload, module));
    let download = method.download.map(|_| download());
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
            #null_fields
            #send
            #pages
            #poller
            #media
            #download
        }

        runtime::request_builder!(#builder, #id);
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
    let written = written(ty, module);
    let value = quote!(value);
    let (argument, call) = if setter.repeated {
        let values = arguments::each_converted(ty, &value);
        (
            arguments::several(ty, module),
            quote!(set_query_all::<#written>(#name, #values)),
        )
    } else {
        let value = arguments::converted(ty, &value);
        (
            arguments::one(ty, module),
            quote!(set_query::<#written>(#name, #value)),
        )
    };
    quote! {
        #docs
        #deprecated
        pub fn #ident(mut self, value: #argument) -> Self {
            self.request.#call;
            self
        }
    }
}

/// The request with its message.
fn complete(method: &Method) -> Code {
    let body = method.body.as_ref().map(|body| match body.ty {
        Type::Shared(Shared::HttpBody) => quote!(.http_body(self.body)),
        _ => quote!(.json(&self.body)),
    });
    quote!(self.request #body)
}

/// The option to send `null` for some fields of the message.
fn null_fields(body: &Body, module: &[Ident]) -> Code {
    let ty = written(&body.ty, module);
    quote! {
        /// Sends `null` for these fields of the request, which clears them. A field is named as in
        /// the document, one within another as `outer.inner`, an entry of a map as `map.key`.
        pub fn with_null_fields(
            mut self,
            fields: impl IntoIterator<Item = impl Into<String>>,
        ) -> Self {
            self.request.set_null_fields::<#ty>(fields);
            self
        }
    }
}

fn answer(method: &Method, module: &[Ident]) -> Code {
    match &method.response {
        Response::Unit => quote!(()),
        Response::HttpBody => quote!(runtime::HttpBody),
        Response::Message(ty) => written(ty, module),
    }
}

fn send(method: &Method, module: &[Ident]) -> Code {
    let answer = answer(method, module);
    let request = complete(method);
    let send = match method.response {
        Response::Unit => quote!(send_empty),
        Response::HttpBody => quote!(send_http_body),
        Response::Message(_) => quote!(send),
    };
    quote! {
        /// Sends the request.
        pub async fn send(self) -> runtime::Result<#answer> {
            #request.#send().await
        }
    }
}

fn pages(method: &Method, pages: &Pages, module: &[Ident]) -> Code {
    let page = written(&pages.page, module);
    let next = next_token(&pages.next);
    let first = match &pages.token {
        PageToken::Query(name) => {
            let request = complete(method);
            quote!(runtime::Pages::by_query(#request, #name, |page: &#page| #next))
        }
        PageToken::Body(field) => quote! {
            runtime::Pages::by_body(
                self.request,
                self.body,
                |body| &mut body.#field,
                |page: &#page| #next,
            )
        },
    };
    let linked = match &pages.next {
        NextToken::Link(_, parameter) => Some(quote!(.linked_by(#parameter))),
        NextToken::Field(_) | NextToken::Inner(..) => None,
    };
    let docs = &pages.docs;
    let items = pages
        .items
        .as_ref()
        .map(|items| self::items(items, &page, module));
    quote! {
        #docs
        pub fn by_page(self) -> runtime::Pages<#page> {
            #first #linked
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
    let Items { field, ty, keyed } = items;
    let item = written(ty, module);
    let (item, list) = if *keyed {
        (
            quote!((String, #item)),
            quote!(page.#field.into_iter().collect()),
        )
    } else {
        (item, quote!(page.#field))
    };
    quote! {
        /// Lists element by element, over all pages.
        pub fn by_item(self) -> runtime::Items<#page, #item> {
            self.by_page().items(|page| #list)
        }
    }
}

fn poller(method: &Method, polled: &Polled, module: &[Ident]) -> Code {
    let request = complete(method);
    let start = quote!(runtime::Poller::new(#request));
    let (ty, poller) = typed(&quote!(runtime::Poller), start, polled, module);
    quote! {
        /// Follows the operation to its end: polls it, waits for it, cancels it.
        pub fn poller(self) -> #ty {
            #poller
        }
    }
}

/// Returns a type with the types of an operation, and a value that reads them.
fn typed(ty: &Code, value: Code, polled: &Polled, module: &[Ident]) -> (Code, Code) {
    let response = polled.response.as_ref().map(|ty| written(ty, module));
    let metadata = polled.metadata.as_ref().map(|ty| written(ty, module));
    let with_response = response.as_ref().map(|ty| quote!(.with_response::<#ty>()));
    let with_metadata = metadata.as_ref().map(|ty| quote!(.with_metadata::<#ty>()));
    let response = response.unwrap_or_else(|| quote!(runtime::Any));
    let metadata = metadata.map(|ty| quote!(, #ty));
    (
        quote!(#ty<#response #metadata>),
        quote!(#value #with_response #with_metadata),
    )
}

/// The ways to send media along.
fn media(method: &Method, upload: &Upload, module: &[Ident]) -> Code {
    let answer = answer(method, module);
    let request = complete(method);
    let upload_is_resumable = upload.resumable;
    let (upload, protocol) = if upload_is_resumable {
        (quote!(upload_resumable), quote!(runtime::Resumable))
    } else {
        (quote!(upload), quote!(runtime::Simple))
    };
    let upload = quote!(#request.#upload(media));
    let starts = matches!(
        method.response,
        Response::Message(Type::Shared(Shared::Operation))
    );
    let polled = method.polled.as_ref().filter(|_| starts);
    let (ty, upload, docs) = match polled {
        None if upload_is_resumable => (quote!(runtime::Upload<#answer, #protocol>), upload, None),
        None => (quote!(runtime::Upload<#answer>), upload, None),
        Some(polled) => {
            let (starts, upload) = typed(&quote!(runtime::Starts), upload, polled, module);
            let docs = quote! {
                ///
                /// [`poller`](runtime::Upload::poller) follows the operation that this starts.
            };
            (
                quote!(runtime::Upload<#answer, #protocol, #starts>),
                upload,
                Some(docs),
            )
        }
    };
    quote! {
        /// Sends the request with media, such as the content of a file.
        #docs
        pub fn with_media(self, media: impl Into<runtime::Media>) -> #ty {
            #upload
        }
    }
}

/// The way to get media in place of the answer.
fn download() -> Code {
    quote! {
        /// Asks for the media itself: as a stream, into a writer, into a file.
        pub fn download(self) -> runtime::Download {
            self.request.download()
        }
    }
}
