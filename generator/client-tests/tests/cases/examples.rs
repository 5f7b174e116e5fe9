//! The examples in the documentation of a client, as a program that is compiled but not run.

use generator::Package;

/// The start of the program. It allows all warnings, as rustdoc does in examples.
const HEAD: &str =
    "//! The examples of the documentation.\n\n#![allow(warnings, clippy::all)]\n\nfn main() {}\n";

/// Returns a program with a module for each example of a package.
pub(crate) fn program(package: &Package) -> String {
    let pages = package.files.values().map(|text| documentation(text));
    of_blocks(pages.flat_map(|page| blocks(&page)))
}

/// Returns a program with a module for each example of a page.
pub(crate) fn of_page(page: &str) -> String {
    of_blocks(blocks(page))
}

fn of_blocks(blocks: impl IntoIterator<Item = String>) -> String {
    let mut program = HEAD.to_owned();
    for (number, example) in blocks.into_iter().enumerate() {
        program.push_str(&format!("\nmod example{number} {{\n{example}}}\n"));
    }
    program
}

/// Returns the Markdown of a file: the doc comments of a source file, or all of a README.
fn documentation(text: &str) -> String {
    let comment = |line: &str| {
        let line = line.trim_start();
        let text = line
            .strip_prefix("///")
            .or_else(|| line.strip_prefix("//!"))?;
        Some(format!("{}\n", text.strip_prefix(' ').unwrap_or(text)))
    };
    let comments: String = text.lines().filter_map(comment).collect();
    if comments.is_empty() {
        text.to_owned()
    } else {
        comments
    }
}

/// Returns the blocks of Rust code, including the lines that rustdoc hides.
fn blocks(page: &str) -> Vec<String> {
    let mut blocks = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        let Some(language) = line.trim_start().strip_prefix("```") else {
            continue;
        };
        let block: String = lines
            .by_ref()
            .take_while(|line| line.trim_start() != "```")
            .map(|line| format!("{}\n", line.strip_prefix("# ").unwrap_or(line)))
            .collect();
        if matches!(language, "" | "no_run" | "rust" | "rust,no_run") {
            blocks.push(block);
        }
    }
    blocks
}
