//! Services.

/// The domain of Google's public cloud, in which documents place their root URLs.
pub(crate) const PUBLIC_UNIVERSE: &str = "googleapis.com";

/// A service, as its Discovery document describes it. Generated clients hold one in a `static`.
///
/// ```
/// use discovery_runtime::Service;
/// static SERVICE: Service = Service::new("checks", "v1alpha", "https://checks.googleapis.com/")
///     .with_scopes(&["https://www.googleapis.com/auth/checks"])
///     .with_package("google-checks-v1alpha", "0.1.0");
/// assert_eq!(SERVICE.name(), "checks");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Service {
    name: &'static str,
    version: &'static str,
    root_url: &'static str,
    service_path: &'static str,
    scopes: &'static [&'static str],
    data_wrapper: bool,
    package: (&'static str, &'static str),
}

impl Service {
    /// A service by the `name`, `version` and `rootUrl` of its document.
    pub const fn new(name: &'static str, version: &'static str, root_url: &'static str) -> Self {
        Self {
            name,
            version,
            root_url,
            service_path: "",
            scopes: &[],
            data_wrapper: false,
            package: ("discovery-runtime", env!("CARGO_PKG_VERSION")),
        }
    }

    /// The document's `servicePath`, which stands between the root URL and a method's path.
    pub const fn with_service_path(mut self, service_path: &'static str) -> Self {
        self.service_path = service_path;
        self
    }

    /// The OAuth 2.0 scopes to request unless the caller names others.
    pub const fn with_scopes(mut self, scopes: &'static [&'static str]) -> Self {
        self.scopes = scopes;
        self
    }

    /// The document's feature `dataWrapper`: each message is wrapped in a member `data`.
    pub const fn with_data_wrapper(mut self) -> Self {
        self.data_wrapper = true;
        self
    }

    /// The name and version of the generated package, sent as the `User-Agent`.
    pub const fn with_package(mut self, name: &'static str, version: &'static str) -> Self {
        self.package = (name, version);
        self
    }

    /// The service's name, such as `checks`.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The version of its API, such as `v1alpha`.
    pub const fn version(&self) -> &'static str {
        self.version
    }

    /// The root URL of all requests, unless the client has another endpoint.
    pub const fn root_url(&self) -> &'static str {
        self.root_url
    }

    pub(crate) const fn service_path(&self) -> &'static str {
        self.service_path
    }

    pub(crate) const fn scopes(&self) -> &'static [&'static str] {
        self.scopes
    }

    pub(crate) const fn data_wrapper(&self) -> bool {
        self.data_wrapper
    }

    pub(crate) const fn package(&self) -> (&'static str, &'static str) {
        self.package
    }
}
