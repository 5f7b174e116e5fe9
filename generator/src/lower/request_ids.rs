//! Ids by which services recognise repeated requests ([AIP-155](https://google.aip.dev/155)).

use discovery::{HttpMethod, Location, Method, Schema, SchemaKind};

use super::context::Context;
use crate::model::RequestId;

/// The name of the parameter or field. Other names have other rules.
const NAME: &str = "requestId";

impl Context<'_> {
    /// Returns the place of the id of a method's requests, if the document says that the service
    /// carries out requests of one id once.
    pub(super) fn request_id(&self, method: &Method) -> Option<RequestId> {
        if matches!(method.http_method, HttpMethod::Get | HttpMethod::Head) {
            return None;
        }
        let parameter = method.parameters.get(NAME).filter(|parameter| {
            parameter.location == Location::Query && !parameter.repeated && is_id(&parameter.schema)
        });
        if parameter.is_some() {
            return Some(RequestId::Query(NAME.to_owned()));
        }
        let message = self.resolve(method.request.as_ref()?);
        let is_wrapped = self
            .document
            .features
            .iter()
            .any(|feature| feature == "dataWrapper");
        let field = message.properties.get(NAME).filter(|field| is_id(field));
        (field.is_some() && !is_wrapped).then(|| RequestId::Body(NAME.to_owned()))
    }
}

fn is_id(schema: &Schema) -> bool {
    matches!(schema.kind, SchemaKind::String)
        && schema.format.is_none()
        && !schema.deprecated
        && makes_idempotent(&schema.description)
}

/// Returns whether a description promises that a request with the same id is not carried out again.
fn makes_idempotent(description: &str) -> bool {
    let text = description.to_lowercase();
    let has = |words: &str| text.contains(words);
    let promises = has("idempoten")
        || has("duplicat")
        || has("de-dup")
        || has("ignore") && (has("same") || has("retry"));
    // An id that excludes other fields is not for every request.
    promises && !has("must not be set")
}

#[cfg(test)]
mod tests {
    use super::makes_idempotent;

    #[test]
    fn descriptions_promise_idempotence_or_not() {
        for promise in [
            "An optional request ID to identify requests. Specify a unique request ID so that if you \
             must retry your request, the server will know to ignore the request if it has already \
             been completed.",
            "Optional. Idempotent request UUID.",
            "begin_interface: MixerMutationRequestBuilder\nRequest ID to support idempotency.",
            "A unique ID used to identify the request. If the server receives two requests with the \
             same ID, then the second request is ignored.",
            "An optional but recommended unique `request_id`. If the server receives two `create()` \
             requests with the same `request_id`, then the second request will be ignored.",
            "Optional. This is used to de-dup incoming request: if the duplicate request was \
             detected, the response from the previous execution is returned.",
            "Optional. This field will be used to identify the long running operation, avoiding \
             duplication when user retries.",
        ] {
            assert!(makes_idempotent(promise), "{promise}");
        }
        for other in [
            "",
            "Optional. An optional request ID to identify requests.",
            "Request ID used for debugging.",
            "Deprecated. This field is ignored.",
            "Optional. The request ID must be a valid UUID with the exception that zero UUID is not \
             supported (00000000-0000-0000-0000-000000000000).",
            "Optional. A tag that prevents multiple concurrent workflow instances with the same tag \
             from running.",
            "Ensures idempotency for expensive long running operations. Note that this field must not \
             be set if the desired input config is catalog_inline_source.",
        ] {
            assert!(!makes_idempotent(other), "{other}");
        }
    }
}
