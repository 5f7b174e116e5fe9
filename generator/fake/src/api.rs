//! A document, compiled for serving.

pub(crate) mod collections;
mod method_path;
pub(crate) mod pattern;
pub(crate) mod roles;
pub(crate) mod schemas;
pub(crate) mod table;

use std::collections::BTreeMap;

use discovery::{Document, Method};

use collections::Collections;
use method_path::MethodPath;
use pattern::{Captures, PathPattern};
use roles::Role;
use schemas::Schemas;
use table::{Entry, Table, Via};

/// An API that is served.
#[derive(Debug)]
pub(crate) struct Api {
    pub(crate) document: Document,
    pub(crate) methods: Vec<ServedMethod>,
    pub(crate) collections: Collections,
    table: Table,
}

/// A method, with its compiled path and its role.
#[derive(Debug)]
pub(crate) struct ServedMethod {
    pub(crate) method: Method,
    /// The path; none for a template that is not served.
    pub(crate) path: Option<PathPattern>,
    pub(crate) role: Role,
}

/// The method that serves a request.
#[derive(Debug)]
pub(crate) struct Routed<'a> {
    pub(crate) served: &'a ServedMethod,
    pub(crate) via: Via,
    pub(crate) captures: Captures,
}

impl Api {
    pub(crate) fn new(document: Document) -> Self {
        let mut paths = Vec::new();
        let mut entries = Vec::new();
        for node in document.methods() {
            let method = node.method;
            let index = paths.len();
            for (via, pattern) in patterns(&document, method) {
                entries.extend(pattern.map(|pattern| Entry::new(index, via, pattern, method)));
            }
            paths.push(MethodPath {
                method: method.clone(),
                path: compile(method, &document.service_path, &method.path),
            });
        }
        let schemas = Schemas::new(&document);
        let collections = Collections::new(&paths, schemas);
        let methods = paths.into_iter().map(|served| ServedMethod {
            role: roles::role(&served, &collections, schemas),
            method: served.method,
            path: served.path,
        });
        let methods = methods.collect();
        Self {
            table: Table::new(entries),
            methods,
            collections,
            document,
        }
    }

    pub(crate) fn schemas(&self) -> Schemas<'_> {
        Schemas::new(&self.document)
    }

    /// Returns the method that serves a verb and a path without its leading slash.
    pub(crate) fn route(&self, verb: &http::Method, path: &str) -> Option<Routed<'_>> {
        let (entry, captures) = self.table.find(verb.as_str(), path)?;
        Some(Routed {
            served: self.methods.get(entry.method)?,
            via: entry.via,
            captures,
        })
    }

    /// Returns whether another verb than that of the request has this path.
    pub(crate) fn has_path(&self, path: &str) -> bool {
        ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"]
            .iter()
            .any(|verb| self.table.find(verb, path).is_some())
    }

    /// Returns whether a host is one of the document's.
    pub(crate) fn has_host(&self, host: &str) -> bool {
        let document = &self.document;
        let regional = document.endpoints.iter().map(|one| &one.endpoint_url);
        let urls = [Some(&document.root_url), document.mtls_root_url.as_ref()];
        let mut urls = urls.into_iter().flatten().chain(regional);
        urls.any(|url| host_of(url) == host)
    }

    /// Returns how many methods are served with state, with samples, and not at all.
    pub(crate) fn coverage(&self) -> Coverage {
        let mut coverage = Coverage::default();
        for served in &self.methods {
            let count = match (&served.path, &served.role) {
                (None, _) => &mut coverage.unserved,
                (Some(_), Role::Sample) => &mut coverage.samples,
                (Some(_), _) => &mut coverage.stateful,
            };
            *count += 1;
            let role = served.role.name();
            *coverage.roles.entry(role).or_default() += 1;
        }
        coverage
    }
}

/// The numbers of methods by how they are served.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Methods that read or change state.
    pub stateful: usize,
    /// Methods that return a sample of their response.
    pub samples: usize,
    /// Methods whose path has a form that is not served.
    pub unserved: usize,
    /// The number of methods of each role.
    pub roles: BTreeMap<&'static str, usize>,
}

fn host_of(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split('/').next().unwrap_or_default()
}

/// Returns the patterns of a method's paths, each with its purpose.
fn patterns(document: &Document, method: &Method) -> Vec<(Via, Option<PathPattern>)> {
    let service = &document.service_path;
    let mut patterns = vec![(Via::Plain, compile(method, service, &method.path))];
    if method.supports_media_download {
        let prefix = format!("download/{service}");
        patterns.push((Via::Download, compile(method, &prefix, &method.path)));
    }
    if let Some(upload) = &method.media_upload {
        let protocols = [&upload.simple, &upload.resumable];
        for protocol in protocols.into_iter().flatten() {
            patterns.push((Via::Upload, compile(method, "", &protocol.path)));
        }
    }
    patterns
}

fn compile(
    method: &Method,
    prefix: &str,
    path: &discovery::template::Template,
) -> Option<PathPattern> {
    let pattern_of = |name: &str| method.parameters.get(name)?.schema.pattern.clone();
    PathPattern::new(prefix, path, pattern_of)
}
