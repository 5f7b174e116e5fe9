//! Items and their members: each on lines of its own, with blank lines between them.

use super::FormatError;
use super::attributes;
use super::layout::{INDENT, Output, Unknown};
use super::pretty;
use super::tokens::{Bracket, Kind, View};

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

/// An item of a file or module, or a member of another one.
struct Item<'a> {
    whole: View<'a>,
    attributes: View<'a>,
    /// Without its attributes, and without the semicolon at its end.
    head: View<'a>,
    /// What is within its braces.
    body: Option<View<'a>>,
    keyword: &'a str,
}

/// Neighbours of one group stand without a blank line between them.
#[derive(Clone, Copy, PartialEq)]
enum Group {
    Import,
    ReExport,
    Module,
    Constant,
    Type,
    /// Fields and variants.
    Member,
    /// Stands alone.
    None,
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

    fn has_elements(self) -> bool {
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
        let length = length(rest, container);
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

/// How many tokens the first item has.
fn length(tokens: View<'_>, container: Container) -> usize {
    if container.has_elements() {
        return tokens.find(",").unwrap_or(tokens.len());
    }
    let start = attributes_length(tokens);
    let ends_with_block = !matches!(
        keyword(tokens.from(start)),
        "const" | "static" | "type" | "use"
    );
    let end = tokens
        .from(start)
        .places()
        .map(|at| start + at)
        .find(|at| tokens.is(*at, ";") || ends_with_block && tokens.opens(*at, Bracket::Curly));
    end.map_or(tokens.len(), |end| tokens.close(end) + 1)
}

fn attributes_length(tokens: View<'_>) -> usize {
    let mut start = 0;
    while let Some(length) = attributes::length(tokens.from(start), false) {
        start += length;
    }
    start
}

/// What sort of item this is: the first word that is no modifier.
fn keyword(tokens: View<'_>) -> &str {
    let mut words = tokens
        .places()
        .filter(|at| tokens.kind(*at) == Some(Kind::Word));
    let is_keyword = |at: &usize| !matches!(tokens.word(*at), "pub" | "async" | "unsafe");
    words.find(is_keyword).map_or("", |at| tokens.word(at))
}

impl<'a> Item<'a> {
    fn new(tokens: View<'a>, container: Container) -> Self {
        let start = attributes_length(tokens);
        let (attributes, head) = (tokens.before(start), tokens.from(start));
        let last = head.places().last().unwrap_or_default();
        let has_body = !container.has_elements() && head.opens(last, Bracket::Curly);
        let keyword = if container.has_elements() {
            ""
        } else {
            keyword(head)
        };
        let has_end = has_body || !container.has_elements() && head.is(last, ";");
        Self {
            whole: tokens,
            attributes,
            head: if has_end { head.before(last) } else { head },
            body: has_body.then(|| head.within(last)),
            keyword,
        }
    }

    fn group(&self, container: Container) -> Group {
        if container.has_elements() {
            return Group::Member;
        }
        // An item with documentation or attributes is tall enough to stand alone.
        if !self.attributes.is_empty() {
            return Group::None;
        }
        match self.keyword {
            "use" if self.head.is(0, "pub") => Group::ReExport,
            "use" => Group::Import,
            "mod" if self.body.is_none() => Group::Module,
            "const" | "static" => Group::Constant,
            "type" => Group::Type,
            _ => Group::None,
        }
    }
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
        self.text.push_str(if container.has_elements() {
            ",\n"
        } else {
            ";\n"
        });
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
