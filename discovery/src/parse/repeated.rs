//! Members of an object that have one name. Of these a parser keeps the last
//! ([RFC 8259, section 4](https://www.rfc-editor.org/rfc/rfc8259#section-4)).

use std::collections::BTreeSet;
use std::ops::Range;

use crate::pointer::escape;
use crate::problem::KEPT;
use crate::tokens::Tokens;

/// The length of the longest pointer, in bytes: keys can be as long as the text, and each of many
/// problems repeats those around it.
const LONGEST_POINTER: usize = 1000;

/// A member with the name of one before it.
pub(super) struct Repeated {
    /// Where it is; what is around it, if the pointer would be a long one.
    pub(super) pointer: String,
    pub(super) name: String,
    /// Its name in the text.
    pub(super) at: Range<usize>,
}

/// An object or an array that the walk is in.
#[derive(Default)]
struct Open {
    is_object: bool,
    /// The names that were seen.
    names: BTreeSet<String>,
    /// The name or the index of the value that the walk is at.
    token: String,
    index: usize,
}

/// Finds the members of a text that is known to be JSON; no more than anybody is told of.
pub(super) fn find(text: &str) -> Vec<Repeated> {
    let (mut tokens, mut open, mut found) = (Tokens::new(text), Vec::<Open>::new(), Vec::new());
    let mut before = b' ';
    while let Some(next) = tokens.next_mark() {
        let start = tokens.at();
        match next {
            b'{' | b'[' => {
                tokens.step();
                open.push(Open {
                    is_object: next == b'{',
                    token: "0".to_owned(),
                    ..Open::default()
                });
            }
            b'}' | b']' => {
                tokens.step();
                open.pop();
            }
            b',' => {
                tokens.step();
                if let Some(list) = open.last_mut().filter(|open| !open.is_object) {
                    list.index += 1;
                    list.token = list.index.to_string();
                }
            }
            b'"' => {
                tokens.string();
                let is_name = matches!(before, b'{' | b',');
                let object = open.last_mut().filter(|open| is_name && open.is_object);
                let name = tokens.text_since(start);
                if let Some((object, name)) = object.zip(serde_json::from_str::<String>(name).ok())
                {
                    object.token.clone_from(&name);
                    if !object.names.insert(name.clone()) {
                        let (pointer, at) = (pointer(&open), start..tokens.at());
                        found.push(Repeated { pointer, name, at });
                    }
                }
            }
            _ => tokens.scalar(),
        }
        if found.len() >= KEPT {
            break;
        }
        before = next;
    }
    found
}

fn pointer(open: &[Open]) -> String {
    let mut pointer = String::new();
    for open in open {
        let token = escape(&open.token);
        if pointer.len() + token.len() >= LONGEST_POINTER {
            break;
        }
        pointer.push('/');
        pointer.push_str(&token);
    }
    pointer
}
