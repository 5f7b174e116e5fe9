//! Memory of this process and of the system, on Linux: `proc(5)`.

use std::fs;

/// Returns the peak memory of this process, in bytes.
pub(super) fn peak() -> Option<u64> {
    field(&fs::read_to_string("/proc/self/status").ok()?, "VmHWM")
}

/// Returns the memory available without swapping, in bytes.
pub(super) fn available() -> Option<u64> {
    field(&fs::read_to_string("/proc/meminfo").ok()?, "MemAvailable")
}

/// Returns the value of a line `Name:   4711 kB`.
fn field(text: &str, name: &str) -> Option<u64> {
    let line = text
        .lines()
        .find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))?;
    let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim_end().parse().ok()?;
    kibibytes.checked_mul(1024)
}

#[cfg(test)]
mod tests {
    use super::field;

    #[test]
    fn lines_of_proc() {
        let text = "Name:\txtask\nVmHWMark:\t 1 kB\nVmHWM:\t  123456 kB\nVmRSS:\t oops kB\n";
        assert_eq!(field(text, "VmHWM"), Some(123_456 * 1024));
        assert_eq!(field(text, "VmRSS"), None);
        assert_eq!(field(text, "Name"), None);
        assert_eq!(field(text, "VmPeak"), None);
    }
}
