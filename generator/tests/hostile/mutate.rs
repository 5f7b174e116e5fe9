//! Mutations of documents: well-formed enough to pass the first check, wrong enough to be new.

use crate::random::Random;
use crate::tree::Tree;
use crate::words::{HOSTILE, KEYS, RAW};

/// The maximal number of changes of one mutant.
const MOST: usize = 4;

/// Deeper than any document, and than the reader accepts.
const DEEP: usize = 140;

/// Changes `tree` in some places, with values from `others`.
pub(crate) fn mutate(tree: &mut Tree, others: &[Tree], random: &mut Random) {
    let changes = 1 + random.below(MOST).min(random.below(MOST));
    for _ in 0..changes {
        change(tree, others, random);
    }
}

fn change(tree: &mut Tree, others: &[Tree], random: &mut Random) {
    let index = random.below(tree.count());
    match random.below(20) {
        0..2 => delete(tree, index, random),
        2..4 => duplicate(tree, index, random),
        4..6 => replace(tree, index, retyped(random)),
        6..8 => swap(tree, index, random),
        8..10 => {
            let value = part(tree, random);
            replace(tree, index, value);
        }
        10 => {
            let value = part(random.choose(others), random);
            replace(tree, index, value);
        }
        11..14 => poison(tree, index, random),
        14..17 => rename(tree, index, random),
        17 => graft(tree, index, others, random),
        18 => refer(tree, index, random),
        _ => nest(tree, index, random),
    }
}

/// Returns some value of `tree`.
fn part(tree: &Tree, random: &mut Random) -> Tree {
    let index = random.below(tree.count());
    tree.nth(index).expect("a value").clone()
}

fn retyped(random: &mut Random) -> Tree {
    if random.one_in(2) {
        Tree::Raw((*random.choose(RAW)).to_owned())
    } else {
        Tree::Text((*random.choose(HOSTILE)).to_owned())
    }
}

fn replace(tree: &mut Tree, index: usize, value: Tree) {
    // The document itself stays an object: a number would reveal little.
    if let Some(place) = tree.nth_mut(index).filter(|_| index > 0) {
        *place = value;
    }
}

fn delete(tree: &mut Tree, index: usize, random: &mut Random) {
    if let Some(parent) = tree.nth_mut(index) {
        let count = parent.children().count();
        parent.remove(random.below(count));
    }
}

/// Duplicates a member, under its own name or another one, or an element.
fn duplicate(tree: &mut Tree, index: usize, random: &mut Random) {
    match tree.nth_mut(index) {
        Some(Tree::List(elements)) if !elements.is_empty() => {
            let element = random.choose(elements).clone();
            elements.insert(random.below(elements.len() + 1), element);
        }
        Some(Tree::Object(members)) if !members.is_empty() => {
            let (name, value) = random.choose(members).clone();
            let name = if random.one_in(3) {
                name
            } else {
                altered(&name, random)
            };
            members.insert(random.below(members.len() + 1), (name, value));
        }
        _ => {}
    }
}

fn swap(tree: &mut Tree, index: usize, random: &mut Random) {
    let other = random.below(tree.count());
    let (Some(one), Some(two)) = (tree.nth(index).cloned(), tree.nth(other).cloned()) else {
        return;
    };
    // A place that no longer exists after the first change is skipped.
    let (first, second) = (tree.path_to(index), tree.path_to(other));
    if first.is_empty() || second.is_empty() {
        return;
    }
    if let Some(place) = tree.at_mut(&first) {
        *place = two;
    }
    if let Some(place) = tree.at_mut(&second) {
        *place = one;
    }
}

/// Replaces a text, or a part of it, by a hostile one.
fn poison(tree: &mut Tree, index: usize, random: &mut Random) {
    let count = tree.count();
    let texts = (0..count).map(|step| (index + step) % count);
    let index = texts
        .take(64)
        .find(|index| matches!(tree.nth(*index), Some(Tree::Text(_))));
    if let Some(Tree::Text(text)) = index.and_then(|index| tree.nth_mut(index)) {
        *text = altered(text, random);
    }
}

fn rename(tree: &mut Tree, index: usize, random: &mut Random) {
    let name = names(tree, random);
    if let Some(Tree::Object(members)) = tree.nth_mut(index)
        && !members.is_empty()
    {
        let at = random.below(members.len());
        let member = &mut members[at];
        member.0 = match random.below(4) {
            0 => name,
            1 => (*random.choose(KEYS)).to_owned(),
            _ => altered(&member.0, random),
        };
    }
}

/// Returns the name of some member.
fn names(tree: &Tree, random: &mut Random) -> String {
    let index = random.below(tree.count());
    match tree.nth(index) {
        Some(Tree::Object(members)) if !members.is_empty() => random.choose(members).0.clone(),
        _ => (*random.choose(KEYS)).to_owned(),
    }
}

/// Adds a member of the format to an object.
fn graft(tree: &mut Tree, index: usize, others: &[Tree], random: &mut Random) {
    let key = *random.choose(KEYS);
    let source = random.choose(others);
    let value = find(source, key, random).unwrap_or_else(|| retyped(random));
    if let Some(Tree::Object(members)) = tree.nth_mut(index) {
        members.retain(|(name, _)| name != key);
        members.push((key.to_owned(), value));
    }
}

/// Returns a value that another document has under `key`.
fn find(tree: &Tree, key: &str, random: &mut Random) -> Option<Tree> {
    let count = tree.count();
    let start = random.below(count);
    (0..count.min(64)).find_map(|step| {
        let Some(Tree::Object(members)) = tree.nth((start + step) % count) else {
            return None;
        };
        let member = members.iter().find(|(name, _)| name == key);
        member.map(|(_, value)| value.clone())
    })
}

/// Turns a schema into a reference to another one.
fn refer(tree: &mut Tree, index: usize, random: &mut Random) {
    let Tree::Object(members) = &*tree else {
        return;
    };
    let Some((_, Tree::Object(schemas))) = members.iter().find(|(name, _)| name == "schemas")
    else {
        return;
    };
    if schemas.is_empty() {
        return;
    }
    let target = Tree::Text(random.choose(schemas).0.clone());
    replace(tree, index, Tree::Object(vec![("$ref".to_owned(), target)]));
}

/// Nests a value deeply in lists, maps or objects.
fn nest(tree: &mut Tree, index: usize, random: &mut Random) {
    let depth = if random.one_in(8) {
        1 + random.below(DEEP)
    } else {
        1 + random.below(4)
    };
    let kind = random.below(3);
    let Some(place) = tree.nth_mut(index).filter(|_| index > 0) else {
        return;
    };
    let mut inner = place.clone();
    for _ in 0..depth {
        let text = |text: &str| Tree::Text(text.to_owned());
        let object = |members: Vec<(&str, Tree)>| {
            let members = members.into_iter();
            Tree::Object(
                members
                    .map(|(name, value)| (name.to_owned(), value))
                    .collect(),
            )
        };
        inner = match kind {
            0 => object(vec![("type", text("array")), ("items", inner)]),
            1 => object(vec![
                ("type", text("object")),
                ("additionalProperties", inner),
            ]),
            _ => {
                let properties = object(vec![("a", inner)]);
                object(vec![("type", text("object")), ("properties", properties)])
            }
        };
    }
    *place = inner;
}

/// Returns another text, similar to this one or not.
fn altered(text: &str, random: &mut Random) -> String {
    let hostile = *random.choose(HOSTILE);
    match random.below(8) {
        0..3 => hostile.to_owned(),
        3 => format!("{text}{hostile}"),
        4 => {
            let at = text.floor_char_boundary(random.below(text.len() + 1));
            let (before, after) = text.split_at(at);
            format!("{before}{hostile}{after}")
        }
        5 => text.to_uppercase(),
        6 => text.chars().flat_map(|c| [c, '_']).collect(),
        _ => text.chars().rev().collect(),
    }
}
