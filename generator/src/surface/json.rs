//! The text of a surface: JSON with an item on each line, so that versions can be compared and merged.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::Formatter;
use serde_json::{Serializer, Value};

use super::Surface;
use super::error::SurfaceError;
use crate::docs;

/// The levels of nesting whose members have lines of their own: the surface, its maps, and the fields
/// or parameters of their items.
const LINED: [usize; 3] = [1, 2, 4];

impl Surface {
    /// The version of the format that this program writes, and the newest that it reads.
    pub const FORMAT: u32 = 1;

    /// The name of the file that holds the surface of a package, at its root.
    pub const FILE: &str = "surface.json";

    /// Reads the text of a [`Self::FILE`].
    ///
    /// # Errors
    ///
    /// Text that is not a surface, or whose format is newer than [`Self::FORMAT`].
    pub fn parse(text: &str) -> Result<Self, SurfaceError> {
        let surface: Self = serde_json::from_str(text).map_err(|error| SurfaceError {
            line: Some(error.line()),
            message: error.to_string(),
        })?;
        match surface.format {
            1..=Self::FORMAT => Ok(surface),
            format => Err(SurfaceError {
                line: None,
                message: format!(
                    "its format is {format}, and this program reads 1 to {}",
                    Self::FORMAT
                ),
            }),
        }
    }

    /// Returns the text of a [`Self::FILE`] that begins with `header`.
    pub(crate) fn to_json(&self, header: &str) -> String {
        let mut text = Vec::new();
        let mut lines = Serializer::with_formatter(&mut text, Lines::default());
        // Neither writing to memory nor a map with text keys can fail.
        let _ = self.serialize(&mut lines);
        let text = String::from_utf8(text).unwrap_or_default();
        let members = text.strip_prefix('{').unwrap_or_default();
        format!("{{\n  \"//\": {},{members}\n", Value::from(header))
    }
}

/// Breaks lines between the members of some objects.
#[derive(Default)]
struct Lines {
    /// The number of objects and arrays around the next value.
    depth: usize,
    /// True if the innermost of them has a member.
    has_member: bool,
}

impl Lines {
    fn open(&mut self) {
        self.depth += 1;
        self.has_member = false;
    }

    fn close(&mut self) {
        self.depth = self.depth.saturating_sub(1);
        self.has_member = true;
    }

    /// Begins a line, if the members of the innermost object have their own.
    fn line<W: ?Sized + Write>(&self, writer: &mut W, outer: usize) -> io::Result<()> {
        let Some(level) = LINED.iter().position(|depth| *depth == self.depth) else {
            return Ok(());
        };
        write!(writer, "\n{:1$}", "", 2 * (level + 1 - outer))
    }
}

impl Formatter for Lines {
    fn begin_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.open();
        writer.write_all(b"[")
    }

    fn end_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.close();
        writer.write_all(b"]")
    }

    fn begin_array_value<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> io::Result<()> {
        writer.write_all(if first { b"" } else { b", " })
    }

    fn begin_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.open();
        writer.write_all(b"{")
    }

    fn end_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        if self.has_member {
            self.line(writer, 1)?;
        }
        self.close();
        writer.write_all(b"}")
    }

    fn begin_object_key<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> io::Result<()> {
        let is_lined = LINED.contains(&self.depth);
        writer.write_all(match (first, is_lined) {
            (true, _) => b"",
            (false, true) => b",",
            (false, false) => b", ",
        })?;
        self.line(writer, 0)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        writer.write_all(b": ")
    }

    /// Escapes characters that nobody sees, such as those that change the direction of a text.
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        if fragment.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
            return writer.write_all(fragment.as_bytes());
        }
        for part in fragment.split_inclusive(|c| !docs::is_visible(c)) {
            let hidden = part.chars().next_back().filter(|c| !docs::is_visible(*c));
            let visible = part.len() - hidden.map_or(0, char::len_utf8);
            writer.write_all(part.get(..visible).unwrap_or_default().as_bytes())?;
            for unit in hidden
                .into_iter()
                .flat_map(|c| c.encode_utf16(&mut [0; 2]).to_vec())
            {
                write!(writer, "\\u{unit:04x}")?;
            }
        }
        Ok(())
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.has_member = true;
        Ok(())
    }
}
