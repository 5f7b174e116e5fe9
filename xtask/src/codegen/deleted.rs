//! Packages that were deleted from the disk, and not from the repository.

use std::collections::BTreeSet;
use std::process::Command;

use super::generate::Generated;
use super::plan::Plan;
use crate::message::{Message, shown};
use crate::release::Status;
use crate::workspace::Workspace;

/// Returns a warning for each new package that git already has: its versions would begin again.
pub(super) fn warnings(
    workspace: &Workspace,
    plan: &Plan,
    generated: &[Generated],
) -> Vec<Message> {
    let new = generated
        .iter()
        .filter(|package| matches!(package.summary.status, Status::New(_)));
    let new: Vec<_> = new
        .filter_map(|package| package.folder.as_deref())
        .collect();
    if new.is_empty() {
        return Vec::new();
    }
    let tracked = tracked(workspace).unwrap_or_default();
    let lost = new.into_iter().filter(|folder| tracked.contains(*folder));
    let lost = lost
        .map(|folder| plan.package(Some(folder)))
        .filter(|folder| !folder.exists());
    let warnings = lost.map(|folder| {
        let folder = shown(&folder);
        Message::warning(format!(
            "{folder} was deleted, and its versions begin again"
        ))
        .help(format!(
            "to continue them: `git restore {folder}`, and run codegen again"
        ))
    });
    warnings.collect()
}

/// Returns the folders of packages that git has; nothing without git.
fn tracked(workspace: &Workspace) -> Option<BTreeSet<String>> {
    let git = Command::new("git")
        .arg("-C")
        .arg(workspace.root())
        .args(["ls-files", "-z", "--", "generated"])
        .output();
    let names = String::from_utf8(git.ok()?.stdout).ok()?;
    let folders = names.split('\0').filter_map(|name| name.split('/').nth(1));
    Some(folders.map(str::to_owned).collect())
}
