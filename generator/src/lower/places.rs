//! How long the paths of modules may be.

use discovery::{Pointer, Problem};

use super::Context;
use crate::names::Ident;

/// The longest path of a source file, in bytes: Windows allows 260 characters, with the folder that
/// the package is in.
const LONGEST_FILE: usize = 200;

/// The longest path of a module in a file, in bytes: whatever it holds repeats the path.
const LONGEST_MODULE: usize = 1000;

impl Context<'_> {
    /// Checks the path of a module that gets a file of its own.
    pub(super) fn check_file(&mut self, module: &[Ident], pointer: &Pointer<'_>) {
        let length = "src/.rs".len() + length(module);
        if length > LONGEST_FILE {
            let message = format!(
                "the path of its source file would have {length} bytes, more than {LONGEST_FILE}"
            );
            let help = "file systems do not take any length; shorten the names that lead here";
            self.problems
                .push(Problem::error(pointer, message).with_help(help));
        }
    }

    /// Whether the path of a module within a file is short enough.
    pub(super) fn check_nested(&mut self, module: &[Ident], pointer: &Pointer<'_>) -> bool {
        let length = length(module);
        let fits = length <= LONGEST_MODULE;
        if !fits {
            let message = format!(
                "the path of its module would have {length} bytes, more than {LONGEST_MODULE}"
            );
            let help = "give the schema a name in `schemas`, and refer to it";
            self.problems
                .push(Problem::error(pointer, message).with_help(help));
        }
        fits
    }
}

/// The names, and what goes between them.
fn length(module: &[Ident]) -> usize {
    let names: usize = module.iter().map(|name| name.as_str().len()).sum();
    names + module.len().saturating_sub(1)
}
