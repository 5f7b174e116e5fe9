//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

/// The tasks of this workspace.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// A task.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Generate client crates from Discovery documents
    ///
    /// Without --document: from every document in discovery/documents, each with its
    /// NAME.overlay.json if there is one, to generated/NAME-VERSION. Writes what changed, and
    /// removes generated files that nothing makes any more.
    ///
    /// A crate that changes gets its next version, and an entry in its CHANGELOG.md, by how its API
    /// differs from that of the crate which is there.
    Codegen(Codegen),
    /// Tell how the Rust API of two clients differs
    ///
    /// OLD and NEW are each a document (with the NAME.overlay.json beside it, if there is one), the
    /// folder of a generated crate, or either of them in the history of git: git:REV:PATH, or
    /// git:REV for the path of the other side.
    ///
    /// The exit code is 0 if the API is the same, 10 if only its documentation differs, 11 if it has
    /// grown, 12 if programs that compile with OLD may not compile with NEW, or do something else with
    /// it (another verb, path or host); 1 after an error.
    Diff(Diff),
    /// Take documents over from Google, byte for byte as published
    ///
    /// Without NAME and VERSION: all of discovery/documents. A document replaces the one that is
    /// held if it parses, its overlay applies, it is the API that was asked for and is not older;
    /// if one does not, none is replaced. Says how the Rust API of each client will change.
    ///
    /// A build without the feature `fetch` has cargo make one with it: `cargo xfetch` is that at once.
    Fetch(Fetch),
    /// Generate from every document of a folder, and count
    ///
    /// For each NAME.json, with NAME.overlay.json if it is there. Writes nothing, unless packages
    /// are compiled: those go to target/survey. The exit code is 1 if anything fails.
    Survey(Survey),
}

/// What to compare.
#[derive(Args, Clone, Debug)]
pub struct Diff {
    /// A document, the folder of a generated crate, git:REV:PATH, or git:REV
    pub old: String,
    /// The same, as it became
    pub new: String,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// Which documents to fetch, and from where.
#[derive(Args, Clone, Debug)]
pub struct Fetch {
    /// The name of the API, such as checks
    #[arg(requires = "version")]
    pub name: Option<String>,
    /// Its version, such as v1alpha
    pub version: Option<String>,
    /// Fetch from this address (https, or http from this machine), or take this file
    #[arg(long, value_name = "URL", requires = "version")]
    pub url: Option<String>,
    /// The directory that says where documents are
    #[arg(long, value_name = "URL", default_value = DIRECTORY, conflicts_with = "url")]
    pub directory: String,
    /// Take a document that is older than the one held, or of which one cannot tell
    #[arg(long)]
    pub allow_older: bool,
    /// How long an answer may take
    #[arg(long, value_name = "SECONDS", default_value_t = 60, value_parser = clap::value_parser!(u64).range(1..))]
    pub timeout: u64,
}

/// The address of Google's directory: <https://developers.google.com/discovery/v1/reference/apis/list>.
const DIRECTORY: &str = "https://www.googleapis.com/discovery/v1/apis";

/// What to generate, and where.
#[derive(Args, Clone, Debug, Default)]
pub struct Codegen {
    /// Write nothing; fail if a file is missing, differs or is stale
    #[arg(long)]
    pub check: bool,
    /// Generate from this document only
    #[arg(long, value_name = "FILE")]
    pub document: Option<PathBuf>,
    /// Correct the document with this JSON merge patch (RFC 7396)
    #[arg(long, value_name = "FILE", requires = "out")]
    pub overlay: Option<PathBuf>,
    /// The folder of the crate that is generated from --document
    ///
    /// A document of discovery/documents needs none: its crate is in generated/.
    #[arg(long, value_name = "DIR", requires = "document")]
    pub out: Option<PathBuf>,
    /// Generate a small client: only these methods, and the schemas that they need
    ///
    /// The path of a method's resource and its name, such as `instances.list`, its id, or the name of
    /// a schema; `*` stands for any text. May be given several times. The crate remembers it: it
    /// stays small when it is generated again without --only.
    #[arg(long, value_name = "PATTERN", requires = "document")]
    pub only: Vec<String>,
    /// Generate the whole client again where --only was given before
    #[arg(long, requires = "document", conflicts_with = "only")]
    pub all: bool,
}

/// Which documents to try, and how hard.
#[derive(Args, Clone, Debug)]
pub struct Survey {
    /// The folder of the documents
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// Run clippy on the packages of N documents, with every warning denied
    #[arg(long, value_name = "N")]
    pub compile: Option<usize>,
    /// Which N documents: another seed, other documents
    #[arg(long, value_name = "S", default_value_t = 0, requires = "compile")]
    pub seed: u64,
    /// Run rustdoc on them, too
    #[arg(long, requires = "compile")]
    pub doc: bool,
    /// Run the examples of their documentation, too
    #[arg(long, requires = "compile")]
    pub doctest: bool,
}
