//! Writes the examples into the documentation of methods.

use crate::emit::{self, Code};
use crate::format::{self, FormatError};
use crate::model::Api;

/// Adds the examples to the documentation of an API's methods. Of their lines, rustdoc compiles those that
/// begin with `# `, but does not show them.
pub(crate) fn write(api: &mut Api) -> Result<(), FormatError> {
    let names = &api.names;
    let (library, client, variable) = (&names.library, &names.client, &names.variable);
    let head =
        format!("# async fn example({variable}: {library}::{client}) -> {library}::Result<()> {{");
    for method in api.root.methods_mut() {
        let mut lines = vec![head.clone()];
        lines.extend(statements(&emit::method_example(names, &method.example))?);
        lines.extend(["# Ok(())", "# }"].map(str::to_owned));
        method.docs = std::mem::take(&mut method.docs).code("", &lines);
    }
    Ok(())
}

/// Returns the formatted lines of statements.
pub(crate) fn statements(statements: &Code) -> Result<Vec<String>, FormatError> {
    let lines = program(emit::function(statements))?;
    let body = lines.iter().filter_map(|line| line.strip_prefix("    "));
    Ok(body.map(str::to_owned).collect())
}

/// Returns the formatted lines of a program.
pub(crate) fn program(program: Code) -> Result<Vec<String>, FormatError> {
    let text = format::source("", program.into())?;
    Ok(text.lines().map(str::to_owned).collect())
}
