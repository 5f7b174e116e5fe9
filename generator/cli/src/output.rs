//! Results on standard output.

use std::io::{self, Write};

use clap::ValueEnum;
use comfy_table::{ContentArrangement, Table, presets::NOTHING};
use serde_json::Value;

use crate::failure::Failure;

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

/// Prints one value.
pub(crate) fn value(format: Format, value: &Value) -> Result<(), Failure> {
    match format {
        Format::Json => line(&format!("{value:#}")),
        Format::Ndjson => line(&value.to_string()),
        Format::Table => table(&rows(value)),
    }
}

/// Prints the elements of a list.
pub(crate) fn all(format: Format, values: Vec<Value>) -> Result<(), Failure> {
    match format {
        Format::Json => value(format, &Value::Array(values)),
        Format::Ndjson => values.iter().try_for_each(|element| value(format, element)),
        Format::Table => table(&values.iter().collect::<Vec<_>>()),
    }
}

/// Writes bytes as they are.
pub(crate) fn bytes(bytes: &[u8]) -> Result<(), Failure> {
    write(|mut out| out.write_all(bytes))
}

/// Prints a line.
pub(crate) fn line(text: &str) -> Result<(), Failure> {
    write(|mut out| writeln!(out, "{text}"))
}

/// A reader that closes the pipe early (`| head`) has what it wanted.
fn write(write: impl FnOnce(io::StdoutLock<'_>) -> io::Result<()>) -> Result<(), Failure> {
    match write(io::stdout().lock()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::local(format!("cannot write the result: {error}")))
        }
        _ => Ok(()),
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

fn table(rows: &[&Value]) -> Result<(), Failure> {
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
        return rows.iter().try_for_each(|row| line(&cell(row)));
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
    table.lines().try_for_each(|row| line(row.trim_end()))
}

fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.replace('\n', " "),
        other => other.to_string(),
    }
}
