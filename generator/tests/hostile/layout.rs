//! How generated files look: as prettyplease prints them, but for blank lines between items. What
//! the generator prints faster must not be told from it.

use syn::File;

/// Checks one file, and what syn makes of it.
pub(crate) fn check(text: &str, file: &File) -> Result<(), String> {
    let printed = prettyplease::unparse(file);
    let mut expected = printed.lines().filter(|line| !line.is_empty());
    // Comments are lost to syn.
    let lines = text
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with("// "));
    for line in lines {
        let expected = expected.next().unwrap_or("nothing");
        if line != expected {
            return Err(format!("`{line}` where prettyplease prints `{expected}`"));
        }
    }
    expected
        .next()
        .map_or(Ok(()), |line| Err(format!("lacks `{line}`")))
}
