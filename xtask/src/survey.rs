//! `cargo xtask survey`: generates a package from every document of a folder.

mod catalog;
mod compile;
mod generate;
mod memory;
mod progress;
mod results;
mod sample;

use std::cmp::Reverse;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use rayon::prelude::*;

pub use crate::cli::Survey as Request;
use crate::documents::{self, DocumentPaths};
use crate::message::{Message, shown};
use crate::workspace::Workspace;
pub use compile::run_compiler;
use generate::Finding;
use progress::Progress;
use results::Results;

/// The figures of a survey.
#[derive(Clone, Debug, Default)]
pub struct Totals {
    /// Documents in the folder.
    pub documents: usize,
    /// API methods of all generated packages.
    pub methods: usize,
    /// Types of all generated packages.
    pub types: usize,
    /// Packages that were compiled.
    pub compiled: usize,
    /// Documents without a package, packages with a problem, and errors of the folder.
    pub failures: usize,
    /// Warnings of the documents.
    pub warnings: usize,
    /// The time that generation took.
    pub generating: Duration,
    /// The time that compilation took.
    pub compiling: Duration,
    /// The file of the catalogue, if it was written.
    pub catalog: Option<PathBuf>,
    /// The peak memory of generation, in bytes, where the system reports it.
    pub memory: Option<u64>,
}

/// Generates a package from every document of a folder, in memory, and compiles some of them on
/// request. Notifies of every problem, document by document.
///
/// # Errors
///
/// Packages cannot be compiled at all. A problem of a document is not an error: see
/// [`Totals::failures`].
pub fn run(
    workspace: &Workspace,
    request: &Request,
    notify: &mut dyn FnMut(&Message),
) -> Result<Totals, Vec<Message>> {
    let start = Instant::now();
    let (documents, errors) = documents::list(&request.folder);
    let findings = findings(&documents);
    let mut totals = Totals {
        failures: errors.len(),
        generating: start.elapsed(),
        memory: memory::peak(),
        ..Totals::default()
    };
    errors.iter().for_each(&mut *notify);
    for finding in &findings {
        totals.add(finding);
        finding.messages.iter().for_each(&mut *notify);
    }
    let mut results = Results::read(&workspace.survey());
    if let Some(count) = request.compile {
        let start = Instant::now();
        let mut sample = sample::choose(&findings, count, request.seed);
        sample.retain(|(_, package)| !request.resume || !results.is_done(package));
        totals.compiled = sample.len();
        totals.failures += compile::check(workspace, &sample, request, &mut results, notify)?;
        totals.compiling = start.elapsed();
    }
    if request.catalog {
        let path = catalog::write(workspace, &findings, &results);
        totals.catalog = Some(path.map_err(|error| vec![error])?);
    }
    Ok(totals)
}

/// Generates from all documents, the largest first, so that no core waits for one at the end. Returns
/// the results in the order of the documents.
fn findings(documents: &[DocumentPaths]) -> Vec<Finding> {
    let progress = Progress::new("Generating", documents.len());
    let size = |paths: &&DocumentPaths| fs::metadata(&paths.document).map_or(0, |file| file.len());
    let mut largest: Vec<_> = documents.iter().collect();
    largest.sort_by_cached_key(|paths| Reverse(size(paths)));
    let findings = largest.par_iter().with_max_len(1).map(|paths| {
        let finding = Finding::new(paths);
        let name = paths.document.file_stem().unwrap_or_default();
        progress.step(&name.to_string_lossy());
        finding
    });
    let mut findings: Vec<_> = findings.collect();
    findings.sort_by(|a: &Finding, b| a.paths.document.cmp(&b.paths.document));
    findings
}

impl Totals {
    fn add(&mut self, finding: &Finding) {
        self.documents += 1;
        match &finding.generated {
            Some(package) => {
                self.methods += package.methods;
                self.types += package.types;
            }
            None => self.failures += 1,
        }
        let warnings = finding
            .messages
            .iter()
            .filter(|message| !message.is_error());
        self.warnings += warnings.count();
    }

    /// Returns a line for each figure.
    pub fn table(&self) -> String {
        let seconds = |time: Duration| Some(format!("{:.1}", time.as_secs_f64()));
        let compiled = self.compiled > 0;
        let rows = [
            ("documents", Some(self.documents.to_string())),
            ("methods", Some(self.methods.to_string())),
            ("types", Some(self.types.to_string())),
            ("compiled", compiled.then(|| self.compiled.to_string())),
            ("failures", Some(self.failures.to_string())),
            ("warnings", Some(self.warnings.to_string())),
            ("seconds", seconds(self.generating)),
            (
                "seconds of compiling",
                seconds(self.compiling).filter(|_| compiled),
            ),
            (
                "peak memory, MiB",
                self.memory.map(|bytes| (bytes >> 20).to_string()),
            ),
            ("catalogue", self.catalog.as_deref().map(shown)),
        ];
        let mut table = String::new();
        for (name, value) in rows {
            if let Some(value) = value {
                let _ = writeln!(table, "{name:<21}{value:>9}");
            }
        }
        table
    }
}
