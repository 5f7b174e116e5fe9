//! Limits of the length of module paths, and of the size of structs.

use discovery::{Pointer, Problem};

use super::context::Context;
use crate::model::{Field, sizes};
use crate::names::Ident;

/// The maximal length of a source file's path in bytes: Windows allows 260 characters, which include the
/// path of the package.
const MAX_FILE: usize = 200;

/// The maximal length of a nested module's path in bytes: every item in it repeats the path.
const MAX_MODULE: usize = 1000;

/// The maximal size of a struct in bytes: messages are passed by value, and some stacks are small.
const MAX_STRUCT: usize = 4096;

impl Context<'_> {
    /// Checks the path of a module that gets a file of its own.
    pub(super) fn check_file(&mut self, module: &[Ident], pointer: &Pointer<'_>) {
        let length = "src/.rs".len() + length(module);
        if length > MAX_FILE {
            let message = format!(
                "the path of its source file would have {length} bytes, more than {MAX_FILE}"
            );
            let help = "file systems limit the length of paths; shorten the names that lead here";
            self.problems
                .push(Problem::error(pointer, message).with_help(help));
        }
    }

    /// Checks the path of a module within a file, and returns whether it is short enough.
    pub(super) fn check_nested(&mut self, module: &[Ident], pointer: &Pointer<'_>) -> bool {
        let length = length(module);
        let fits = length <= MAX_MODULE;
        if !fits {
            let message =
                format!("the path of its module would have {length} bytes, more than {MAX_MODULE}");
            let help = "give the schema a name in `schemas`, and refer to it";
            self.problems
                .push(Problem::error(pointer, message).with_help(help));
        }
        fits
    }

    /// Checks the size of a struct with these fields.
    pub(super) fn check_size(&mut self, fields: &[Field], pointer: &Pointer<'_>) {
        let size = sizes::message(fields);
        if size > MAX_STRUCT {
            let message = format!("its struct has {size} bytes, more than {MAX_STRUCT}");
            let help = "it takes much of a small stack; an overlay can leave out properties";
            self.problems
                .push(Problem::warning(pointer, message).with_help(help));
        }
    }
}

/// Returns the length of the names with separators.
fn length(module: &[Ident]) -> usize {
    let names: usize = module.iter().map(|name| name.as_str().len()).sum();
    names + module.len().saturating_sub(1)
}
