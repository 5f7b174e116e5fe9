//! The API that a request is for, and the path of the method.

use std::sync::Arc;

use crate::api::Api;
use crate::incoming::Incoming;

/// An API and the path below its root URL.
#[derive(Clone, Debug)]
pub(crate) struct Located {
    pub(crate) api: Arc<Api>,
    pub(crate) path: String,
    /// The URL of the server for this API, with a slash at its end.
    pub(crate) root: String,
}

/// Returns the API of a request: the one of its host, the one that its path begins with, as
/// `/checks/v1alpha/` does, or the first one with a method at its path.
pub(crate) fn locate(apis: &[Arc<Api>], request: &Incoming) -> Option<Located> {
    let own = || {
        apis.iter()
            .filter(|api| api.has_host(&request.host))
            .map(|api| plain(api, request))
    };
    let prefixed = || apis.iter().filter_map(|api| prefixed(api, request));
    let named = || own().chain(prefixed());
    let all = || named().chain(apis.iter().map(|api| plain(api, request)));
    let serves = |located: &Located| located.api.route(&request.verb, &located.path).is_some();
    let has_path = |located: &Located| located.api.has_path(&located.path);
    // Without such a method, the error is that of the API that the caller named, or of one with the path.
    all()
        .find(serves)
        .or_else(|| named().next())
        .or_else(|| all().find(has_path))
}

fn plain(api: &Arc<Api>, request: &Incoming) -> Located {
    Located {
        api: Arc::clone(api),
        path: request.path.clone(),
        root: format!("{}/", request.origin),
    }
}

/// Returns the rest of the path if it begins with the name and the version of an API.
fn prefixed(api: &Arc<Api>, request: &Incoming) -> Option<Located> {
    let (name, version) = (&api.document.name, &api.document.version);
    let path = request
        .path
        .strip_prefix(name.as_str())?
        .strip_prefix('/')?;
    let path = path.strip_prefix(version.as_str())?.strip_prefix('/')?;
    Some(Located {
        api: Arc::clone(api),
        path: path.to_owned(),
        root: format!("{}/{name}/{version}/", request.origin),
    })
}
