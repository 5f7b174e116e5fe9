//! Writes the examples into the documentation of methods.

use crate::emit::{self, Code};
use crate::format::{self, FormatError};
use crate::model::Api;

/// Adds the examples to the documentation of an API's methods.
pub(crate) fn write(api: &mut Api) -> Result<(), FormatError> {
    let names = &api.names;
    for method in api.root.methods_mut() {
        let example = shown(emit::method_example(names, &method.example))?;
        method.docs = std::mem::take(&mut method.docs).code("", &example);
    }
    Ok(())
}

/// Formats a function, of which rustdoc shows the body only: lines that begin with `# ` are compiled, but
/// not shown.
fn shown(function: Code) -> Result<Vec<String>, FormatError> {
    let mut lines = lines(function)?;
    let mut is_head = true;
    for line in &mut lines {
        let was_head = is_head;
        is_head &= !line.ends_with('{');
        *line = match line.strip_prefix("    ") {
            Some(body) if !was_head && body != "Ok(())" => body.to_owned(),
            _ => format!("# {}", line.trim_start()),
        };
    }
    Ok(lines)
}

/// Returns the formatted lines of a program.
pub(crate) fn lines(program: Code) -> Result<Vec<String>, FormatError> {
    let text = format::source("", program.into())?;
    Ok(text.lines().map(str::to_owned).collect())
}
