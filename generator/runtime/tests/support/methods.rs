//! A service and its methods.

use discovery_runtime::{
    HttpMethod, Method, Pattern,
    Segment::{Literal, Reserved},
    Service,
};

pub(crate) static SERVICE: Service =
    Service::new("checks", "v1alpha", "https://checks.googleapis.com/")
        .with_package("google-checks-v1alpha", "0.1.0");
pub(crate) static GET: Method = Method::new(
    "checks.things.get",
    HttpMethod::Get,
    &[Literal("v1alpha/"), Reserved("name")],
);
pub(crate) static DELETE: Method = Method::new(
    "checks.things.delete",
    HttpMethod::Delete,
    &[Literal("v1alpha/"), Reserved("name")],
);
pub(crate) static CREATE: Method = Method::new(
    "checks.things.create",
    HttpMethod::Post,
    &[Literal("v1alpha/things")],
);
pub(crate) static PATCH: Method = Method::new(
    "checks.things.patch",
    HttpMethod::Patch,
    &[Literal("v1alpha/"), Reserved("name")],
);
pub(crate) static PUT: Method = Method::new(
    "checks.things.put",
    HttpMethod::Put,
    &[Literal("v1alpha/"), Reserved("name")],
);
pub(crate) static CANCEL: Method = Method::new(
    "checks.accounts.apps.operations.cancel",
    HttpMethod::Post,
    &[Literal("v1alpha/"), Reserved("name"), Literal(":cancel")],
);
pub(crate) static OPERATION: Pattern = Pattern::new("^accounts/[^/]+/apps/[^/]+/operations/[^/]+$");
