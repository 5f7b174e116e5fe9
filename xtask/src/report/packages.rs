//! The packages of a run as a table and as JSON, the gravest change first.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::codegen::{Outcome, Refused, Summary};
use crate::message::{first_error, shown};
use crate::release::Status;
use crate::table::{self, Row};

/// The news of one package, or of one refused document.
#[derive(Default)]
struct News {
    name: String,
    from: String,
    to: String,
    class: String,
    line: String,
    /// The order of rows, the highest first.
    rank: u8,
}

/// Returns a line for each package that is new, changed or refused, and the totals by class.
pub(super) fn table(outcome: &Outcome) -> String {
    let news = news(outcome).filter(|news| news.rank > 1);
    let rows = news.map(|news| Row {
        rank: news.rank,
        cells: vec![news.name, news.from, news.to, news.class],
        text: news.line,
    });
    table::table(rows.collect(), &totals(outcome)) + "\n"
}

/// Returns all packages and refused documents, with the number of files.
pub fn json(outcome: &Outcome) -> String {
    let packages = outcome.packages.iter().map(package);
    let refused = outcome.refused.iter().map(|refused| {
        let lines = refused.messages.iter().map(|message| message.line(false));
        json!({
            "document": shown(&refused.document),
            "messages": lines.collect::<Vec<_>>(),
        })
    });
    let value = json!({
        "packages": packages.collect::<Vec<_>>(),
        "refused": refused.collect::<Vec<_>>(),
        "total": totals(outcome),
        "files": {
            "written": outcome.diff.written().len(),
            "unchanged": outcome.unchanged(),
            "removed": outcome.diff.stale.len(),
        },
    });
    format!("{value:#}\n")
}

fn package(package: &Summary) -> Value {
    let news = News::of_package(package);
    json!({
        "package": news.name,
        "from": news.from,
        "to": news.to,
        "class": news.class,
        "gravest": news.line,
        "methods": package.methods,
        "types": package.types,
        "files": package.files,
        "only": package.only,
    })
}

fn news(outcome: &Outcome) -> impl Iterator<Item = News> {
    let packages = outcome.packages.iter().map(News::of_package);
    packages.chain(outcome.refused.iter().map(News::of_refused))
}

impl News {
    fn of_package(package: &Summary) -> Self {
        let mut news = Self {
            name: package.name.clone(),
            ..Self::default()
        };
        (news.class, news.rank) = match &package.status {
            Status::Current => ("unchanged".to_owned(), 0),
            Status::OnlyRevision => ("revision".to_owned(), 1),
            Status::New(_) => ("new".to_owned(), 10),
            Status::Bumped(bump) => (bump.class.to_string(), 10 + bump.class.exit_code()),
        };
        match &package.status {
            Status::New(version) => news.to = version.to_string(),
            Status::Bumped(bump) => {
                (news.from, news.to) = (bump.from.to_string(), bump.to.to_string());
                news.line.clone_from(&bump.gravest);
            }
            Status::Current | Status::OnlyRevision => {}
        }
        news
    }

    fn of_refused(refused: &Refused) -> Self {
        let name = refused.document.file_stem().unwrap_or_default();
        Self {
            name: name.to_string_lossy().into_owned(),
            class: "refused".to_owned(),
            line: first_error(&refused.messages),
            rank: u8::MAX,
            ..Self::default()
        }
    }
}

/// Returns the number of packages and refused documents by class.
fn totals(outcome: &Outcome) -> BTreeMap<String, usize> {
    table::totals(news(outcome).map(|news| news.class))
}
