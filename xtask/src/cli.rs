//! The command line.

use std::path::PathBuf;

use clap::{ArgGroup, Args, Parser, Subcommand};

/// The tasks of this workspace.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
pub struct Cli {
    /// The task to run.
    #[command(subcommand)]
    pub command: Command,
}

/// A task.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Call a method of any API, without generating its client
    ///
    /// The words after DOCUMENT are a typed command line, such as
    /// `cargo xtask call discovery/documents/checks.v1alpha.json accounts apps list accounts/1`; with --help, its
    /// arguments. A document is corrected by the NAME.overlay.json beside it. `cargo xcall` is the direct way.
    Call(Call),
    /// Generate client crates from Discovery documents
    ///
    /// Without NAME, VERSION or --document: from every document in discovery/documents, each with its
    /// NAME.overlay.json if there is one, to generated/NAME-VERSION. Writes
    /// changed files, and removes generated files that are no longer needed.
    ///
    /// A crate that changes gets its next version and an entry in its CHANGELOG.md, derived from the
    /// changes of its API. A new revision of a document that changes nothing else is not released.
    Codegen(Codegen),
    /// Compare the Rust API of two clients
    ///
    /// OLD and NEW are each a document (with the NAME.overlay.json beside it, if there is one), the
    /// folder of a generated crate, or either of them in the history of git: git:REV:PATH, or
    /// git:REV for the path of the other side.
    ///
    /// Two folders of documents are compared document by document, on all cores, and printed as a
    /// table: a line for each document that changed, the gravest first, and totals.
    ///
    /// `cargo xdiff` is the same in an optimised build: worth it for large documents.
    ///
    /// The exit code is 0 if the API is the same, 10 if only its documentation differs, 11 if it has
    /// grown, 12 if programs that compile with OLD may not compile with NEW or may send other requests
    /// (another verb, path or host); 1 after an error.
    Diff(Diff),
    /// Fetch documents from Google, byte for byte as published
    ///
    /// Without NAME and VERSION: all of discovery/documents. A document replaces the held one if it
    /// parses, its overlay applies, it describes the requested API and is not older; if one fails,
    /// none is replaced. Prints the changes of the Rust API of each client.
    ///
    /// A build without the feature `fetch` runs cargo to make one: `cargo xfetch` is the direct way.
    Fetch(Fetch),
    /// Publish the packages of this workspace that the registry lacks
    ///
    /// Cargo publishes them in the order of their dependencies. After an error or a rate limit the same
    /// command resumes: versions that the registry has are left out.
    Publish(Publish),
    /// Serve a stateful fake of APIs over HTTP
    ///
    /// Serves the methods of documents: resources that clients create are kept, operations run, media is
    /// stored, requests are validated, and the rest is answered by samples, which have the header
    /// x-fake-sample. Prints how many methods are served in which way, and the endpoints for clients.
    ///
    /// Only programs on this machine can connect, unless --address says otherwise.
    ///
    /// A build without the feature `serve` runs cargo to make one: `cargo xserve` is the direct way.
    Serve(Serve),
    /// Generate from every document of a folder, and print totals
    ///
    /// Reads each NAME.json, with its NAME.overlay.json if there is one. Writes nothing but
    /// the catalogue, on request, and packages that are compiled, to target/survey. The exit code is 1 if anything fails.
    ///
    /// A build without the feature `survey` runs cargo to make one: `cargo xsurvey` is the direct way.
    Survey(Survey),
}

/// A document, and the command line of its API.
#[derive(Args, Clone, Debug)]
pub struct Call {
    /// The document, then the resources, the method and its arguments
    #[arg(
        required = true,
        trailing_var_arg = true,
        allow_hyphen_values = true,
        value_name = "DOCUMENT WORD"
    )]
    pub arguments: Vec<std::ffi::OsString>,
}

/// Two clients to compare.
#[derive(Args, Clone, Debug)]
pub struct Diff {
    /// A document, the folder of a generated crate, git:REV:PATH, or git:REV
    pub old: String,
    /// The newer one, in the same form
    pub new: String,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// The documents to fetch, and their source.
#[derive(Args, Clone, Debug)]
pub struct Fetch {
    /// The name of the API, such as checks
    #[arg(requires = "version")]
    pub name: Option<String>,
    /// Its version, such as v1alpha
    pub version: Option<String>,
    /// Fetch from this address (https, or http on this machine), or copy this file
    #[arg(
        long,
        value_name = "URL",
        requires = "version",
        conflicts_with = "directory"
    )]
    pub url: Option<String>,
    /// Accept a document that is or may be older than the held one
    #[arg(long)]
    pub allow_older: bool,
    /// Google's directory.
    #[command(flatten)]
    pub network: Network,
}

/// The way to Google's directory of APIs.
#[derive(Args, Clone, Debug)]
pub struct Network {
    /// The directory of APIs, which lists the addresses of documents
    #[arg(long, value_name = "URL", default_value = DIRECTORY)]
    pub directory: String,
    /// The time limit for a response
    #[arg(long, value_name = "SECONDS", default_value_t = TIMEOUT, value_parser = clap::value_parser!(u64).range(1..))]
    pub timeout: u64,
}

impl Default for Network {
    fn default() -> Self {
        Self {
            directory: DIRECTORY.to_owned(),
            timeout: TIMEOUT,
        }
    }
}

/// Seconds to wait for a response.
const TIMEOUT: u64 = 60;

/// The address of Google's directory: <https://developers.google.com/discovery/v1/reference/apis/list>.
const DIRECTORY: &str = "https://www.googleapis.com/discovery/v1/apis";

/// The documents to generate from, and the place of the packages.
#[derive(Args, Clone, Debug, Default)]
#[command(group(ArgGroup::new("source").args(["document", "name"])))]
pub struct Codegen {
    /// The name of an API, such as drive: its document is fetched to target/documents
    #[arg(requires = "version", requires = "out", value_parser = name_of_api)]
    pub name: Option<String>,
    /// Its version, such as v3
    pub version: Option<String>,
    /// List the APIs in Google's directory that contain all of these words
    #[arg(long, value_name = "WORD", num_args = 0.., conflicts_with_all = ["source", "check"])]
    pub list: Option<Vec<String>>,
    /// Write nothing; fail if a file is missing, differs or is stale
    #[arg(long)]
    pub check: bool,
    /// Write the packages of the other documents although some are refused
    ///
    /// The packages of refused documents stay as they are, nothing is removed, the refused documents
    /// are listed at the end, and the exit code is 1.
    #[arg(long)]
    pub keep_going: bool,
    /// Release packages of which only the revision of the document differs
    #[arg(long)]
    pub release_revisions: bool,
    /// Print the report as JSON
    #[arg(long)]
    pub json: bool,
    /// Generate from this document only
    #[arg(long, value_name = "FILE")]
    pub document: Option<PathBuf>,
    /// Correct the document with this JSON merge patch (RFC 7396)
    #[arg(long, value_name = "FILE", requires = "out")]
    pub overlay: Option<PathBuf>,
    /// The folder of the crate
    ///
    /// Not needed for a document of discovery/documents: its crate is in generated/.
    #[arg(long, value_name = "DIR", requires = "source")]
    pub out: Option<PathBuf>,
    /// Depend on this runtime: a version, URL#COMMIT of a git repository, or the path of its folder
    ///
    /// Without it, a new crate in this workspace depends on the runtime's folder, and one elsewhere on
    /// the commit of this checkout, if a remote has it, else on the published version. The crate
    /// records its runtime, and keeps it when it is generated again.
    #[arg(long, value_name = "RUNTIME", requires = "out")]
    pub runtime: Option<String>,
    /// Generate a small client: only these methods, and the types that they need
    ///
    /// The path of a method's resource and its name, such as `instances.list`, its id, or the name of
    /// a schema; `*` stands for any text. May be given several times. The crate records it, and stays
    /// small when it is generated again without --only.
    #[arg(long, value_name = "PATTERN", requires = "source")]
    pub only: Vec<String>,
    /// Generate the complete client again after --only
    #[arg(long, requires = "source", conflicts_with = "only")]
    pub all: bool,
    /// Google's directory.
    #[command(flatten)]
    pub network: Network,
}

/// Reads the name of an API. Users of compilers expect a file there.
fn name_of_api(name: &str) -> Result<String, &'static str> {
    match name.contains(['/', '\\']) || name.ends_with(".json") {
        true => Err("a file is given by `--document FILE`"),
        false => Ok(name.to_owned()),
    }
}

impl Codegen {
    /// Returns whether the run reads Google's directory.
    pub fn needs_network(&self) -> bool {
        self.name.is_some() || self.list.is_some()
    }
}

/// The registry, and whether it is a rehearsal.
#[derive(Args, Clone, Debug)]
pub struct Publish {
    /// Build all packages from the files that would be uploaded, and upload nothing
    #[arg(long)]
    pub dry_run: bool,
    /// A registry of cargo's configuration
    #[arg(long, value_name = "NAME")]
    pub registry: Option<String>,
}

/// The documents to serve, and the address.
#[derive(Args, Clone, Debug)]
pub struct Serve {
    /// A document, or a folder of documents; may be given several times
    ///
    /// Without it, all of discovery/documents. A document is corrected by the NAME.overlay.json beside it.
    #[arg(long, value_name = "FILE|DIR")]
    pub document: Vec<PathBuf>,
    /// The address to listen on
    #[arg(long, value_name = "IP", default_value = "127.0.0.1")]
    pub address: std::net::IpAddr,
    /// The port to listen on; 0 for a free one
    #[arg(long, value_name = "PORT", default_value_t = 8080)]
    pub port: u16,
    /// Keep the resources in this file, for the next run
    #[arg(long, value_name = "FILE")]
    pub state: Option<PathBuf>,
    /// The seed of ids
    #[arg(long, value_name = "S", default_value_t = 0)]
    pub seed: u64,
    /// The number of polls that find an operation running
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub operation_polls: u32,
    /// Print how the methods are served, and serve nothing
    #[arg(long)]
    pub report: bool,
}

/// The documents to generate from, and the checks of their packages.
#[derive(Args, Clone, Debug)]
pub struct Survey {
    /// The folder of the documents
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// Run clippy on the packages of N documents, with every warning denied
    #[arg(long, value_name = "N")]
    pub compile: Option<usize>,
    /// The seed that selects the N documents
    #[arg(long, value_name = "S", default_value_t = 0, requires = "compile")]
    pub seed: u64,
    /// Run rustdoc on them as well
    #[arg(long, requires = "compile")]
    pub doc: bool,
    /// Run the examples of their documentation as well
    #[arg(long, requires = "compile")]
    pub doctest: bool,
    /// Leave out packages whose code has been compiled before without a problem
    ///
    /// A survey that was stopped continues with it. It does not see changes of the runtime.
    #[arg(long, requires = "compile")]
    pub resume: bool,
    /// Write discovery/CATALOG.md, a table of all APIs, with the results of all compilations
    #[arg(long)]
    pub catalog: bool,
}
