//! `cargo xtask survey`: generates a package from every document of a folder.

mod compile;
mod generate;
mod memory;
mod progress;
mod sample;

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use rayon::prelude::*;

pub use crate::cli::Survey as Request;
use crate::documents::{self, DocumentPaths};
use crate::message::Message;
use crate::workspace::Workspace;
use generate::Finding;
use progress::Progress;

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
    if let Some(count) = request.compile {
        let start = Instant::now();
        let sample = sample::choose(&findings, count, request.seed);
        totals.compiled = sample.len();
        totals.failures += compile::check(workspace, &sample, request, notify)?;
        totals.compiling = start.elapsed();
    }
    Ok(totals)
}

/// Generates from all documents.
fn findings(documents: &[DocumentPaths]) -> Vec<Finding> {
    let progress = Progress::new("Generating", documents.len());
    let findings = documents.par_iter().map(|paths| {
        let finding = Finding::new(paths);
        let name = paths.document.file_stem().unwrap_or_default();
        progress.step(&name.to_string_lossy());
        finding
    });
    findings.collect()
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
