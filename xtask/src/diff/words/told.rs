//! Differences that others say as well.

use std::collections::BTreeSet;

use super::subjects::{self, Subjects};
use crate::api::{Key, Space};
use crate::diff::Verb;
use crate::diff::compare::{Difference, What};

/// What is told, and of which items and methods.
pub(super) struct Told<'a> {
    items: BTreeSet<(Verb, Vec<&'a Key>)>,
    methods: BTreeSet<(Verb, &'a str)>,
}

impl<'a> Told<'a> {
    pub(super) fn of(differences: &[Difference<'a>], subjects: &'a Subjects) -> Self {
        let (mut items, mut methods) = (BTreeSet::new(), BTreeSet::new());
        for found in differences {
            let verb = found.what.verb();
            methods.extend(subjects.method_at(&found.path).map(|method| (verb, method)));
            if let What::Added(item) | What::Removed(item) = &found.what
                && subjects.is_resource(&found.path)
            {
                let paths = item.items.keys();
                let paths = paths.map(|key| [&found.path[..], &[key]].concat());
                methods.extend(paths.filter_map(|path| Some((verb, subjects.method_at(&path)?))));
            }
            items.insert((verb, found.path.clone()));
        }
        Self { items, methods }
    }

    /// Whether another difference says the same: a request comes and goes with its method, a setter
    /// with its field, the way to a resource with the resource.
    pub(super) fn says(&self, found: &Difference<'a>, subjects: &Subjects) -> bool {
        let verb = found.what.verb();
        let Some((last, around)) = found.path.split_last() else {
            return false;
        };
        match last.space {
            Space::Type => subjects
                .method_of(&found.path)
                .is_some_and(|method| self.methods.contains(&(verb, method))),
            Space::Function if subjects::leads_to_resource(&found.what.item().form) => {
                let module = Key::new(Space::Module, &last.name);
                let modules = around.iter().filter(|key| key.space == Space::Module);
                self.has_below(verb, modules.copied().chain([&module]).collect())
            }
            Space::Function => {
                let name = last.name.strip_prefix("set_").unwrap_or(&last.name);
                let field = Key::new(Space::Field, name);
                self.items.contains(&(verb, [around, &[&field]].concat()))
            }
            _ => false,
        }
    }

    fn has_below(&self, verb: Verb, module: Vec<&Key>) -> bool {
        let from = (verb, module);
        let next = self.items.range(&from..).next();
        next.is_some_and(|(other, path)| *other == verb && path.starts_with(&from.1))
    }
}
