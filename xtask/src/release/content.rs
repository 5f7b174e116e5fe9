//! A hash of the content of a package, apart from its version.

use generator::Package;

use crate::diff::Class;
use crate::sync::Files;

/// Returns a hash of the content and of the class of changes that led to it, in 32 hexadecimal digits.
/// The first version has no class.
///
/// FNV-1a (RFC 9923) with 128 bits guards against accidents, not against forgery.
pub(super) fn fingerprint(files: &Files, class: Option<Class>) -> String {
    let mut hash = Fnv(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d);
    if let Some(class) = class {
        hash.add(&class.to_string());
        hash.add("\0");
    }
    for (path, text) in files {
        let version = Package::version_line(path);
        hash.add(path);
        hash.add("\0");
        for line in text.split_inclusive('\n') {
            if !version.is_some_and(|(start, _)| line.starts_with(start)) {
                hash.add(line);
            }
        }
        hash.add("\0");
    }
    format!("{:032x}", hash.0)
}

struct Fnv(u128);

impl Fnv {
    fn add(&mut self, text: &str) {
        for byte in text.bytes() {
            self.0 = (self.0 ^ u128::from(byte)).wrapping_mul(0x0100_0000_0000_0000_0000_013b);
        }
    }
}

#[cfg(test)]
mod tests {
    use generator::Surface;

    use super::*;

    fn files(files: &[(&str, &str)]) -> Files {
        let files = files.iter();
        files
            .map(|(path, text)| (path.to_string(), text.to_string()))
            .collect()
    }

    #[test]
    fn the_hash_is_fnv_1a() {
        let mut hash = Fnv(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d);
        hash.add("foobar");
        assert_eq!(hash.0, 0x343e_1662_793c_64bf_6f0d_3597_ba44_6f18);
    }

    #[test]
    fn a_version_is_no_content() {
        let package = |version: &str| {
            let manifest = format!("name = \"a\"\nversion = \"{version}\"\nedition = \"2024\"\n");
            let surface = format!("{{\n  \"format\": 1,\n  \"version\": \"{version}\"\n}}\n");
            let files = files(&[("Cargo.toml", &manifest), (Surface::FILE, &surface)]);
            fingerprint(&files, None)
        };
        assert_eq!(package("0.1.0"), package("0.2.0+1"));
    }

    #[test]
    fn names_and_borders_of_files_are_content() {
        let all = [
            files(&[("a", "b")]),
            files(&[("b", "a")]),
            files(&[("ab", "")]),
            files(&[("a", "b\n"), ("c", "")]),
            files(&[("a", "b\nc")]),
            files(&[]),
        ];
        let classes = [None, Some(Class::Same), Some(Class::Breaking)];
        let all = all
            .iter()
            .flat_map(|files| classes.map(|class| fingerprint(files, class)));
        let mut distinct: Vec<_> = all.collect();
        let count = distinct.len();
        distinct.sort();
        distinct.dedup();
        assert_eq!(distinct.len(), count);
    }
}
