//! Request builders of generated clients.

use std::pin::Pin;

use crate::error::Result;

/// The request builder of one method, for code over any request. With it a fake
/// [`Transport`](crate::Transport) recognises calls ([`Call::is`](crate::Call::is)).
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a request of a method",
    note = "a generated client has a request builder for each method, such as `accounts::apps::List`"
)]
pub trait MethodRequest: IntoFuture<Output = Result<Self::Response>, IntoFuture: Send> {
    /// The method's id, such as `checks.accounts.apps.get`.
    const METHOD: &'static str;

    /// The response of the method.
    type Response;

    /// Sends the request.
    fn send(self) -> Self::IntoFuture
    where
        Self: Sized,
    {
        self.into_future()
    }
}

/// The future of a response.
#[doc(hidden)]
pub type Sending<R> = Pin<Box<dyn Future<Output = Result<R>> + Send>>;

/// Makes a generated request builder a [`MethodRequest`](crate::MethodRequest), gives it the options
/// of [`RequestOptionsBuilder`](crate::RequestOptionsBuilder), and lets `.await` send it. The builder
/// has a field `request`, and `body` if one is named.
#[macro_export]
macro_rules! request_builder {
    ($name:ident, $method:literal, $sending:ident -> $response:ty $(, $body:ident)?) => {
        impl $crate::MethodRequest for $name {
            const METHOD: &'static str = $method;

            type Response = $response;
        }

        impl ::std::future::IntoFuture for $name {
            type Output = $crate::Result<$response>;

            type IntoFuture = $crate::__private::Sending<$response>;

            fn into_future(self) -> Self::IntoFuture {
                self.request$(.$body(&self.body))?.$sending()
            }
        }

        impl $crate::RequestBuilder for $name {
            fn request_options(&mut self) -> &mut $crate::RequestOptions {
                self.request.options()
            }
        }

        $($crate::request_builder!(@$body $name);)?
    };
    (@http_body $name:ident) => {};
    (@json $name:ident) => {
        $crate::request_builder!(@sent_fields $name, ::std::option::Option::Some);
    };
    (@optional_json $name:ident) => {
        $crate::request_builder!(@sent_fields $name, ::std::option::Option::as_ref);
    };
    (@sent_fields $name:ident, $of:path) => {
        impl $name {
            /// Sends `null` for these fields of the request, which clears them. A field is named as
            /// in the document, one within another as `outer.inner`, an entry of a map as `map.key`.
            pub fn with_null_fields(
                mut self,
                fields: impl ::std::iter::IntoIterator<Item = impl ::std::convert::AsRef<str>>,
            ) -> Self {
                self.request.set_null_fields($of(&self.body), fields);
                self
            }

            /// Sends these fields of the request even if they are empty: lists as `[]`, maps and
            /// messages as `{}`. They are named as in
            /// [`with_null_fields`](Self::with_null_fields).
            pub fn with_empty_fields(
                mut self,
                fields: impl ::std::iter::IntoIterator<Item = impl ::std::convert::AsRef<str>>,
            ) -> Self {
                self.request.set_empty_fields($of(&self.body), fields);
                self
            }
        }
    };
}
