//! RFC 6901 JSON pointers that are cheap to extend during a walk.

use std::fmt;
use std::iter::successors;

/// A JSON pointer ([RFC 6901](https://www.rfc-editor.org/rfc/rfc6901)), linked from the innermost
/// token outwards, so that a walk without problems allocates nothing.
///
/// ```
/// use discovery::Pointer;
///
/// let paths = Pointer::ROOT.key("paths");
/// let path = paths.key("a/b~c");
/// assert_eq!(path.index(0).to_string(), "/paths/a~1b~0c/0");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Pointer<'a>(Option<Step<'a>>);

#[derive(Clone, Copy, Debug)]
struct Step<'a> {
    parent: &'a Pointer<'a>,
    token: Token<'a>,
}

#[derive(Clone, Copy, Debug)]
enum Token<'a> {
    Key(&'a str),
    Index(usize),
    /// Several tokens, each escaped and after its slash.
    Escaped(&'a str),
}

impl Pointer<'static> {
    /// The whole document, the empty pointer.
    pub const ROOT: Self = Self(None);
}

impl<'a> Pointer<'a> {
    /// The member `key` of the object that `self` points to.
    #[must_use]
    pub fn key(&'a self, key: &'a str) -> Self {
        self.step(Token::Key(key))
    }

    /// The element `index`, from zero, of the array that `self` points to.
    #[must_use]
    pub fn index(&'a self, index: usize) -> Self {
        self.step(Token::Index(index))
    }

    /// The value at `path`, itself a pointer, below the value that `self` points to.
    #[must_use]
    pub fn join(&'a self, path: &'a str) -> Self {
        self.step(Token::Escaped(path))
    }

    fn step(&'a self, token: Token<'a>) -> Self {
        Self(Some(Step {
            parent: self,
            token,
        }))
    }
}

impl Pointer<'_> {
    /// Returns the pointer, without its innermost tokens if it has `length` bytes or more.
    pub(crate) fn shortened(&self, length: usize) -> String {
        let mut pointer = String::new();
        for token in self.tokens() {
            let token = token.to_string();
            if pointer.len() + token.len() >= length {
                break;
            }
            pointer.push_str(&token);
        }
        pointer
    }

    fn tokens(&self) -> impl Iterator<Item = Token<'_>> {
        let steps = successors(self.0.as_ref(), |step| step.parent.0.as_ref());
        let mut tokens: Vec<_> = steps.map(|step| step.token).collect();
        tokens.reverse();
        tokens.into_iter()
    }
}

impl fmt::Display for Pointer<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.tokens().try_for_each(|token| token.fmt(f))
    }
}

impl fmt::Display for Token<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Key(key) => write!(f, "/{}", escape(key)),
            Self::Index(index) => write!(f, "/{index}"),
            Self::Escaped(path) => f.write_str(path),
        }
    }
}

/// Escapes a key as a token of a pointer.
pub(crate) fn escape(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

/// Returns the key that a token of a pointer stands for.
pub(crate) fn unescape(token: &str) -> String {
    token.replace("~1", "/").replace("~0", "~")
}
