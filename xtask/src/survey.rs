//! `cargo xtask survey`: what becomes of every document of a folder.

mod compile;
mod generate;
mod memory;
mod pool;
mod progress;
mod sample;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

pub use crate::cli::Survey as Request;
use crate::documents::{self, Paths};
use crate::message::Message;
use crate::workspace::Workspace;
use generate::Finding;
use progress::Progress;

/// What a survey counted.
#[derive(Clone, Debug, Default)]
pub struct Totals {
    /// Documents in the folder.
    pub documents: usize,
    /// API methods of all generated packages.
    pub methods: usize,
    /// Schemas of all generated packages.
    pub schemas: usize,
    /// Packages that were compiled.
    pub compiled: usize,
    /// Documents without a package, packages with a problem, and what is wrong with the folder.
    pub failures: usize,
    /// Warnings of the documents.
    pub warnings: usize,
    /// How long generating took.
    pub generating: Duration,
    /// How long compiling took.
    pub compiling: Duration,
    /// The most memory that generating held, in bytes, where the system tells.
    pub memory: Option<u64>,
}

/// Generates a package from every document of a folder, in memory, and compiles some of them if
/// the request says so. `tell` hears of every problem, document by document.
///
/// # Errors
///
/// What keeps the packages from being compiled at all. A problem of a document is no error: see
/// [`Totals::failures`].
pub fn run(
    workspace: &Workspace,
    request: &Request,
    tell: &mut dyn FnMut(&Message),
) -> Result<Totals, Vec<Message>> {
    let start = Instant::now();
    let (documents, errors) = documents::list(&request.folder);
    let findings = findings(documents);
    let mut totals = Totals {
        failures: errors.len(),
        generating: start.elapsed(),
        memory: memory::peak(),
        ..Totals::default()
    };
    errors.iter().for_each(&mut *tell);
    for finding in &findings {
        totals.add(finding);
        finding.messages.iter().for_each(&mut *tell);
    }
    if let Some(count) = request.compile {
        let start = Instant::now();
        let sample = sample::choose(&findings, count, request.seed);
        totals.compiled = sample.len();
        totals.failures += compile::check(workspace, &sample, request, tell)?;
        totals.compiling = start.elapsed();
    }
    Ok(totals)
}

/// Generates from all documents, the largest first: the last ones to end are small then.
fn findings(mut documents: Vec<Paths>) -> Vec<Finding> {
    let size = |path: &Path| fs::metadata(path).map_or(0, |metadata| metadata.len());
    documents.sort_by_cached_key(|paths| std::cmp::Reverse(size(&paths.document)));
    let progress = Progress::new("Generating", documents.len());
    let mut findings = pool::map(&documents, |paths| {
        let finding = Finding::new(paths);
        let name = paths.document.file_stem().unwrap_or_default();
        progress.step(&name.to_string_lossy());
        finding
    });
    findings.sort_by(|a, b| a.paths.document.cmp(&b.paths.document));
    findings
}

impl Totals {
    fn add(&mut self, finding: &Finding) {
        self.documents += 1;
        match &finding.made {
            Some(made) => {
                self.methods += made.methods;
                self.schemas += made.schemas;
            }
            None => self.failures += 1,
        }
        let warnings = finding
            .messages
            .iter()
            .filter(|message| !message.is_error());
        self.warnings += warnings.count();
    }

    /// A line for each figure.
    pub fn table(&self) -> String {
        let seconds = |time: Duration| Some(format!("{:.1}", time.as_secs_f64()));
        let compiled = self.compiled > 0;
        let rows = [
            ("documents", Some(self.documents.to_string())),
            ("methods", Some(self.methods.to_string())),
            ("schemas", Some(self.schemas.to_string())),
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
