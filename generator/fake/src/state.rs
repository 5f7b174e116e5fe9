//! The state of a fake: resources by their keys.

pub(crate) mod journal;
pub(crate) mod record;
pub(crate) mod serial;

use std::collections::BTreeMap;
use std::io;
use std::ops::Bound;
use std::path::Path;

use serde_json::Value;

use journal::{Entry, Journal};
use record::Record;
use serial::Serial;

/// Resources by their keys, which are the id of the API and the path of the resource, such as
/// `checks:v1alpha/v1alpha/accounts/1/apps/2`.
#[derive(Debug, Default)]
pub(crate) struct State {
    records: BTreeMap<String, Record>,
    pub(crate) serial: Serial,
    journal: Option<Journal>,
    /// The first error of the journal that was not reported yet.
    error: Option<io::Error>,
}

impl State {
    pub(crate) fn new(seed: u64) -> Self {
        Self {
            serial: Serial::new(seed),
            ..Self::default()
        }
    }

    /// Reads a state from a file, and appends all changes to it.
    pub(crate) fn persist(&mut self, path: &Path) -> io::Result<()> {
        for entry in Journal::read(path)? {
            self.apply(entry);
        }
        let serial = self.serial.count();
        let kept = self
            .records
            .iter()
            .map(|(key, record)| (key.as_str(), record));
        self.journal = Some(Journal::rewrite(path, serial, kept)?);
        Ok(())
    }

    fn apply(&mut self, entry: Entry) {
        self.serial.advance_to(entry.serial);
        match entry.record {
            Some(record) => self.records.insert(entry.key, record),
            None => self.records.remove(&entry.key),
        };
    }

    pub(crate) fn get(&self, key: &str) -> Option<&Record> {
        self.records.get(key)
    }

    /// Adds or replaces a record.
    pub(crate) fn put(&mut self, key: &str, record: Record) {
        self.record(key, Some(&record));
        self.records.insert(key.to_owned(), record);
    }

    pub(crate) fn remove(&mut self, key: &str) -> Option<Record> {
        let removed = self.records.remove(key)?;
        self.record(key, None);
        Some(removed)
    }

    /// Appends a change to the file, if there is one.
    fn record(&mut self, key: &str, record: Option<&Record>) {
        let serial = self.serial.count();
        if let Some(journal) = &mut self.journal
            && let Err(error) = journal.append(serial, key, record)
        {
            self.error.get_or_insert(error);
        }
    }

    /// Returns whether all changes since the last call are in the file.
    pub(crate) fn written(&mut self) -> io::Result<()> {
        self.error.take().map_or(Ok(()), Err)
    }

    /// Removes a record, those beneath it, and their policies.
    pub(crate) fn remove_tree(&mut self, key: &str) {
        for root in [key.to_owned(), policy_key(key)] {
            let beneath = format!("{root}/");
            let keys = self.with_prefix(&beneath).map(|(key, _)| key.to_owned());
            let keys: Vec<_> = keys.chain([root]).collect();
            for key in keys {
                self.remove(&key);
            }
        }
    }

    /// Removes everything.
    pub(crate) fn clear(&mut self) {
        let keys: Vec<_> = self.records.keys().cloned().collect();
        for key in keys {
            self.remove(&key);
        }
        self.serial = Serial::new(self.serial.seed());
    }

    /// Returns the records whose keys begin with a text, in the order of keys.
    pub(crate) fn with_prefix<'a>(
        &'a self,
        prefix: &'a str,
    ) -> impl Iterator<Item = (&'a str, &'a Record)> {
        let range = (Bound::Included(prefix), Bound::Unbounded);
        let records = self.records.range::<str, _>(range);
        let records = records.map(|(key, record)| (key.as_str(), record));
        records.take_while(move |(key, _)| key.starts_with(prefix))
    }

    /// Returns the items of a collection. A segment `-` of its key stands for any segment.
    pub(crate) fn items<'a>(
        &'a self,
        collection: &'a str,
    ) -> impl Iterator<Item = (&'a str, &'a Record)> {
        let fixed = collection.find("/-").map_or(collection.len(), |at| at + 1);
        let prefix = collection.get(..fixed).unwrap_or(collection);
        self.with_prefix(prefix)
            .filter(move |(key, _)| is_item(key, collection))
    }

    /// Returns the key of a record. A segment `-` of the key stands for any segment, if one record fits.
    pub(crate) fn find(&self, key: &str) -> Option<String> {
        if self.records.contains_key(key) {
            return Some(key.to_owned());
        }
        let (collection, id) = key.rsplit_once('/')?;
        if !collection.contains("/-") {
            return None;
        }
        let mut items = self.items(collection);
        items.find_map(|(known, _)| {
            let (_, known_id) = known.rsplit_once('/')?;
            (known_id == id).then(|| known.to_owned())
        })
    }

    /// Returns the whole state as JSON.
    pub(crate) fn json(&self) -> Value {
        let records = self.records.iter();
        records
            .map(|(key, record)| (key.clone(), record.value.clone()))
            .collect()
    }
}

/// Returns the key of the IAM policy of a resource.
pub(crate) fn policy_key(key: &str) -> String {
    format!("policy/{key}")
}

/// Returns whether a key is that of an item of a collection.
fn is_item(key: &str, collection: &str) -> bool {
    let Some((parent, _)) = key.rsplit_once('/') else {
        return false;
    };
    if parent == collection {
        return true;
    }
    let mut known = parent.split('/');
    let wanted = collection.split('/');
    let mut fits = true;
    for segment in wanted {
        fits &= known
            .next()
            .is_some_and(|known| segment == "-" || segment == known);
    }
    fits && known.next().is_none()
}
