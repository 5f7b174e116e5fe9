//! Path templates.

use std::fmt;

/// A part of a path template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Segment {
    /// Text that is sent as it is.
    Literal(&'static str),
    /// `{x}`: the value of a parameter, with its slashes encoded.
    Variable(&'static str),
    /// `{+x}`: the value of a parameter, which may have several segments: its slashes are kept.
    Reserved(&'static str),
}

/// The template of a path, in segments. Displays as documents write it:
/// `v1alpha/{+name}:cancel`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Template(&'static [Segment]);

impl Template {
    pub(crate) const fn new(segments: &'static [Segment]) -> Self {
        Self(segments)
    }

    /// The segments in order.
    pub const fn segments(self) -> &'static [Segment] {
        self.0
    }

    /// Returns whether the template has a variable that may span several segments.
    pub(crate) fn has_reserved(self) -> bool {
        let mut segments = self.0.iter();
        segments.any(|segment| matches!(segment, Segment::Reserved(_)))
    }
}

impl fmt::Display for Template {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|segment| match segment {
            Segment::Literal(text) => f.write_str(text),
            Segment::Variable(name) => write!(f, "{{{name}}}"),
            Segment::Reserved(name) => write!(f, "{{+{name}}}"),
        })
    }
}

impl fmt::Debug for Template {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{self}\"")
    }
}
