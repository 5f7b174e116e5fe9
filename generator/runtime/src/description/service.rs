//! What a generated client says about the service it calls.

/// A service, as its Discovery document describes it. Generated clients hold one in a `static`.
///
/// ```
/// use discovery_runtime::Service;
/// static SERVICE: Service = Service::new("checks", "v1alpha", "https://checks.googleapis.com/")
///     .scopes(&["https://www.googleapis.com/auth/checks"])
///     .package("google-checks-v1alpha", "0.1.0");
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
    pub const fn service_path(mut self, service_path: &'static str) -> Self {
        self.service_path = service_path;
        self
    }

    /// The OAuth 2.0 scopes to ask for unless the caller names others.
    pub const fn scopes(mut self, scopes: &'static [&'static str]) -> Self {
        self.scopes = scopes;
        self
    }

    /// The document's feature `dataWrapper`: messages go and come in a member `data`.
    pub const fn data_wrapper(mut self) -> Self {
        self.data_wrapper = true;
        self
    }

    /// Name and version of the generated package, sent as the `User-Agent`.
    pub const fn package(mut self, name: &'static str, version: &'static str) -> Self {
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

    /// The root URL that requests go to unless the client was given another endpoint.
    pub const fn root_url(&self) -> &'static str {
        self.root_url
    }

    pub(crate) const fn wraps_data(&self) -> bool {
        self.data_wrapper
    }

    pub(crate) const fn path_prefix(&self) -> &'static str {
        self.service_path
    }

    pub(crate) const fn default_scopes(&self) -> &'static [&'static str] {
        self.scopes
    }

    pub(crate) const fn package_name(&self) -> &'static str {
        self.package.0
    }

    pub(crate) const fn package_version(&self) -> &'static str {
        self.package.1
    }
}
