//! The tokens of a text that is known to be JSON ([RFC 8259](https://www.rfc-editor.org/rfc/rfc8259)).

/// A place in the text. What is not JSON leads to nonsense, and no further than to the end.
pub(crate) struct Tokens<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Tokens<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        Self { text, at: 0 }
    }

    /// How many bytes are behind.
    pub(crate) fn at(&self) -> usize {
        self.at
    }

    pub(crate) fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// What comes after space and colons: the first byte of a value or a name, a comma, a bracket.
    pub(crate) fn next_mark(&mut self) -> Option<u8> {
        self.pass(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b':'));
        self.peek()
    }

    /// What was passed since the byte `start`.
    pub(crate) fn text_since(&self, start: usize) -> &'t str {
        self.text.get(start..self.at).unwrap_or_default()
    }

    /// Passes a mark.
    pub(crate) fn step(&mut self) {
        self.at += 1;
    }

    /// Passes the string that begins here.
    pub(crate) fn string(&mut self) {
        self.at += 1;
        loop {
            self.pass(|byte| !matches!(byte, b'"' | b'\\'));
            match self.peek() {
                Some(b'\\') => self.at += 2,
                _ => {
                    self.at += 1;
                    return;
                }
            }
        }
    }

    /// Passes a number, `true`, `false` or `null`. Always goes on, even where there is none.
    pub(crate) fn scalar(&mut self) {
        self.at += 1;
        self.pass(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    }

    /// Passes a whole value.
    pub(crate) fn value(&mut self) {
        let mut depth = 0_usize;
        loop {
            match self.next_mark() {
                Some(b'{' | b'[') => {
                    depth += 1;
                    self.step();
                }
                Some(b'}' | b']') => {
                    depth = depth.saturating_sub(1);
                    self.step();
                }
                Some(b'"') => self.string(),
                Some(b',') => self.step(),
                Some(_) => self.scalar(),
                None => return,
            }
            if depth == 0 {
                return;
            }
        }
    }

    fn pass(&mut self, fits: impl Fn(u8) -> bool) {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let length = rest.iter().position(|byte| !fits(*byte));
        self.at += length.unwrap_or(rest.len());
    }
}
