//! The runtime that packages depend on: a version, a commit or a folder.

use std::path::Path;
use std::process::Command;

use generator::Runtime;
use semver::{Version, VersionReq};

use crate::message::{Message, shown};
use crate::workspace::{self, Workspace};

const HELP: &str = "`--runtime` takes a version, `URL#COMMIT` of a git repository, or a path";

/// The runtime of the packages of a run.
#[derive(Debug, Hash)]
pub(super) enum RuntimeChoice {
    /// The same for all packages.
    Fixed(Runtime),
    /// The one that a package was generated with before; for a new package, this one.
    Recorded { new: Runtime },
}

impl RuntimeChoice {
    /// The runtime of the package in a folder that may be outside of the workspace.
    pub(super) fn new(
        workspace: &Workspace,
        given: Option<&str>,
        folder: &Path,
    ) -> Result<Self, Message> {
        if let Some(given) = given {
            return parse(given, folder).map(Self::Fixed);
        }
        let is_inside = folder.starts_with(workspace::physical(workspace.root())?);
        let new = match is_inside {
            true => in_folder(&workspace.runtime(), folder)?,
            false => commit(workspace).unwrap_or_default(),
        };
        Ok(Self::Recorded { new })
    }

    /// Returns the runtime of the package in `folder`, which was generated with `recorded` before, and
    /// a warning if it may not be there.
    pub(super) fn resolve(
        &self,
        recorded: Option<Runtime>,
        folder: &Path,
    ) -> Result<(Runtime, Option<Message>), Message> {
        let (runtime, warning) = match self {
            Self::Fixed(runtime) => (runtime.clone(), None),
            Self::Recorded { new } => match recorded.filter(|runtime| is_there(runtime, folder)) {
                Some(runtime) => (runtime, None),
                None => (new.clone(), unpublished(new)),
            },
        };
        check(&runtime)?;
        Ok((runtime, warning))
    }
}

/// Reads the value of `--runtime`.
fn parse(given: &str, folder: &Path) -> Result<Runtime, Message> {
    if VersionReq::parse(given).is_ok() {
        return Ok(Runtime::Version(given.to_owned()));
    }
    if let Some((url, rev)) = given.split_once('#')
        && url.contains(':')
    {
        let (url, rev) = (url.to_owned(), rev.to_owned());
        return Ok(Runtime::Git { url, rev });
    }
    if given.contains("://") {
        let text = "the git repository of the runtime needs a commit";
        return Err(Message::error(text).help(HELP));
    }
    in_folder(Path::new(given), folder)
}

/// Returns the runtime in a folder, by its path from a package.
fn in_folder(runtime: &Path, package: &Path) -> Result<Runtime, Message> {
    if !runtime.is_dir() {
        let text = format!("there is no runtime in {}", shown(runtime));
        return Err(Message::error(text).help(HELP));
    }
    let path = workspace::relative(package, &workspace::physical(runtime)?);
    Ok(Runtime::Path(path))
}

/// Returns whether a recorded runtime can still be used: a package that was moved has lost its path.
fn is_there(runtime: &Runtime, folder: &Path) -> bool {
    match runtime {
        Runtime::Path(path) => folder.join(path).is_dir(),
        Runtime::Version(_) | Runtime::Git { .. } => true,
    }
}

/// Checks that generated code fits the version of the runtime.
fn check(runtime: &Runtime) -> Result<(), Message> {
    let Runtime::Version(version) = runtime else {
        return Ok(());
    };
    let own = Version::parse(Runtime::VERSION);
    let fits = VersionReq::parse(version)
        .is_ok_and(|required| own.is_ok_and(|own| required.matches(&own)));
    if fits {
        return Ok(());
    }
    let own = Runtime::VERSION;
    let text = format!("the client needs version {own} of the runtime, not {version}");
    Err(Message::error(text).help(format!("`--runtime {own}`, or another generator")))
}

/// Returns a warning for a runtime that may not be published.
fn unpublished(runtime: &Runtime) -> Option<Message> {
    let Runtime::Version(version) = runtime else {
        return None;
    };
    let text = format!("the client depends on discovery-runtime {version} in the registry");
    Some(
        Message::warning(text)
            .note("no remote has the commit of this checkout")
            .help(HELP),
    )
}

/// Returns the commit of this checkout, if a remote has it.
fn commit(workspace: &Workspace) -> Option<Runtime> {
    let git = |arguments: &[&str]| git(workspace.root(), arguments);
    git(&["cat-file", "-e", "HEAD:./generator/runtime/Cargo.toml"])?;
    let branches = git(&[
        "for-each-ref",
        "--contains=HEAD",
        "--format=%(refname:lstrip=2)",
        "refs/remotes",
    ])?;
    let remote = branches.lines().next()?.split('/').next()?;
    let url = public(&git(&["remote", "get-url", remote])?);
    let rev = git(&["rev-parse", "HEAD"])?;
    Some(Runtime::Git { url, rev })
}

/// Returns what git prints, without the last newline; nothing if it fails.
fn git(folder: &Path, arguments: &[&str]) -> Option<String> {
    let output = Command::new("git")
        .arg("-C")
        .arg(folder)
        .args(arguments)
        .output()
        .ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| text.trim_end().to_owned())
}

/// Returns the address of a remote as cargo reads it, without a password.
fn public(remote: &str) -> String {
    match remote.split_once("://") {
        Some(("ssh", _)) => remote.to_owned(),
        Some((scheme, rest)) => {
            let host = rest.split('/').next().unwrap_or_default();
            let user = host.rfind('@').map_or(0, |at| at + 1);
            format!("{scheme}://{}", rest.get(user..).unwrap_or_default())
        }
        None if Path::new(remote).is_absolute() => format!("file://{remote}"),
        None => match remote.split_once(':') {
            Some((host, path)) => format!("ssh://{host}/{path}"),
            None => remote.to_owned(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remotes_become_urls_without_secrets() {
        for (remote, url) in [
            ("https://example.com/a/b", "https://example.com/a/b"),
            (
                "https://me:token@example.com/a@b",
                "https://example.com/a@b",
            ),
            ("git@example.com:a/b.git", "ssh://git@example.com/a/b.git"),
            ("ssh://git@example.com/a/b", "ssh://git@example.com/a/b"),
            #[cfg(unix)]
            ("/srv/b.git", "file:///srv/b.git"),
        ] {
            assert_eq!(public(remote), url);
        }
    }
}
