//! Generation of a package from the text of a document, against `gws-builder`, which generates
//! types and method tables from the same document.

use std::collections::HashMap;
use std::path::PathBuf;

use benchmarks::{Side, Unit, compare, seconds};
use discovery::Document;
use generator::Options;
use gws_builder::{ActionFilter, BuilderConfig, MapFetcher, RegenerationPolicy, ServiceSpec};

/// The allocator of `cargo xsurvey`, for both sides.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const CHECKS: &str = include_str!("../../../discovery/documents/checks.v1alpha.json");
const STORAGE: &str = include_str!("../../client-tests/documents/storage.v1.json");

fn main() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, version, text) in [("checks", "v1alpha", CHECKS), ("storage", "v1", STORAGE)] {
        compare(
            &format!("generation of {name} {version}"),
            Unit::Seconds,
            30,
            Side {
                name: "this generator",
                measure: &mut || seconds(|| generate(text)),
            },
            Side {
                name: "gws-builder",
                measure: &mut || seconds(|| theirs(name, version, text, folder.path().into())),
            },
        );
    }
}

fn generate(text: &str) -> usize {
    let parsed = Document::parse(text, None).expect("a good document");
    let package = generator::generate(&parsed.document, &Options::default());
    package.expect("a package").files.len()
}

/// The rival writes its output. For one file the time of the disk is negligible.
fn theirs(name: &str, version: &str, text: &str, out_dir: PathBuf) -> usize {
    let key = (name.to_owned(), version.to_owned());
    let fetcher = MapFetcher {
        docs: HashMap::from([(key, text.to_owned())]),
    };
    let report = gws_builder::generate(BuilderConfig {
        services: vec![ServiceSpec {
            name: name.to_owned(),
            version: version.to_owned(),
            filter: ActionFilter::All,
        }],
        out_dir,
        regeneration: RegenerationPolicy::Always,
        fetcher: Some(Box::new(fetcher)),
        cache_dir: None,
    });
    report.expect("their types").schemas_emitted
}
