//! Snippets of documentation, as whole programs. Each ends in a function that rustdoc needs and the
//! reader does not: only its body is shown.

use super::examples::call::{import, request, statement, value};
use super::tokens::{Code, quote};
use super::types::written;
use crate::model::{CrateNames, Example, Programs, TestProgram, Type};

/// The example of a method.
pub(crate) fn method_example(names: &CrateNames, example: &Example) -> Code {
    let (library, client, variable) = (&names.library, &names.client, &names.variable);
    let import = import(names, &example.call);
    let statement = statement(names, example);
    quote! {
        async fn example(#variable: #library::#client) -> #library::Result<()> {
            #import
            #statement
            Ok(())
        }
    }
}

/// The program that calls a method.
pub(crate) fn call_program(names: &CrateNames, programs: &Programs) -> Code {
    let (library, client, variable) = (&names.library, &names.client, &names.variable);
    let request = request(names, &programs.call);
    let call = if programs.call.responds {
        quote! {
            let response = #request.send().await?;
            println!("{response:#?}");
        }
    } else {
        quote!(#request.send().await?;)
    };
    quote! {
        use #library::#client;

        #[tokio::main]
        async fn main() -> #library::Result<()> {
            let #variable = #client::builder().build().await?;
            #call
            Ok(())
        }
    }
}

/// The test of a call, with a transport that expects it and refuses.
pub(crate) fn test_program(names: &CrateNames, test: &TestProgram) -> Code {
    let (library, client, variable) = (&names.library, &names.client, &names.variable);
    let code = &test.code;
    let request = request(names, &test.call);
    let builder = written(&Type::Struct(test.builder.clone()), &[]);
    let parameter = test.parameter.as_ref().map(|(name, expected)| {
        let expected = value(names, expected);
        quote! {
            let name = call.path_parameter(#name);
            assert_eq!(name, Some(#expected));
        }
    });
    quote! {
        use #library::#client;
        use #library::runtime::{Call, Code, Reply, Result, Transport};

        #[derive(Debug)]
        struct Fake;

        impl Transport for Fake {
            async fn send(&self, call: Call) -> Result<Reply> {
                let is_expected = call.is::<#library::#builder>();
                assert!(is_expected);
                #parameter
                Ok(Reply::error(Code::#code, "not here"))
            }
        }

        #[tokio::main(flavor = "current_thread")]
        async fn main() -> Result<()> {
            let #variable = #client::builder().with_transport(Fake).build().await?;
            let error = #request.send().await.unwrap_err();
            assert_eq!(error.status().unwrap().code, Code::#code);
            Ok(())
        }
    }
}
