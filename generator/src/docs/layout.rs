//! Lays out code that lost its line breaks.

/// Deeper brackets are not indented further.
const MAX_DEPTH: usize = 10;

/// Returns the lines of `code`, at most `width` columns wide where it can be broken.
pub(super) fn lines(code: &str, width: usize) -> Vec<String> {
    let mut layout = Layout {
        lines: Vec::new(),
        line: String::new(),
        depth: 0,
        width,
    };
    if code.starts_with(['{', '[']) {
        layout.json(code);
    } else if is_request(code) {
        layout.request(code);
    } else {
        layout.words(code);
    }
    layout.end_line();
    layout.lines
}

fn is_request(code: &str) -> bool {
    let method = code.split(' ').next().unwrap_or_default();
    matches!(method, "GET" | "POST" | "PUT" | "PATCH" | "DELETE") && code.contains(" HTTP/")
}

struct Layout {
    lines: Vec<String>,
    line: String,
    /// The number of open brackets.
    depth: usize,
    width: usize,
}

impl Layout {
    fn end_line(&mut self) {
        if !self.line.trim_end().is_empty() {
            self.lines.push(self.line.trim_end().to_owned());
        }
        self.line.clear();
    }

    fn indent(&self) -> usize {
        self.depth.min(MAX_DEPTH) * 2
    }

    fn push(&mut self, text: &str) {
        if self.line.is_empty() {
            self.line.extend(std::iter::repeat_n(' ', self.indent()));
        }
        self.line.push_str(text);
    }

    fn word(&mut self, word: &str) {
        if !self.line.is_empty() {
            self.push(" ");
        }
        self.push(word);
    }

    fn words(&mut self, code: &str) {
        for word in code.split_ascii_whitespace() {
            if self.line.len() + 1 + word.len() > self.width {
                self.end_line();
            }
            self.word(word);
        }
    }

    /// Lays out an HTTP request: a line for each header, each boundary and the body.
    fn request(&mut self, code: &str) {
        for word in code.split_ascii_whitespace() {
            let is_header = word.ends_with(':') && word.contains('-');
            if is_header || word.starts_with("--") || word.starts_with('{') {
                self.end_line();
            }
            self.word(word);
        }
    }

    /// Lays out JSON, or something like it: the content of brackets stays on their line if it fits.
    fn json(&mut self, code: &str) {
        let mut rest = code;
        while let Some(token) = token(rest) {
            let mut taken = token;
            match token {
                "{" | "[" => match self.fitting(rest) {
                    Some(inside) => {
                        taken = inside;
                        self.push(inside);
                    }
                    None => {
                        self.push(token);
                        self.end_line();
                        self.depth += 1;
                    }
                },
                "}" | "]" => {
                    self.end_line();
                    self.depth = self.depth.saturating_sub(1);
                    self.push(token);
                }
                "," => {
                    self.push(token);
                    self.end_line();
                }
                " " if self.line.is_empty() => {}
                _ => self.push(token),
            }
            rest = rest.get(taken.len()..).unwrap_or_default();
        }
    }

    /// Returns the brackets at the beginning of `code` with their content, if that fits on the line.
    fn fitting<'a>(&self, code: &'a str) -> Option<&'a str> {
        let room = self
            .width
            .saturating_sub(self.line.len().max(self.indent()));
        matching(code.get(..code.floor_char_boundary(room))?)
    }
}

/// Returns the first token: a string, a bracket, a comma, a blank, or anything up to one of these.
fn token(code: &str) -> Option<&str> {
    let first = code.chars().next()?;
    let length = match first {
        '"' => string(code),
        '{' | '}' | '[' | ']' | ',' | ' ' => 1,
        _ => code
            .find(['"', '{', '}', '[', ']', ',', ' '])
            .unwrap_or(code.len()),
    };
    code.get(..length)
}

/// Returns the length of the string at the beginning of `code`, up to the end if it is not closed.
fn string(code: &str) -> usize {
    let mut escaped = false;
    let end = code.bytes().skip(1).position(|b| {
        let is_end = b == b'"' && !escaped;
        escaped = b == b'\\' && !escaped;
        is_end
    });
    end.map_or(code.len(), |end| end + 2)
}

/// Returns the brackets at the beginning of `code` with their content, if they are closed.
fn matching(code: &str) -> Option<&str> {
    let (mut depth, mut at) = (0usize, 0);
    while let Some(token) = token(code.get(at..)?) {
        at += token.len();
        match token {
            "{" | "[" => depth += 1,
            "}" | "]" => depth = depth.checked_sub(1)?,
            _ => {}
        }
        if depth == 0 {
            return code.get(..at);
        }
    }
    None
}
