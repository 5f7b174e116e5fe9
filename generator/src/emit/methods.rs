//! Functions that return request builders.

use proc_macro2::Literal;

use super::tokens::{Code, deprecated, quote};
use super::types::written;
use super::{arguments, constants};
use crate::model::{
    Argument, Descriptor, Download, Method, ParameterLocation, RequestId, Segment, Upload,
};
use crate::names::Ident;

/// The number of arguments, besides `self`, that clippy reports.
const MANY_ARGUMENTS: usize = 7;

/// The function of a resource in `module`, whose request builder is in `builders`.
pub(super) fn function(method: &Method, module: &[Ident], builders: Option<&Code>) -> Code {
    let Method {
        accessor,
        builder,
        docs,
        ..
    } = method;
    let deprecated = deprecated(method.deprecated);
    let allow =
        (method.inputs() >= MANY_ARGUMENTS).then(|| quote!(#[allow(clippy::too_many_arguments)]));
    let arguments = method
        .arguments
        .iter()
        .map(|argument| declared(argument, module));
    let body = method.required_body().map(|body| {
        let ident = &body.ident;
        let ty = written(&body.ty, module);
        quote!(, #ident: #ty)
    });
    let held_body = method.body.as_ref().map(|body| match body.is_optional {
        true => quote!(, body: None),
        false => {
            let ident = &body.ident;
            quote!(, body: #ident)
        }
    });
    let upload = method.upload.as_ref().map(upload);
    let download = method.download.map(download);
    let operations = method
        .long_running
        .as_ref()
        .map(|_| quote!(.with_operations(crate::operation_services::OPERATIONS)));
    let descriptor = descriptor(&method.descriptor);
    let request_id = method.request_id.as_ref().map(request_id);
    let patterns = method.arguments.iter().filter_map(pattern);
    let values = method
        .arguments
        .iter()
        .map(|argument| passed(argument, module));
    quote! {
        #docs
        #deprecated
        #allow
        pub fn #accessor(&self #(, #arguments)* #body) -> #builders #builder {
            static METHOD: runtime::Method =
                #descriptor #request_id #upload #download #operations;
            #(#patterns)*
            #builders #builder { request: self.client.request(&METHOD) #(#values)* #held_body }
        }
    }
}

/// The constant facts of the method.
pub(super) fn descriptor(method: &Descriptor) -> Code {
    let Descriptor {
        id,
        verb,
        path,
        api_version,
    } = method;
    let version = api_version
        .iter()
        .map(|version| quote!(.with_api_version(#version)));
    let path = segments(path);
    quote!(runtime::Method::new(#id, runtime::HttpMethod::#verb, #path) #(#version)*)
}

fn segments(path: &[Segment]) -> Code {
    let segments = path.iter().map(|segment| match segment {
        Segment::Literal(text) => quote!(runtime::Segment::Literal(#text)),
        Segment::Variable(name) => quote!(runtime::Segment::Variable(#name)),
        Segment::Reserved(name) => quote!(runtime::Segment::Reserved(#name)),
    });
    quote!(&[#(#segments),*])
}

fn upload(upload: &Upload) -> Code {
    let Upload {
        path,
        accept,
        multipart,
        ..
    } = upload;
    let path = segments(path);
    let accept = (!accept.is_empty()).then(|| quote!(.with_accept(&[#(#accept),*])));
    let max_size = upload.max_size.map(|bytes| {
        let bytes = Literal::u64_unsuffixed(bytes);
        quote!(.with_max_size(#bytes))
    });
    let resumable = upload.resumable.then(|| quote!(.with_resumable(true)));
    let response_md5 = upload.answers_md5.then(|| quote!(.with_response_md5(true)));
    quote! {
        .with_upload(
            runtime::MediaUpload::new(#path)
                .with_multipart(#multipart)
                #resumable
                #response_md5
                #accept
                #max_size
        )
    }
}

fn request_id(id: &RequestId) -> Code {
    let place = match id {
        RequestId::Query(name) => quote!(Query(#name)),
        RequestId::Body(name) => quote!(Body(#name)),
    };
    quote!(.with_request_id(runtime::RequestId::#place))
}

fn download(download: Download) -> Code {
    let path = match download {
        Download::Method => quote!(Method),
        Download::Service => quote!(Service),
    };
    quote!(.with_download(runtime::DownloadVia::#path))
}

fn pattern(argument: &Argument) -> Option<Code> {
    match &argument.location {
        ParameterLocation::Path { pattern } => pattern.as_ref().map(constants::pattern),
        ParameterLocation::Query | ParameterLocation::QueryRepeated => None,
    }
}

fn declared(argument: &Argument, module: &[Ident]) -> Code {
    let ident = &argument.ident;
    let ty = match argument.location {
        ParameterLocation::Path { .. } | ParameterLocation::Query => {
            arguments::one(&argument.ty, module)
        }
        ParameterLocation::QueryRepeated => arguments::several(&argument.ty, module),
    };
    quote!(#ident: #ty)
}

fn passed(argument: &Argument, module: &[Ident]) -> Code {
    let Argument {
        name,
        ident,
        ty,
        location,
        ..
    } = argument;
    let ident = quote!(#ident);
    let value = arguments::converted(ty, &ident);
    let ty_written = written(ty, module);
    match location {
        ParameterLocation::Path {
            pattern: Some(pattern),
        } => {
            let pattern = &pattern.ident;
            quote!(.path_matching::<#ty_written>(#name, #value, &#pattern))
        }
        ParameterLocation::Path { pattern: None } => quote!(.path::<#ty_written>(#name, #value)),
        ParameterLocation::Query => quote!(.query::<#ty_written>(#name, #value)),
        ParameterLocation::QueryRepeated => {
            let values = arguments::each_converted(ty, &ident);
            quote!(.query_all::<#ty_written>(#name, #values))
        }
    }
}
