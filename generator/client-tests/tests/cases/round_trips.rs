//! A program that reads and writes values of all types of some clients.

#[path = "synthesis.rs"]
mod synthesis;

use generator::Package;
use generator::surface::TypeKind;

use synthesis::Synthesis;

/// The functions of the program. Messages are read on a small stack, as on threads of others.
const FUNCTIONS: &str = r##"
use serde_json::Value;

/// The size that no struct exceeds, in bytes.
const LIMIT: usize = 4096;

fn comes_back<T>(name: &str, texts: &[&str])
where
    T: serde::de::DeserializeOwned + serde::Serialize + Clone + std::fmt::Debug + 'static,
{
    assert!(size_of::<T>() <= LIMIT, "{name} has {} bytes", size_of::<T>());
    for text in texts {
        let sent: Value = serde_json::from_str(text).unwrap();
        let read: T = match serde_json::from_str(text) {
            Ok(read) => read,
            Err(error) => panic!("{name}: {error}\n{text}"),
        };
        let written = serde_json::to_value(&read).unwrap();
        assert_eq!(written, sent, "{name}");
        let again: T = serde_json::from_value(written).unwrap();
        assert_eq!(format!("{again:?}"), format!("{read:?}"), "{name}");
    }
}

fn on_a_small_stack(test: fn()) {
    let thread = std::thread::Builder::new().stack_size(256 * 1024);
    thread.spawn(test).unwrap().join().unwrap();
}
"##;

/// Returns the files of a package with the program.
pub(crate) fn package<'a>(
    name: &str,
    clients: impl Iterator<Item = &'a Package> + Clone,
) -> [(&'static str, String); 3] {
    let mut manifest = format!(
        "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
         [dev-dependencies]\nserde = \"1\"\nserde_json = \"1\"\n"
    );
    for Package { name, .. } in clients.clone() {
        manifest.push_str(&format!("{name} = {{ path = \"../{name}\" }}\n"));
    }
    [
        ("Cargo.toml", manifest),
        ("src/lib.rs", "//! The tests are in `tests/`.\n".to_owned()),
        ("tests/round_trips.rs", program(clients)),
    ]
}

/// Returns the program: a test for each client.
fn program<'a>(clients: impl Iterator<Item = &'a Package>) -> String {
    let mut program = format!("#![allow(deprecated)]\n{FUNCTIONS}");
    for package in clients {
        let module = package.name.replace('-', "_");
        program.push_str(&format!(
            "\n#[test]\nfn {module}() {{\n    on_a_small_stack(|| {{\n"
        ));
        for call in calls(package) {
            program.push_str(&format!("        {call}\n"));
        }
        program.push_str("    });\n}\n");
    }
    program
}

/// Returns a call for each type of a client.
fn calls(package: &Package) -> impl Iterator<Item = String> {
    let module = package.name.replace('-', "_");
    let [fitting, misfits] = [false, true].map(|misfits| Synthesis::new(&package.surface, misfits));
    package.surface.types.iter().map(move |(path, ty)| {
        let mut texts: Vec<_> = (0..3).map(|_| fitting.root(ty).to_string()).collect();
        if ty.kind == TypeKind::Struct {
            texts.extend([misfits.root(ty).to_string(), "{}".to_owned()]);
        }
        // A path may have keywords in it; any identifier may be raw.
        let raw = path.replace("::", "::r#");
        format!("comes_back::<{module}::r#{raw}>({path:?}, &{texts:?});")
    })
}
