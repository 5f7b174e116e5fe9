//! The order in which documentation shows methods: first those that a user of the API calls first.

use std::cmp::Reverse;

use super::calls::Call;

/// The effect of a call, the best one for a first try first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Effect {
    Reads,
    /// Computes something from its request.
    Answers,
    Changes,
    Deletes,
}

/// The first words of `POST` methods that change nothing.
#[rustfmt::skip]
const ANSWERS: &[&str] = &[
    "aggregate", "analyze", "annotate", "batchGet", "check", "classify", "compute", "count",
    "decode", "detect", "evaluate", "fetch", "find", "get", "list", "lookup", "predict",
    "preview", "query", "recognize", "retrieve", "search", "translate", "troubleshoot",
    "validate", "verify",
];

/// Resources that many APIs have beside their own.
const COMMON_RESOURCES: &[&str] = &["locations", "operations"];

/// The names of methods that make something new.
const CREATES: &[&str] = &["create", "insert", "upload"];

impl Call<'_> {
    /// Returns the name of the method, and that of its resource.
    fn names(&self) -> (&str, Option<&str>) {
        let mut names = self.method.descriptor.id.rsplit('.');
        (names.next().unwrap_or_default(), names.next())
    }

    pub(super) fn effect(&self) -> Effect {
        let (name, _) = self.names();
        match self.method.descriptor.verb.as_str() {
            "Get" => Effect::Reads,
            "Post" if ANSWERS.iter().any(|word| name.starts_with(word)) => Effect::Answers,
            "Delete" => Effect::Deletes,
            _ => Effect::Changes,
        }
    }

    /// Returns the position among the calls that a user tries first: lists and gets of the resource with
    /// the most methods.
    pub(super) fn rank_as_first(&self) -> impl Ord + use<> {
        let (name, resource) = self.names();
        let position = ["list", "get"].iter().position(|usual| *usual == name);
        let is_common = resource.is_some_and(|resource| COMMON_RESOURCES.contains(&resource));
        (
            (self.method.example.deprecated, self.effect(), is_common),
            (position.is_none(), Reverse(self.weight)),
            (self.method.example.call.accessors.len(), position),
            self.method.arguments.len(),
        )
    }

    /// Returns the position among the calls that upload: those that make something new of the resource
    /// with the most methods, and media of any size.
    pub(super) fn rank_as_upload(&self) -> impl Ord + use<> {
        let (name, _) = self.names();
        let max_size = self
            .method
            .upload
            .as_ref()
            .and_then(|upload| upload.max_size);
        (
            (
                self.method.example.deprecated,
                self.effect() == Effect::Deletes,
            ),
            (!CREATES.contains(&name), Reverse(self.weight)),
            Reverse(max_size.unwrap_or(u64::MAX)),
            self.method.arguments.len(),
        )
    }
}
