//! The time that the compiler takes for each library: cargo runs this program in its place.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Instant;

/// Names the folder of the times, by which this program knows that it is the compiler.
const VARIABLE: &str = "XTASK_SURVEY_TIMES";

/// Runs the compiler that the arguments name, and records its time, if cargo called this program in its
/// place (`RUSTC_WRAPPER`). Returns nothing if not.
pub fn run_compiler() -> Option<ExitCode> {
    let folder = PathBuf::from(env::var_os(VARIABLE)?);
    let arguments: Vec<_> = env::args_os().skip(1).collect();
    let (compiler, arguments) = arguments.split_first()?;
    let start = Instant::now();
    let status = Command::new(compiler).args(arguments).status();
    let is_library = arguments
        .windows(2)
        .any(|pair| matches!(pair, [name, kind] if name == "--crate-type" && kind == "lib"));
    if is_library && let Ok(package) = env::var("CARGO_PKG_NAME") {
        // Without its time, a package is still compiled.
        let seconds = start.elapsed().as_secs_f64().to_string();
        let _ = fs::create_dir_all(&folder);
        let _ = fs::write(folder.join(package), seconds);
    }
    let code = status.ok()?.code().and_then(|code| u8::try_from(code).ok());
    Some(code.map_or(ExitCode::FAILURE, ExitCode::from))
}

/// Has cargo run this program in place of the compiler, unless it runs another one.
pub(super) fn measure(cargo: &mut Command, folder: &Path) {
    let Ok(program) = env::current_exe() else {
        return;
    };
    if env::var_os("RUSTC_WRAPPER").is_none() {
        let times = self::folder(folder);
        let _ = fs::remove_dir_all(&times); // Left by an earlier run.
        cargo.env("RUSTC_WRAPPER", program).env(VARIABLE, times);
    }
}

/// Returns the seconds that the library of a package took in the last run; nothing if it was up to date.
pub(super) fn seconds(folder: &Path, package: &str) -> Option<f64> {
    let text = fs::read_to_string(self::folder(folder).join(package)).ok()?;
    text.parse().ok()
}

fn folder(folder: &Path) -> PathBuf {
    folder.join("times")
}
