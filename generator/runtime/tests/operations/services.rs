//! Resources of operations, as in the documents of Kubernetes Engine, App Engine, Compute Engine and
//! Cloud Storage.

use discovery_runtime::{
    HttpMethod, Method, OperationService, Pattern,
    Segment::{self, Literal, Reserved, Variable},
    WaitTimeout,
};

pub(crate) const fn get(id: &'static str, path: &'static [Segment]) -> Method {
    Method::new(id, HttpMethod::Get, path)
}

static GKE_NAME: Pattern = Pattern::new("^projects/[^/]+/locations/[^/]+/operations/[^/]+$");
pub(crate) static GKE: &[OperationService] = &[
    OperationService::new(
        get(
            "gke.locations.operations.get",
            &[Literal("v1/"), Reserved("name")],
        ),
        &[("name", Some(&GKE_NAME))],
    )
    .with_cancel(Method::new(
        "gke.locations.operations.cancel",
        HttpMethod::Post,
        &[Literal("v1/"), Reserved("name"), Literal(":cancel")],
    )),
    OperationService::new(
        get(
            "gke.zones.operations.get",
            &[
                Literal("v1/projects/"),
                Variable("projectId"),
                Literal("/zones/"),
                Variable("zone"),
                Literal("/operations/"),
                Variable("operationId"),
            ],
        ),
        &[("projectId", None), ("zone", None), ("operationId", None)],
    ),
];
pub(crate) static APPS: &[OperationService] = &[
    OperationService::new(
        get(
            "apps.operations.get",
            &[
                Literal("v1/apps/"),
                Variable("appsId"),
                Literal("/operations/"),
                Variable("operationsId"),
            ],
        ),
        &[("appsId", None), ("operationsId", None)],
    ),
    OperationService::new(
        get(
            "apps.projects.operations.get",
            &[
                Literal("v1/projects/"),
                Variable("projectsId"),
                Literal("/locations/"),
                Variable("locationsId"),
                Literal("/operations/"),
                Variable("operationsId"),
            ],
        ),
        &[
            ("projectsId", None),
            ("locationsId", None),
            ("operationsId", None),
        ],
    ),
];
static FOLDER: Pattern = Pattern::new("folders/[0-9]{0,20}");
pub(crate) static COMPUTE: &[OperationService] = &[
    OperationService::new(
        get(
            "compute.zoneFolderOperations.get",
            &[
                Reserved("folder"),
                Literal("/zones/"),
                Variable("zone"),
                Literal("/operations/"),
                Variable("operation"),
            ],
        ),
        &[
            ("folder", Some(&FOLDER)),
            ("zone", None),
            ("operation", None),
        ],
    ),
    OperationService::new(
        get(
            "compute.globalOperations.get",
            &[
                Literal("projects/"),
                Variable("project"),
                Literal("/global/operations/"),
                Variable("operation"),
            ],
        ),
        &[("project", None), ("operation", None)],
    ),
    OperationService::new(
        get(
            "compute.organizationOperations.get",
            &[
                Literal("locations/global/operations/"),
                Variable("operation"),
            ],
        ),
        &[("operation", None)],
    ),
    OperationService::new(
        get(
            "compute.regionOperations.get",
            &[
                Literal("projects/"),
                Variable("project"),
                Literal("/regions/"),
                Variable("region"),
                Literal("/operations/"),
                Variable("operation"),
            ],
        ),
        &[("project", None), ("region", None), ("operation", None)],
    ),
    OperationService::new(
        get(
            "compute.zoneOperations.get",
            &[
                Literal("projects/"),
                Variable("project"),
                Literal("/zones/"),
                Variable("zone"),
                Literal("/operations/"),
                Variable("operation"),
            ],
        ),
        &[("project", None), ("zone", None), ("operation", None)],
    )
    .with_wait(
        Method::new(
            "compute.zoneOperations.wait",
            HttpMethod::Post,
            &[
                Literal("projects/"),
                Variable("project"),
                Literal("/zones/"),
                Variable("zone"),
                Literal("/operations/"),
                Variable("operation"),
                Literal("/wait"),
            ],
        ),
        WaitTimeout::Unsaid,
    ),
];
pub(crate) static BUCKETS: &[OperationService] = &[OperationService::new(
    get(
        "storage.operations.get",
        &[
            Literal("b/"),
            Variable("bucket"),
            Literal("/operations/"),
            Variable("operationId"),
        ],
    ),
    &[("bucket", None), ("operationId", None)],
)];
