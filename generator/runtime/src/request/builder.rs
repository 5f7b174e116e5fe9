//! Request builders of generated clients.

/// The request builder of one method. With it a fake [`Transport`](crate::Transport) recognises
/// calls ([`Call::is`](crate::Call::is)).
pub trait MethodRequest {
    /// The method's id, such as `checks.accounts.apps.get`.
    const METHOD: &'static str;
}

/// Gives a generated request builder the id of its method, and the setters of
/// [`RequestOptionsBuilder`](crate::RequestOptionsBuilder). The builder has a field `request`.
#[macro_export]
macro_rules! request_builder {
    ($name:ident, $method:literal) => {
        impl $crate::MethodRequest for $name {
            const METHOD: &'static str = $method;
        }

        impl $crate::RequestBuilder for $name {
            fn request_options(&mut self) -> &mut $crate::RequestOptions {
                self.request.options()
            }
        }
    };
}
