//! Methods that stream: the response is several messages, one after the other.
//!
//! Documents do not say so in a field of its own. Names and descriptions of all published methods that
//! stream do, each phrase below in some of them, and in no other method. An overlay decides
//! (`serverStreaming`) where a document does not.

use discovery::{Method, Schema};

use crate::names::Ident;

/// Words in the name of a method.
const NAMES: &[&str] = &["stream", "streaming"];

/// Phrases in the description of a method.
const OF_METHODS: &[&str] = &[
    "as a stream",
    "bidirectional streaming",
    "choose to stream",
    "in a stream",
    "in a streaming fashion",
    "server-side streaming",
    "server-stream",
    "server-streamed",
    "stream of google",
    "streamed into the response",
    "streaming call",
    "streaming read of",
    "streaming response",
    "streaming version",
    "streams results",
    "streams the response",
    "this method returns a stream",
];

/// Phrases in the description of a response.
const OF_RESPONSES: &[&str] = &[
    "output for streaming",
    "partial results from a stream",
    "partial results from a streaming",
    "stream response",
    "streamed response",
    "streaming response",
];

/// Phrases in the description of a response's field. Those about the first response are about the first
/// page in a list.
const OF_FIELDS: &[&str] = &[
    "as part of the first response",
    "final message in the stream",
    "in the first response",
    "on the first response",
    "reporting partial progress",
];

/// Words of which each phrase has one: few descriptions have any.
const WORDS: &[&str] = &["stream", "first response", "partial progress"];

/// Returns whether the method, with this response, streams.
pub(super) fn streams(method: &Method, response: &Schema) -> bool {
    let is_page = response.properties.contains_key("nextPageToken");
    let in_fields = || {
        let mut fields = response.properties.values();
        fields.any(|field| says(&field.description, OF_FIELDS))
    };
    method.server_streaming.unwrap_or_else(|| {
        is_named(method)
            || says(&method.description, OF_METHODS)
            || says(&response.description, OF_RESPONSES)
            || !is_page && in_fields()
    })
}

fn is_named(method: &Method) -> bool {
    let name = method.id.rsplit('.').next().unwrap_or_default();
    let name = Ident::snake(name);
    name.as_str().split('_').any(|word| NAMES.contains(&word))
}

/// Returns whether a text has one of the phrases, as whole words.
fn says(text: &str, phrases: &[&str]) -> bool {
    let text = text.to_lowercase();
    if !WORDS.iter().any(|word| text.contains(word)) {
        return false;
    }
    let is_word = |character: Option<char>| character.is_some_and(char::is_alphanumeric);
    phrases.iter().any(|phrase| {
        let mut found = text.match_indices(phrase);
        found.any(|(start, _)| {
            let before = text
                .get(..start)
                .and_then(|before| before.chars().next_back());
            let after = text.get(start + phrase.len()..);
            !is_word(before) && !is_word(after.and_then(|after| after.chars().next()))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_phrase_has_a_word_that_is_searched_first() {
        for phrase in [OF_METHODS, OF_RESPONSES, OF_FIELDS].concat() {
            assert!(WORDS.iter().any(|word| phrase.contains(word)), "{phrase}");
        }
    }

    fn method(name: &str, description: &str) -> Method {
        Method {
            id: format!("api.things.{name}"),
            description: description.to_owned(),
            ..Method::default()
        }
    }

    fn schema(description: &str) -> Schema {
        Schema {
            description: description.to_owned(),
            ..Schema::default()
        }
    }

    fn with_fields(fields: &[(&str, &str)]) -> Schema {
        let fields = fields
            .iter()
            .map(|(name, description)| ((*name).to_owned(), schema(description)));
        Schema {
            properties: fields.collect(),
            ..Schema::default()
        }
    }

    /// Sentences of published documents.
    #[test]
    fn names_and_descriptions_decide() {
        for (name, description) in [
            ("streamGenerateContent", ""),
            ("serverStreamingPredict", ""),
            ("searchLineageStreaming", ""),
            ("stream", ""),
            (
                "adaptMessage",
                "Handles a single message from the client and returns the result as a stream.",
            ),
            (
                "batchWrite",
                "The results of individual batches are streamed into the response as the batches are applied.",
            ),
            ("generate", "Returns result of a server-side streaming RPC."),
            (
                "subscribe",
                "TaskSubscription is a streaming call that will return a stream of task update events.",
            ),
            (
                "execute",
                "Returns a stream of google.longrunning.Operation messages",
            ),
        ] {
            assert!(
                streams(&method(name, description), &schema("")),
                "{name} {description}"
            );
        }
        for (name, description) in [
            ("streams", ""),
            ("get", "Returns a stream of personalized book clusters"),
            (
                "upload",
                "Call media.upload to upload the content, as a streaming request",
            ),
            (
                "executeSql",
                "Larger result sets can be fetched in streaming fashion by calling ExecuteStreamingSql instead.",
            ),
            (
                "pull",
                "Subsequent `Pull` and `StreamingPull` requests will return FAILED_PRECONDITION.",
            ),
            ("prewarmArtifact", "Prewarms an artifact for streaming."),
            (
                "searchLinks",
                "Links represent the data flow between source (upstream) and target (downstream) assets",
            ),
        ] {
            assert!(
                !streams(&method(name, description), &schema("")),
                "{name} {description}"
            );
        }
    }

    #[test]
    fn responses_decide() {
        let plain = method("runQuery", "Runs a query.");
        for response in [
            schema("The streamed response for Firestore.BatchGetDocuments."),
            schema("Partial results from a streaming read or SQL query."),
            with_fields(&[(
                "document",
                "A query result, not set when reporting partial progress.",
            )]),
            with_fields(&[(
                "transaction",
                "Will only be set in the first response, and only if new_transaction was set",
            )]),
        ] {
            assert!(streams(&plain, &response), "{response:?}");
        }
        let first = "The size of the data will be identical to the value in the first response.";
        for response in [
            schema("The response for Datastore.RunQuery."),
            schema("Describes the format of a streaming insert response."),
            with_fields(&[("items", first), ("nextPageToken", "")]),
            with_fields(&[(
                "metrics",
                "it is sent only once with the last response in the stream.",
            )]),
        ] {
            assert!(!streams(&plain, &response), "{response:?}");
        }
    }

    #[test]
    fn an_overlay_overrules_the_text() {
        for streaming in [false, true] {
            for name in ["stream", "get"] {
                let method = Method {
                    server_streaming: Some(streaming),
                    ..method(name, "")
                };
                assert_eq!(streams(&method, &schema("")), streaming);
            }
        }
    }
}
