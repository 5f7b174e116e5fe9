//! Methods of a service.

use super::{
    http_method::HttpMethod,
    media::{DownloadVia, MediaUpload},
    pattern::Pattern,
    request_id::RequestId,
    template::{Segment, Template},
};

/// A method, as its Discovery document describes it. Generated clients hold one in a `static`.
///
/// ```
/// use discovery_runtime::{HttpMethod, Method, Segment::*};
/// static CANCEL: Method = Method::new(
///     "checks.accounts.apps.operations.cancel",
///     HttpMethod::Post,
///     &[Literal("v1alpha/"), Reserved("name"), Literal(":cancel")],
/// );
/// assert_eq!(CANCEL.path().to_string(), "v1alpha/{+name}:cancel");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Method {
    id: &'static str,
    http_method: HttpMethod,
    path: Template,
    api_version: Option<&'static str>,
    upload: Option<MediaUpload>,
    download: Option<DownloadVia>,
    operations: &'static [OperationService],
    request_id: Option<RequestId>,
}

impl Method {
    /// A method by its `id`, its `httpMethod` and the segments of its `path`.
    pub const fn new(id: &'static str, http_method: HttpMethod, path: &'static [Segment]) -> Self {
        Self {
            id,
            http_method,
            path: Template::new(path),
            api_version: None,
            upload: None,
            download: None,
            operations: &[],
            request_id: None,
        }
    }

    /// The document's `apiVersion`, sent as `x-goog-api-version`.
    pub const fn with_api_version(mut self, version: &'static str) -> Self {
        self.api_version = Some(version);
        self
    }

    /// The document's `mediaUpload`: the method takes media.
    pub const fn with_upload(mut self, upload: MediaUpload) -> Self {
        self.upload = Some(upload);
        self
    }

    /// The document's `supportsMediaDownload`: the method can return media.
    pub const fn with_download(mut self, download: DownloadVia) -> Self {
        self.download = Some(download);
        self
    }

    /// The method returns an operation, which one of these services has.
    pub const fn with_operations(mut self, services: &'static [OperationService]) -> Self {
        self.operations = services;
        self
    }

    /// The method's requests have an id by which the service recognises a repeated one.
    pub const fn with_request_id(mut self, place: RequestId) -> Self {
        self.request_id = Some(place);
        self
    }

    /// The method's id, such as `checks.accounts.apps.operations.cancel`.
    pub const fn id(&self) -> &'static str {
        self.id
    }

    /// The HTTP method of its requests.
    pub const fn http_method(&self) -> HttpMethod {
        self.http_method
    }

    /// The template of its path, relative to the service's URL.
    pub const fn path(&self) -> Template {
        self.path
    }

    pub(crate) const fn api_version(&self) -> Option<&'static str> {
        self.api_version
    }

    pub(crate) const fn upload(&self) -> Option<&MediaUpload> {
        self.upload.as_ref()
    }

    pub(crate) const fn download(&self) -> Option<DownloadVia> {
        self.download
    }

    pub(crate) const fn operations(&self) -> &'static [OperationService] {
        self.operations
    }

    pub(crate) const fn request_id(&self) -> Option<RequestId> {
        self.request_id
    }
}

/// A resource of operations: the methods that get, cancel and wait for one.
///
/// Generated clients hold a table of these, one for each `operations.get` of the document.
#[derive(Debug)]
pub struct OperationService {
    get: Method,
    variables: &'static [(&'static str, Option<&'static Pattern>)],
    cancel: Option<Method>,
    wait: Option<(Method, WaitTimeout)>,
}

/// The place of the timeout in a request that waits for an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WaitTimeout {
    /// The member `timeout` of its message.
    Body,
    /// The query parameter `timeout`.
    Query,
    /// None: the service decides how long to wait.
    Unsaid,
}

impl OperationService {
    /// A resource of operations by the method that gets one, and the variables of its path in
    /// order.
    pub const fn new(
        get: Method,
        variables: &'static [(&'static str, Option<&'static Pattern>)],
    ) -> Self {
        Self {
            get,
            variables,
            cancel: None,
            wait: None,
        }
    }

    /// The method that cancels an operation; its path has the same variables.
    #[must_use]
    pub const fn with_cancel(mut self, method: Method) -> Self {
        self.cancel = Some(method);
        self
    }

    /// The method that waits for an operation; its path has the same variables.
    #[must_use]
    pub const fn with_wait(mut self, method: Method, timeout: WaitTimeout) -> Self {
        self.wait = Some((method, timeout));
        self
    }

    pub(crate) const fn get(&self) -> &Method {
        &self.get
    }

    pub(crate) const fn cancel(&self) -> Option<&Method> {
        self.cancel.as_ref()
    }

    pub(crate) const fn wait(&self) -> Option<&(Method, WaitTimeout)> {
        self.wait.as_ref()
    }

    pub(crate) const fn variables(&self) -> &'static [(&'static str, Option<&'static Pattern>)] {
        self.variables
    }

    /// The pattern that the value of a variable has to match.
    pub(crate) fn pattern(&self, variable: &str) -> Option<&'static Pattern> {
        let mut variables = self.variables.iter();
        variables
            .find(|(name, _)| *name == variable)
            .and_then(|(_, pattern)| *pattern)
    }

    /// Returns whether a variable may have this value.
    pub(crate) fn fits(&self, variable: &str, value: &str) -> bool {
        self.pattern(variable)
            .is_none_or(|pattern| pattern.matches(value))
    }

    /// Returns whether the method gets operations of this resource.
    pub(crate) fn is_get(&self, method: &Method) -> bool {
        self.get.id == method.id
    }

    /// Returns whether the method gets, cancels or waits for operations of this resource.
    pub(crate) fn has_method(&self, method: &Method) -> bool {
        let wait = self.wait.as_ref().map(|(wait, _)| wait);
        let mut own = std::iter::once(&self.get).chain(&self.cancel).chain(wait);
        own.any(|own| own.id == method.id)
    }
}
