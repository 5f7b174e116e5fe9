//! `cargo xtask publish`: publishes the packages of this workspace that the registry lacks.
//!
//! Cargo knows the order, builds each package and waits until the registry has its dependencies. It
//! refuses to continue at versions that are already there, so those are left out: after an error or a
//! rate limit the same command resumes.
//!
//! A dry run builds every package from the files that would be uploaded, each against the others. It
//! does not ask the registry for versions, so that it runs offline.

use std::env;
use std::ffi::OsString;
use std::process::{Command, ExitStatus, Output};

use serde::Deserialize;

pub use crate::cli::Publish as Request;
use crate::message::Message;
use crate::workspace::Workspace;

/// The registry of cargo's users.
const REGISTRY: &str = "crates-io";

/// A package that may be published.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// True if the registry has this version; always false in a dry run.
    pub is_published: bool,
}

/// Returns every package of the workspace that may be published, sorted by name.
///
/// # Errors
///
/// If cargo cannot read the workspace or cannot reach the registry.
pub fn candidates(workspace: &Workspace, request: &Request) -> Result<Vec<Candidate>, Message> {
    let output = run(cargo(workspace).args(["metadata", "--no-deps", "--format-version=1"]))?;
    if !output.status.success() {
        return Err(failed("cargo metadata", &output));
    }
    let metadata: Metadata = serde_json::from_slice(&output.stdout)
        .map_err(|error| Message::error(format!("cargo metadata is not JSON: {error}")))?;
    let packages = metadata.packages.into_iter();
    let packages = packages.filter(|package| {
        let registries = package.publish.as_ref();
        registries.is_none_or(|registries| registries.iter().any(|name| name == registry(request)))
    });
    let packages: Vec<_> = packages.collect();
    if !request.dry_run {
        packages.iter().try_for_each(Package::check_repository)?;
    }
    let mut candidates = packages
        .into_iter()
        .map(|package| {
            Ok(Candidate {
                is_published: !request.dry_run && is_published(workspace, request, &package)?,
                name: package.name,
                version: package.version,
            })
        })
        .collect::<Result<Vec<_>, Message>>()?;
    candidates.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(candidates)
}

/// Publishes the packages that the registry lacks. Returns nothing if there are none.
///
/// # Errors
///
/// If cargo cannot be run.
pub fn publish(
    workspace: &Workspace,
    request: &Request,
    candidates: &[Candidate],
) -> Result<Option<ExitStatus>, Message> {
    let new = candidates.iter().filter(|package| !package.is_published);
    let names: Vec<_> = new
        .flat_map(|package| ["--package", &package.name])
        .collect();
    if names.is_empty() {
        return Ok(None);
    }
    let mut cargo = cargo(workspace);
    cargo.arg(if request.dry_run {
        "package"
    } else {
        "publish"
    });
    cargo.args(names);
    if let Some(registry) = &request.registry {
        cargo.args(["--registry", registry]);
    }
    cargo.status().map(Some).map_err(|error| not_run(&error))
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    version: String,
    /// The registries that it may be published to; all of them without a list.
    publish: Option<Vec<String>>,
    repository: Option<String>,
}

impl Package {
    /// Checks that readers of the registry find the repository. Nobody can own a host below `example`
    /// (RFC 2606).
    fn check_repository(&self) -> Result<(), Message> {
        let url = self.repository.as_deref().unwrap_or_default();
        let host = url.split('/').nth(2).unwrap_or_default();
        if !host.is_empty() && !host.ends_with(".example") {
            return Ok(());
        }
        let text = format!("{} does not name its repository", self.name);
        Err(Message::error(text)
            .note(format!("`repository` is `{url}`"))
            .help(
                "correct it in `[workspace.package]` of Cargo.toml, and run `cargo xtask codegen`",
            ))
    }
}

/// Asks the registry for a version. The revision of the document is not a part of it.
fn is_published(
    workspace: &Workspace,
    request: &Request,
    package: &Package,
) -> Result<bool, Message> {
    let version = package.version.split('+').next().unwrap_or_default();
    let name = format!("{}@{version}", package.name);
    let output =
        run(cargo(workspace).args(["info", "--quiet", "--registry", registry(request), &name]))?;
    let error = String::from_utf8_lossy(&output.stderr);
    match output.status.success() {
        true => Ok(true),
        false if error.contains("could not find") => Ok(false),
        false => Err(failed(&format!("cargo info {name}"), &output)),
    }
}

fn registry(request: &Request) -> &str {
    request.registry.as_deref().unwrap_or(REGISTRY)
}

fn cargo(workspace: &Workspace) -> Command {
    let program = env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let mut cargo = Command::new(program);
    cargo.current_dir(workspace.root()).env("LC_ALL", "C");
    cargo
}

fn run(command: &mut Command) -> Result<Output, Message> {
    command.output().map_err(|error| not_run(&error))
}

fn not_run(error: &std::io::Error) -> Message {
    Message::error(format!("cannot run cargo: {error}")).help("install it, or correct `CARGO`")
}

fn failed(command: &str, output: &Output) -> Message {
    let error = String::from_utf8_lossy(&output.stderr);
    let lines = error.trim().lines().map(str::to_owned);
    Message::error(format!("{command} failed"))
        .details(lines)
        .help("nothing was published; correct the cause, and run it again")
}
