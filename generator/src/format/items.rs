//! Items and their members: each on lines of its own, with blank lines between them.

use super::FormatError;
use super::attributes;
use super::item::{self, Group, Item};
use super::output::{INDENT, Output, Unknown};
use super::pretty;
use super::tokens::{Bracket, View};

/// What items are within.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Container {
    File,
    Module,
    Impl,
    Trait,
    Struct,
    Enum,
}

impl Container {
    fn of(keyword: &str) -> Option<Self> {
        Some(match keyword {
            "mod" => Self::Module,
            "impl" => Self::Impl,
            "trait" => Self::Trait,
            "struct" => Self::Struct,
            "enum" => Self::Enum,
            _ => return None,
        })
    }

    /// Whether commas separate what is within.
    pub(super) fn has_elements(self) -> bool {
        matches!(self, Self::Struct | Self::Enum)
    }
}

/// Appends the content of a file, or of an item.
///
/// # Errors
///
/// When it is not Rust.
pub(super) fn content(
    out: &mut Output,
    tokens: View<'_>,
    container: Container,
) -> Result<(), FormatError> {
    let mut rest = inner_attributes(out, tokens, container)?;
    let mut last = (rest.len() < tokens.len()).then_some(Group::None);
    while !rest.is_empty() {
        let length = item::length(rest, container);
        let item = Item::new(rest.before(length), container);
        let group = item.group(container);
        if last.is_some_and(|last| last != group || group == Group::None) {
            out.text.push('\n');
        }
        last = Some(group);
        out.item(&item, container)?;
        let comma = usize::from(container.has_elements() && rest.is(length, ","));
        rest = rest.from(length + comma);
    }
    Ok(())
}

/// Appends `#![…]`, with a blank line between documentation and the rest. Returns what follows.
fn inner_attributes<'a>(
    out: &mut Output,
    tokens: View<'a>,
    container: Container,
) -> Result<View<'a>, FormatError> {
    let mut rest = tokens;
    let mut documents = false;
    while let Some(length) = attributes::length(rest, true) {
        let attribute = rest.before(length);
        let documented = std::mem::replace(&mut documents, rest.is(3, "doc"));
        if documented && !documents {
            out.text.push('\n');
        }
        let mark = out.mark();
        if out.attribute(attribute).is_err() {
            out.back_to(&mark);
            pretty::push(out, attribute, container)?;
        }
        rest = rest.from(length);
    }
    Ok(rest)
}

impl Output {
    fn item(&mut self, item: &Item<'_>, container: Container) -> Result<(), FormatError> {
        let start = self.mark();
        if self.attributes(item.attributes).is_err() {
            self.back_to(&start);
            return pretty::push(self, item.whole, container);
        }
        let start = self.mark();
        if self.begin_item(item, container).is_err() {
            self.back_to(&start);
            return pretty::push(self, item.whole.from(item.attributes.len()), container);
        }
        self.end_item(item)
    }

    fn attributes(&mut self, mut attributes: View<'_>) -> Result<(), Unknown> {
        while let Some(length) = attributes::length(attributes, false) {
            self.attribute(attributes.before(length))?;
            attributes = attributes.from(length);
        }
        Ok(())
    }

    /// Appends an item up to the brace in front of its items, or to its end if it has none.
    fn begin_item(&mut self, item: &Item<'_>, container: Container) -> Result<(), Unknown> {
        self.begin_line();
        let head = item.head;
        match (item.keyword, item.body) {
            ("fn", Some(body)) => {
                self.signature(head)?;
                return self.block(body);
            }
            (keyword, Some(_)) => {
                Container::of(keyword).ok_or(Unknown)?;
                // Where it is long, `for` is on a line of its own.
                if head.find("for").is_none() {
                    self.whole(head, 2)?;
                } else if !self.fits(head, 2)? {
                    return Err(Unknown);
                }
                self.text.push_str(" {");
                return Ok(());
            }
            ("const" | "static", None) => self.flow(head, 1)?,
            ("use" | "mod" | "struct" | "type", None) => self.whole(head, 1)?,
            ("fn", None) if container == Container::Trait => self.whole(head, 1)?,
            ("", None) if container == Container::Struct => {
                head.find(":").ok_or(Unknown)?;
                self.flow(head, 1)?;
            }
            ("", None) if container == Container::Enum => self.whole(head, 1)?,
            (_, None) => self.call_of_macro(head)?,
        }
        let end = if container.has_elements() {
            ",\n"
        } else {
            ";\n"
        };
        self.text.push_str(end);
        Ok(())
    }

    /// Appends what is within the braces of an item, and the brace that closes it.
    fn end_item(&mut self, item: &Item<'_>) -> Result<(), FormatError> {
        let (Some(container), Some(body)) = (Container::of(item.keyword), item.body) else {
            return Ok(());
        };
        if !body.is_empty() {
            self.text.push('\n');
            self.indent += INDENT;
            content(self, body, container)?;
            self.indent -= INDENT;
            self.begin_line();
        }
        self.text.push_str("}\n");
        Ok(())
    }

    /// Appends `name!(…)`.
    fn call_of_macro(&mut self, tokens: View<'_>) -> Result<(), Unknown> {
        let open = tokens.find("!").ok_or(Unknown)? + 1;
        if !tokens.opens(open, Bracket::Round) || tokens.close(open) + 1 < tokens.len() {
            return Err(Unknown);
        }
        if self.fits(tokens, 1)? {
            return Ok(());
        }
        self.whole(tokens.before(open + 1), 0)?;
        self.fill(tokens.within(open))?;
        self.text.push(')');
        Ok(())
    }
}
