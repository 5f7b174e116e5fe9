//! Calls of methods, as documentation and examples write them.

use proc_macro2::Literal;

use crate::emit::tokens::{Code, quote};
use crate::emit::types::written;
use crate::model::{CrateNames, Ending, Example, Invocation, SampleValue, Type};

/// The request of a call, up to the function that sends it. Types are written with their path, which
/// means the same whatever the program imports.
pub(crate) fn request(names: &CrateNames, call: &Invocation) -> Code {
    let library = &names.library;
    let body = call.body.as_ref().map(|ty| {
        let ty = written(ty, &[]);
        quote!(#library::#ty)
    });
    with_body(names, call, body)
}

/// The import of the message of [`statement`].
pub(crate) fn import(names: &CrateNames, call: &Invocation) -> Option<Code> {
    let library = &names.library;
    let message = call.body.as_ref();
    let message = message.filter(|ty| matches!(ty, Type::Struct(_)))?;
    let path = written(message, &[]);
    Some(quote!(use #library::#path;))
}

/// The statements that send a request and use the response, with the message imported.
pub(crate) fn statement(names: &CrateNames, example: &Example) -> Code {
    let Example { call, ending, .. } = example;
    let library = &names.library;
    let body = call.body.as_ref().map(|ty| match ty {
        Type::Struct(path) => {
            let ident = &path.ident;
            quote!(#ident)
        }
        _ => Code::default(),
    });
    let request = with_body(names, call, body);
    let media = quote!(#library::runtime::Media::from_path("file").await?);
    let response = call.responds.then(|| quote!(let response =));
    let sent = match ending {
        Ending::Items => return stream(&request, &quote!(by_item)),
        Ending::Pages => return stream(&request, &quote!(by_page)),
        Ending::Send => quote!(send()),
        Ending::Upload if call.responds => quote!(with_media(#media).send()),
        Ending::Upload => quote!(with_media(#media).send_empty()),
        Ending::Poll => quote!(poller().until_done()),
        Ending::Download => {
            let send = quote!(#response #request.send().await?;);
            let send = call.responds.then_some(send);
            return quote!(#send #request.download().to_path("file").await?;);
        }
        Ending::UploadAndPoll => quote!(with_media(#media).poller().until_done()),
    };
    quote!(#response #request.#sent.await?;)
}

/// The statements that print all items or pages.
pub(super) fn stream(request: &Code, by: &Code) -> Code {
    quote! {
        let mut items = #request.#by();
        while let Some(item) = items.next().await {
            let item = item?;
            println!("{item:#?}");
        }
    }
}

/// The request of a call whose message is a struct named `body`, or a value that Rust infers.
fn with_body(names: &CrateNames, call: &Invocation, body: Option<Code>) -> Code {
    let variable = &names.variable;
    let Invocation {
        accessors,
        method,
        arguments,
        ..
    } = call;
    let arguments = arguments.iter().map(|argument| value(names, argument));
    let body = body.map(|body| match &call.body {
        Some(Type::Struct(_)) => quote!(#body::default()),
        Some(Type::Enum(_)) => quote!("VALUE".into()),
        _ => quote!(Default::default()),
    });
    let arguments = arguments.chain(body);
    quote!(#variable #(.#accessors())* .#method(#(#arguments),*))
}

fn value(names: &CrateNames, value: &SampleValue) -> Code {
    let library = &names.library;
    match value {
        SampleValue::Variable(ident) => quote!(#ident),
        SampleValue::Text(text) => quote!(#text),
        SampleValue::Bool => quote!(true),
        SampleValue::Integer(number) => {
            let number = Literal::u16_unsuffixed(*number);
            quote!(#number)
        }
        SampleValue::Float => quote!(1.0),
        SampleValue::FieldMask => {
            quote!(#library::runtime::FieldMask::default().set_paths(["name"]))
        }
        SampleValue::Object => quote!(#library::runtime::Value::Object(Default::default())),
        SampleValue::Default => quote!(Default::default()),
        SampleValue::List(item) => {
            let item = self::value(names, item);
            quote!([#item])
        }
    }
}
