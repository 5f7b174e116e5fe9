//! Where a value is: an RFC 6901 JSON pointer that is cheap to extend while walking.

use std::fmt;

/// A JSON pointer ([RFC 6901](https://www.rfc-editor.org/rfc/rfc6901)), linked from the innermost
/// token outwards, so that a walk which finds no problem allocates nothing.
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

    fn step(&'a self, token: Token<'a>) -> Self {
        Self(Some(Step {
            parent: self,
            token,
        }))
    }
}

impl fmt::Display for Pointer<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut tokens = Vec::new();
        let mut pointer = self;
        while let Some(step) = &pointer.0 {
            tokens.push(step.token);
            pointer = step.parent;
        }
        tokens.iter().rev().try_for_each(|token| match token {
            Token::Key(key) => write!(f, "/{}", escape(key)),
            Token::Index(index) => write!(f, "/{index}"),
        })
    }
}

/// A key as a token of a pointer.
pub(crate) fn escape(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

/// The key that a token of a pointer stands for.
pub(crate) fn unescape(token: &str) -> String {
    token.replace("~1", "/").replace("~0", "~")
}
