//! Converts prose into the pieces of a Markdown paragraph that displays the same text.
//!
//! Accidental markup is escaped; intended code spans, links and emphasis stay. A line may be broken
//! between two pieces, never inside one.

mod address;
mod link;
mod mark;
mod spans;

/// The pieces of a paragraph; `text` holds their texts one after the other.
#[derive(Debug, Default)]
pub(super) struct Prose {
    text: String,
    pieces: Vec<Piece>,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    pub(super) kind: Kind,
    start: usize,
    end: usize,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Kind {
    /// Markdown that stays on one line.
    Word,
    /// A lone `*` or `-`: an item of a list that lost its line breaks, or just that character.
    Bullet,
    /// A lone `#` or several: a heading that lost its line breaks.
    Heading,
    /// Code that is too long for a line, not escaped.
    Code,
}

impl Prose {
    /// Reads `source`; `home` is the address of its documentation.
    pub(super) fn read(source: &str, home: Option<&str>) -> Self {
        Reader::new(source, home, InlineContext::Paragraph).read()
    }

    pub(super) fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    pub(super) fn text(&self, piece: &Piece) -> &str {
        self.text.get(piece.start..piece.end).unwrap_or_default()
    }

    fn push(&mut self, kind: Kind, text: &str) {
        let start = self.text.len();
        self.text.push_str(text);
        self.pieces.push(Piece {
            kind,
            start,
            end: self.text.len(),
        });
    }
}

/// The Markdown around the prose: blocks are for paragraphs only, and links cannot be nested.
#[derive(Clone, Copy, PartialEq)]
enum InlineContext {
    Paragraph,
    Line,
    Link,
}

struct Reader<'a> {
    source: &'a str,
    at: usize,
    home: Option<&'a str>,
    context: InlineContext,
    prose: Prose,
    /// The offset in `prose.text` of the word that is being written.
    word: usize,
    /// The end of the emphasis that was opened last.
    emphasis_end: Option<usize>,
    /// A bit for each length of backtick runs without a counterpart ahead.
    unpaired: u32,
    /// There is an object without an end, so no further one is searched.
    open_object: bool,
}

impl<'a> Reader<'a> {
    fn new(source: &'a str, home: Option<&'a str>, context: InlineContext) -> Self {
        let prose = Prose {
            text: String::with_capacity(source.len() + source.len() / 8),
            pieces: Vec::with_capacity(source.len() / 5 + 1),
        };
        Self {
            source,
            at: 0,
            home,
            context,
            prose,
            word: 0,
            emphasis_end: None,
            unpaired: 0,
            open_object: false,
        }
    }

    fn read(mut self) -> Prose {
        while self.at < self.source.len() {
            let rest = self.rest();
            let length = rest.bytes().position(|b| b == b' ').unwrap_or(rest.len());
            match rest.get(..length) {
                Some(word) if length > 0 => self.piece(word),
                _ => self.at += 1,
            }
        }
        self.prose
    }

    /// Reads the piece that begins with `word`.
    fn piece(&mut self, word: &'a str) {
        let kind = match word {
            "*" | "-" => Kind::Bullet,
            "#" | "##" | "###" | "####" => Kind::Heading,
            _ if mark::is_plain(word) => Kind::Word,
            _ => return self.marked(word),
        };
        self.prose.push(kind, word);
        self.at += word.len();
    }

    fn marked(&mut self, word: &'a str) {
        self.word = self.prose.text.len();
        if !self.object() && !self.code_word(word) {
            while self.byte(0) != b' ' {
                self.step();
            }
        }
        self.finish_word();
    }

    /// Reads the plain text ahead and the mark after it.
    fn step(&mut self) {
        let rest = self.rest();
        let plain = rest
            .bytes()
            .position(|b| mark::STOPS[usize::from(b)])
            .unwrap_or(rest.len());
        self.copy(plain);
        match self.byte(0) {
            b' ' => {}
            b'`' => self.backticks(),
            b'[' => self.bracket(),
            b'<' => self.angle(),
            b'*' => self.stars(),
            b'\\' => self.backslash(),
            b':' => self.colon(),
            b']' if self.context == InlineContext::Link => self.escape(1),
            mark => {
                let run = mark::run(self.source, self.at, mark);
                let active = mark::is_active(self.source, self.at);
                if active {
                    self.escape(run)
                } else {
                    self.copy(run)
                }
            }
        }
    }

    fn rest(&self) -> &'a str {
        self.source.get(self.at..).unwrap_or_default()
    }

    /// Returns the byte `ahead` bytes from here; a space after the end.
    fn byte(&self, ahead: usize) -> u8 {
        mark::byte(self.source, self.at + ahead)
    }

    fn copy(&mut self, length: usize) {
        let end = self.at + length;
        self.prose
            .text
            .push_str(self.source.get(self.at..end).unwrap_or_default());
        self.at = end;
    }

    /// Copies marks with a backslash in front of each.
    fn escape(&mut self, length: usize) {
        for _ in 0..length {
            self.prose.text.push('\\');
            self.copy(1);
        }
    }

    fn written(&self) -> &str {
        self.prose.text.get(self.word..).unwrap_or_default()
    }

    fn finish_word(&mut self) {
        let (start, end) = (self.word, self.prose.text.len());
        if start < end {
            self.prose.pieces.push(Piece {
                kind: Kind::Word,
                start,
                end,
            });
        }
        self.word = end;
    }
}
