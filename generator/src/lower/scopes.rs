//! OAuth 2.0 scopes: constants, and the default of credentials.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use discovery::Document;

use super::docs::DocWriter;
use crate::model::Constant;
use crate::names::{Ident, NameTable};

/// Returns a constant for each scope that the document declares.
pub(super) fn constants(document: &Document, writer: DocWriter<'_>) -> Vec<Constant> {
    let mut idents = NameTable::default();
    document
        .scopes
        .iter()
        .map(|(url, description)| Constant {
            ident: idents.assign(Ident::constant(short(url))),
            value: url.clone(),
            docs: writer.described(description, url),
            deprecated: false,
        })
        .collect()
}

/// Returns the scopes that any method may need: all declared ones, if no method lists its scopes.
pub(super) fn of_any_method(document: &Document) -> Vec<&String> {
    let silent = document.methods().all(|node| node.method.scopes.is_empty());
    document.scopes.keys().filter(|_| silent).collect()
}

/// `cloud-platform` of `https://www.googleapis.com/auth/cloud-platform`.
fn short(url: &str) -> &str {
    let url = url.trim_end_matches('/');
    match url.split_once("/auth/") {
        Some((_, scope)) => scope,
        None => url.split_once("://").map_or(url, |(_, rest)| rest),
    }
}

/// The scope of everything in Google Cloud.
const CLOUD_PLATFORM: &str = "https://www.googleapis.com/auth/cloud-platform";

/// The scope of all files of a user, and the scopes below it, which other APIs accept beside their own.
const DRIVE: &str = "drive";

/// Returns the scopes that credentials request by default: those that an overlay names; otherwise the main
/// scope of the API, or none if it has no main scope; if no method lists scopes, all declared ones.
///
/// The main scope does not follow single methods, since credentials that were granted before lack a new
/// scope. It is a scope that most methods accept: `cloud-platform`, otherwise the one that is accepted
/// most. Of equals, the one named like the API comes first, then the one with the fewest parts. A scope
/// of Drive is only for Drive.
pub(super) fn default_scopes(document: &Document) -> Vec<String> {
    if let Some(scopes) = &document.default_scopes {
        return scopes.clone();
    }
    let methods = document.methods().map(|node| &node.method.scopes);
    let methods: Vec<_> = methods.filter(|scopes| !scopes.is_empty()).collect();
    if methods.is_empty() {
        return document.scopes.keys().cloned().collect();
    }
    let mut accepting: BTreeMap<&str, usize> = BTreeMap::new();
    for scope in methods.iter().copied().flatten() {
        *accepting.entry(scope).or_default() += 1;
    }
    accepting.retain(|_, count| 2 * *count > methods.len());
    if accepting.contains_key(CLOUD_PLATFORM) {
        return vec![CLOUD_PLATFORM.to_owned()];
    }
    let name = document.name.to_ascii_lowercase();
    let main = accepting.iter().min_by_key(|(scope, count)| {
        let scope = short(scope);
        let first = scope.split('.').next().unwrap_or_default();
        let is_foreign = first == DRIVE && !name.starts_with(DRIVE);
        let is_own = name.contains(scope) || scope.contains(&name);
        let parts = scope.matches('.').count();
        (is_foreign, Reverse(**count), !is_own, parts, scope)
    });
    main.map(|(scope, _)| (*scope).to_owned())
        .into_iter()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the default scopes of an API whose methods accept these scopes.
    fn defaults(api: &str, methods: &[&[&str]]) -> Vec<String> {
        let mut document = Document {
            name: api.to_owned(),
            ..Document::default()
        };
        for (index, scopes) in methods.iter().enumerate() {
            let url = |scope: &&str| format!("https://www.googleapis.com/auth/{scope}");
            let method = discovery::Method {
                scopes: scopes.iter().map(url).collect(),
                ..discovery::Method::default()
            };
            document.methods.insert(index.to_string(), method);
        }
        let scopes = default_scopes(&document);
        scopes.iter().map(|scope| short(scope).to_owned()).collect()
    }

    #[test]
    fn the_main_scope_is_the_one_that_users_expect() {
        let both: &[&str] = &["cloud-platform", "compute"];
        assert_eq!(defaults("compute", &[both, both]), ["cloud-platform"]);
        let sheets: &[&str] = &["drive", "drive.file", "spreadsheets"];
        assert_eq!(defaults("sheets", &[sheets, sheets]), ["spreadsheets"]);
        let slides: &[&str] = &["drive", "drive.readonly", "presentations"];
        assert_eq!(defaults("slides", &[slides, slides]), ["presentations"]);
        let adsense: &[&str] = &["adsense.readonly", "adsense"];
        assert_eq!(defaults("adsense", &[adsense]), ["adsense"]);
        let tables: &[&str] = &["spreadsheets", "tables"];
        assert_eq!(defaults("area120tables", &[tables]), ["tables"]);
    }

    #[test]
    fn a_new_method_does_not_widen_the_default() {
        let files: &[&str] = &["drive", "drive.file"];
        let drive = [files, files, &["drive.apps.readonly"]];
        assert_eq!(defaults("drive", &drive), ["drive"]);
        let mail: &[&str] = &["gmail.modify"];
        let gmail = [mail, mail, &["gmail.settings.basic"]];
        assert_eq!(defaults("gmail", &gmail), ["gmail.modify"]);
    }

    #[test]
    fn an_overlay_decides() {
        let mut document = Document {
            name: "drive".to_owned(),
            ..Document::default()
        };
        let drive = "https://www.googleapis.com/auth/drive";
        let method = discovery::Method {
            scopes: vec![drive.to_owned()],
            ..discovery::Method::default()
        };
        document.methods.insert("get".to_owned(), method);
        assert_eq!(default_scopes(&document), [drive]);
        for scopes in [vec!["https://www.googleapis.com/auth/drive.file"], vec![]] {
            document.default_scopes = Some(scopes.iter().map(|scope| scope.to_string()).collect());
            assert_eq!(default_scopes(&document), scopes);
        }
    }

    #[test]
    fn an_api_may_have_no_main_scope() {
        assert!(defaults("reports", &[&["audit"], &["usage"]]).is_empty());
        assert!(defaults("reports", &[&[], &[]]).is_empty());
    }
}
