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
    let plain = |api: &Arc<Api>| Located {
        api: Arc::clone(api),
        path: request.path.clone(),
        root: format!("{}/", request.origin),
    };
    let own = apis
        .iter()
        .filter(|api| api.has_host(&request.host))
        .map(plain);
    let own: Vec<_> = own.collect();
    let prefixed: Vec<_> = apis
        .iter()
        .filter_map(|api| prefixed(api, request))
        .collect();
    // A path that no method has is still one of the API that the caller named.
    let named = own.first().or(prefixed.first()).cloned();
    let candidates = own
        .into_iter()
        .chain(prefixed)
        .chain(apis.iter().map(plain));
    let serves = |located: &Located| located.api.has_path(&located.path);
    let mut candidates = candidates.filter(serves);
    let best = candidates.next()?;
    let fits = |located: &Located| located.api.route(&request.verb, &located.path).is_some();
    if fits(&best) {
        return Some(best);
    }
    candidates.find(fits).or(named).or(Some(best))
}

/// Returns the rest of the path if it begins with the name and the version of an API.
fn prefixed(api: &Arc<Api>, request: &Incoming) -> Option<Located> {
    let document = &api.document;
    let prefix = format!("{}/{}", document.name, document.version);
    let path = request.path.strip_prefix(&prefix)?.strip_prefix('/')?;
    Some(Located {
        api: Arc::clone(api),
        path: path.to_owned(),
        root: format!("{}/{prefix}/", request.origin),
    })
}
