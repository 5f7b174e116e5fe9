//! Tables of the names in one Rust name space.

use std::collections::{BTreeMap, BTreeSet};

use super::ident::Ident;

/// The names of one Rust name space: the first one to request a name gets it.
#[derive(Clone, Debug, Default)]
pub(crate) struct NameTable {
    /// Names that generated code uses itself. The lists are short and rarely hit, so a linear search
    /// is cheaper than a set for each table.
    reserved: Vec<&'static [&'static str]>,
    taken: BTreeSet<Ident>,
    /// The last number given to a name, so that a million equal names are not counted each time.
    numbers: BTreeMap<Ident, u32>,
}

impl NameTable {
    /// Returns a table in which these names are reserved.
    pub(crate) fn reserving(names: &'static [&'static str]) -> Self {
        Self::default().and(names)
    }

    /// Reserves further names.
    pub(crate) fn and(mut self, names: &'static [&'static str]) -> Self {
        self.reserved.push(names);
        self
    }

    fn take(&mut self, name: &Ident) -> bool {
        let name_is = |names: &&[&str]| names.contains(&name.as_str());
        !self.reserved.iter().any(name_is) && self.taken.insert(name.clone())
    }

    /// Returns `wanted`, with a trailing underscore if it is taken, or with the first free number if
    /// that is taken too.
    pub(crate) fn assign(&mut self, wanted: Ident) -> Ident {
        if self.take(&wanted) {
            return wanted;
        }
        let marked = wanted.suffixed();
        if self.take(&marked) {
            return marked;
        }
        let mut number = self.numbers.get(&wanted).copied().unwrap_or(1);
        loop {
            number = number.saturating_add(1);
            let numbered = Ident(format!("{}{number}", wanted.0));
            if self.take(&numbered) {
                self.numbers.insert(wanted, number);
                return numbered;
            }
        }
    }
}
