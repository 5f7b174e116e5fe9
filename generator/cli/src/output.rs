//! Results on standard output.

use std::io::{self, Write};

use clap::ValueEnum;
use comfy_table::{ContentArrangement, Table, presets::NOTHING};
use serde_json::Value;

use crate::failure::Failure;

/// The longest cell with JSON, in characters.
const WIDTH: usize = 40;

/// The form of the output.
#[derive(Clone, Copy, Debug, PartialEq, ValueEnum)]
pub(crate) enum Format {
    /// Indented JSON
    Json,
    /// One line of JSON for each value, as soon as it arrives
    Ndjson,
    /// A table with a row for each value
    Table,
}

/// The place and the form of results.
pub(crate) struct Output<'a> {
    out: &'a mut (dyn Write + Send),
    format: Format,
}

impl<'a> Output<'a> {
    pub(crate) fn new(out: &'a mut (dyn Write + Send), format: Format) -> Self {
        Self { out, format }
    }

    pub(crate) fn format(&self) -> Format {
        self.format
    }

    /// Prints one value.
    pub(crate) fn value(&mut self, value: &Value) -> Result<(), Failure> {
        match self.format {
            Format::Json => self.line(&format!("{value:#}")),
            Format::Ndjson => self.line(&value.to_string()),
            Format::Table => self.table(&rows(value)),
        }
    }

    /// Prints the elements of a list.
    pub(crate) fn all(&mut self, values: Vec<Value>) -> Result<(), Failure> {
        match self.format {
            Format::Json => self.value(&Value::Array(values)),
            Format::Ndjson => values.iter().try_for_each(|element| self.value(element)),
            Format::Table => self.table(&values.iter().collect::<Vec<_>>()),
        }
    }

    /// Prints a line.
    pub(crate) fn line(&mut self, text: &str) -> Result<(), Failure> {
        self.bytes(format!("{text}\n").as_bytes())
    }

    /// Writes bytes as they are. A reader that closes the pipe early (`| head`) has what it wanted.
    pub(crate) fn bytes(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        match self.out.write_all(bytes) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                Err(Failure::local(format!("cannot write the result: {error}")))
            }
            _ => Ok(()),
        }
    }

    fn table(&mut self, rows: &[&Value]) -> Result<(), Failure> {
        let mut columns: Vec<&str> = Vec::new();
        for name in rows
            .iter()
            .filter_map(|row| row.as_object())
            .flat_map(|row| row.keys())
        {
            if !columns.contains(&name.as_str()) {
                columns.push(name);
            }
        }
        if columns.is_empty() {
            return rows.iter().try_for_each(|row| self.line(&cell(row)));
        }
        let mut table = Table::new();
        table
            .load_preset(NOTHING)
            .set_content_arrangement(ContentArrangement::Disabled);
        table.set_header(&columns);
        for row in rows {
            table.add_row(
                columns
                    .iter()
                    .map(|name| row.get(name).map(cell).unwrap_or_default()),
            );
        }
        table.lines().try_for_each(|row| self.line(row.trim_end()))
    }
}

/// Returns the rows of a response: the elements of its only list, else the response itself.
fn rows(value: &Value) -> Vec<&Value> {
    let Some(fields) = value.as_object() else {
        return value
            .as_array()
            .map_or_else(|| vec![value], |elements| elements.iter().collect());
    };
    let mut lists = fields.values().filter_map(Value::as_array);
    match (lists.next(), lists.next()) {
        (Some(elements), None) if elements.iter().all(Value::is_object) => {
            elements.iter().collect()
        }
        _ => vec![value],
    }
}

fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.replace('\n', " "),
        other => shortened(other.to_string()),
    }
}

/// Cuts the JSON of a nested value, which would hide the other columns.
fn shortened(mut text: String) -> String {
    if let Some((end, _)) = text.char_indices().nth(WIDTH) {
        text.truncate(end);
        text.push('…');
    }
    text
}
