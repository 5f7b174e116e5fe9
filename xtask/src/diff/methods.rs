//! The comparison of methods: how programs call them, and the requests that they send.

use generator::Surface;
use generator::surface::{Method, Parameter};

use super::change::{ChangeKind, Class, ItemName};
use super::compare::Comparison;
use super::{arguments, facts, requests};

impl Comparison<'_> {
    pub(super) fn methods(&mut self) {
        let (old, new) = (self.old, self.new);
        let name = |key: &str| ItemName::new("method", key);
        let both = (&old.methods, &new.methods);
        for (item, old, new) in self.changes.items(both, name, arguments::names) {
            self.method(&item, old, new);
        }
    }

    /// Facts that all requests share.
    pub(super) fn service(&mut self) {
        let (old, new) = (self.old, self.new);
        let all = ItemName::all_requests();
        self.changes
            .facts(&all, (&old.service, &new.service), &["service_path"]);
        let (before, after) = (&old.service.service_path, &new.service.service_path);
        let moves = |(name, method): (&String, &Method)| {
            let other = new.methods.get(name);
            other.is_some_and(|other| requests::shape("", method) == requests::shape("", other))
        };
        if before != after && (old.methods.is_empty() || old.methods.iter().any(moves)) {
            let item = all.part("service path", "");
            let paths = [before, after].map(|path| facts::text(Some(&facts::tree(path))));
            self.changes
                .values(Class::Breaking, ChangeKind::Altered, item, paths);
        }
    }

    fn method(&mut self, item: &ItemName, old: &Method, new: &Method) {
        let before = self.changes.0.len();
        self.request(item, old, new);
        self.call(item, old, new);
        self.optional_body(item, old, new);
        let has_url = self.is_at_same_url(old, new);
        let [old_facts, new_facts] = [old, new].map(|method| {
            let mut facts = facts::tree(method);
            if let Some(facts) = facts.as_object_mut() {
                let compared = ["verb", "path", "arguments", "body", "parameters"];
                facts.retain(|key, _| !compared.contains(&key.as_str()));
                facts.retain(|key, _| key != "docs" || has_url);
            }
            if let (Some(upload), Some(path)) = (&method.upload, facts.pointer_mut("/upload/path"))
            {
                *path = requests::positional(&upload.path, &method.arguments).into();
            }
            facts
        });
        self.changes.trees(item, old_facts, new_facts, before);
        let name = |key: &str| item.part("parameter", key);
        let detail = |parameter: &Parameter| format!(": {}", ty(parameter));
        let both = (&old.parameters, &new.parameters);
        for (item, old, new) in self.changes.items(both, name, detail) {
            self.parameter(&item, old, new);
        }
    }

    /// Returns whether the documentation shows the same URL but for variables.
    fn is_at_same_url(&self, old: &Method, new: &Method) -> bool {
        let url = |surface: &Surface, method| {
            let service = &surface.service;
            format!(
                "{} {}",
                service.root_url,
                requests::shape(&service.service_path, method)
            )
        };
        url(self.old, old) == url(self.new, new)
    }

    /// The verb and the URL, after joining.
    fn request(&mut self, item: &ItemName, old: &Method, new: &Method) {
        let [before, after] = [self.old, self.new].map(|surface| &*surface.service.service_path);
        let is_same = requests::shape(before, old) == requests::shape(after, new);
        if is_same || requests::shape("", old) == requests::shape("", new) {
            return; // Another service path is a change of all requests.
        }
        let (before, after) = if before == after {
            ("", "")
        } else {
            (before, after)
        };
        let mut texts = [requests::text(before, old), requests::text(after, new)];
        if texts[0] == texts[1] {
            texts = [
                requests::text_with_arguments(before, old),
                requests::text_with_arguments(after, new),
            ];
        }
        let request = item.part("HTTP request", "");
        self.changes
            .values(Class::Breaking, ChangeKind::Altered, request, texts);
    }

    /// The arguments, and the patterns that they must match.
    fn call(&mut self, item: &ItemName, old: &Method, new: &Method) {
        if arguments::facts(old) != arguments::facts(new) {
            let kind = match arguments::types(old) == arguments::types(new) {
                true => ChangeKind::Altered,
                false => ChangeKind::Changed,
            };
            let in_query = kind == ChangeKind::Altered;
            let values = [old, new].map(|method| arguments::declarations(method, in_query));
            let changes = &mut self.changes;
            return changes.values(Class::Breaking, kind, item.clone(), values);
        }
        for (old, new) in old.arguments.iter().zip(&new.arguments) {
            if old.pattern != new.pattern {
                let class = match new.pattern {
                    None => Class::Additive,
                    Some(_) => Class::Breaking,
                };
                let values = [old, new].map(|it| it.pattern.as_deref().unwrap_or("none"));
                let item = item.part("pattern of the argument", &new.name);
                self.changes
                    .values(class, ChangeKind::Altered, item, values);
            }
        }
    }

    /// A message that is not an argument. Methods without one gain it by a function.
    fn optional_body(&mut self, item: &ItemName, old: &Method, new: &Method) {
        let [before, after] = [old, new].map(|method| {
            let body = method.body.as_ref().filter(|body| body.optional);
            body.map(|body| &*body.ty)
        });
        let function = item.part("function", "with_request");
        let changes = &mut self.changes;
        match (before, after) {
            (Some(_), None) => changes.push(Class::Breaking, ChangeKind::Removed, function),
            (None, Some(_)) => changes.push(Class::Additive, ChangeKind::Added, function),
            (Some(old), Some(new)) if old != new => {
                changes.values(Class::Breaking, ChangeKind::Changed, function, [old, new]);
            }
            _ => {}
        }
    }

    fn parameter(&mut self, item: &ItemName, old: &Parameter, new: &Parameter) {
        if ty(old) != ty(new) {
            let (item, types) = (item.clone(), [ty(old), ty(new)]);
            self.changes
                .values(Class::Breaking, ChangeKind::Changed, item, types);
        }
        self.changes.facts(item, (old, new), &["type", "repeated"]);
    }
}

fn ty(parameter: &Parameter) -> String {
    arguments::several(&parameter.ty, parameter.repeated)
}
