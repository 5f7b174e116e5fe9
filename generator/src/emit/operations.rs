//! The table of methods that get, cancel and await operations.

use super::constants;
use super::methods::descriptor;
use super::tokens::{Code, quote};
use crate::model::{Api, OperationService, OperationVariable, WaitTimeout};

pub(super) fn table(api: &Api) -> Code {
    let patterns = api
        .operations
        .iter()
        .flat_map(|service| &service.variables)
        .filter_map(|variable| variable.pattern.as_ref())
        .map(constants::pattern);
    let services = api.operations.iter().map(service);
    quote! {
        //! The methods that get operations of this API, cancel them and wait for them.
        use crate::runtime;

        #(#patterns)*

        pub(crate) static OPERATIONS: &[runtime::OperationService] = &[#(#services),*];
    }
}

fn service(service: &OperationService) -> Code {
    let get = descriptor(&service.get);
    let variables =
        service
            .variables
            .iter()
            .map(|OperationVariable { name, pattern }| match pattern {
                Some(pattern) => {
                    let ident = &pattern.ident;
                    quote!((#name, Some(&#ident)))
                }
                None => quote!((#name, None)),
            });
    let cancel = service.cancel.as_ref().map(|method| {
        let method = descriptor(method);
        quote!(.with_cancel(#method))
    });
    let wait = service.wait.as_ref().map(|wait| {
        let method = descriptor(&wait.method);
        let timeout = match wait.timeout {
            WaitTimeout::Body => quote!(Body),
            WaitTimeout::Query => quote!(Query),
            WaitTimeout::Unsaid => quote!(Unsaid),
        };
        quote!(.with_wait(#method, runtime::WaitTimeout::#timeout))
    });
    quote!(runtime::OperationService::new(#get, &[#(#variables),*]) #cancel #wait)
}
