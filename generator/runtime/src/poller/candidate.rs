//! Finds the resource of an operation, and the values of its path.

use serde_json::{Map, Value};

use super::{
    matching::{self, Values},
    operation::Operation,
    requests::Action,
};
use crate::{
    call::request::Request,
    description::{
        method::OperationService,
        template::{Segment, Template},
    },
};

/// The known facts about an operation.
pub(super) struct OperationHints<'a> {
    /// The last state, if there is one.
    pub(super) operation: Option<&'a Operation>,
    /// All members that the service sent: `zone`, `region` and `selfLink` are not part of AIP-151.
    pub(super) members: Option<&'a Map<String, Value>>,
    /// The request that started it, or got it first.
    pub(super) started: &'a Request,
}

/// The match between an operation and a resource, from the weakest to the strongest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Match {
    /// The values are in the operation, its name, or the request that started it.
    Parts,
    /// All values are in the operation's name.
    Name,
    /// All values are in the operation's URL, which may be of another version of the API.
    Link,
    /// The operation's URL is one of this resource.
    OwnLink,
    /// The caller got the operation from this resource.
    Given,
}

/// A resource that may have the operation, with the values of its path.
struct Candidate {
    strength: Match,
    service: &'static OperationService,
    values: Values,
}

impl Candidate {
    /// Among candidates with the same match, the one with more values is more specific.
    fn rank(&self) -> (Match, usize) {
        (self.strength, self.values.len())
    }
}

/// Returns the request for an action on the operation, if the document has a method for it.
pub(super) fn request(
    services: &'static [OperationService],
    hints: &OperationHints<'_>,
    action: Action,
) -> Option<Request> {
    let candidates: Vec<Candidate> = services
        .iter()
        .filter_map(|service| hints.candidate(service))
        .collect();
    let client = &hints.started.client;
    let Some(best) = candidates.iter().map(Candidate::rank).max() else {
        let (service, values) = hints.only_path(services, action)?;
        return action.request(service, client, values);
    };
    let mut best = candidates
        .into_iter()
        .filter(|candidate| candidate.rank() == best);
    let mut request = best.find_map(|found| action.request(found.service, client, found.values))?;
    if action == Action::Get && request.method.id() == hints.started.method.id() {
        request.query = hints.started.query.clone();
        request.problem = hints.started.problem.clone();
    }
    Some(request)
}

impl OperationHints<'_> {
    fn name(&self) -> Option<&str> {
        self.operation?.name.as_deref()
    }

    fn candidate(&self, service: &'static OperationService) -> Option<Candidate> {
        let found = |strength, values| Candidate {
            strength,
            service,
            values,
        };
        let given = || Some(found(Match::Given, self.given(service)?));
        let named = || {
            let (strength, values) = self.linked(service).or_else(|| self.named(service))?;
            Some(found(strength, values))
        };
        let parts = || Some(found(Match::Parts, self.parts(service)?));
        given().or_else(named).or_else(parts)
    }

    /// Returns the values of the request, if it was one about this operation.
    fn given(&self, service: &OperationService) -> Option<Values> {
        service
            .has_method(self.started.method)
            .then(|| {
                let variables = service.variables().iter();
                variables
                    .map(|(variable, _)| Some((*variable, self.argument(variable)?.to_owned())))
                    .collect()
            })
            .flatten()
    }

    /// Returns the values in the operation's URL.
    fn linked(&self, service: &OperationService) -> Option<(Match, Values)> {
        let link = self.members?.get("selfLink")?.as_str()?;
        let template = path(service);
        let fits = |variable: &str, value: &str| service.fits(variable, value);
        let values = |template: &[Segment]| {
            is_bounded(template, service)
                .then(|| matching::match_link(template, link, &fits))
                .flatten()
        };
        values(template.segments())
            .map(|values| (Match::OwnLink, values))
            .or_else(|| Some((Match::Link, values(&matching::name_template(template))?)))
    }

    /// Returns the values in the operation's name.
    fn named(&self, service: &OperationService) -> Option<(Match, Values)> {
        let template = matching::name_template(path(service));
        // A short name matches any single `{x}`.
        let is_specific = template.len() > 1 || is_bounded(&template, service);
        let fits = |variable: &str, value: &str| service.fits(variable, value);
        let values = matching::match_name(&template, self.name()?, &fits)?;
        is_specific.then_some((Match::Name, values))
    }

    /// Collects the values one by one. A single variable is the operation's name. Of several, the last
    /// is the last part of the name, and the others are in the operation (`zone` is the URL of a zone)
    /// or in the request that started it.
    fn parts(&self, service: &OperationService) -> Option<Values> {
        let name = self.name()?;
        let (last, others) = service.variables().split_last()?;
        let whole = others.is_empty() && path(service).has_reserved();
        let mut values = Vec::with_capacity(others.len() + 1);
        for (variable, _) in others {
            values.push((*variable, self.value(variable)?.to_owned()));
        }
        values.push((
            last.0,
            if whole { name } else { last_part(name) }.to_owned(),
        ));
        let fit = |(variable, value): &(&str, String)| service.fits(variable, value);
        values.iter().all(fit).then_some(values)
    }

    fn value(&self, variable: &str) -> Option<&str> {
        let own = self.members.and_then(|members| members.get(variable));
        own.and_then(Value::as_str)
            .map(last_part)
            .or_else(|| self.argument(variable))
    }

    /// Returns a path parameter of the request that started the operation.
    fn argument(&self, variable: &str) -> Option<&str> {
        let mut values = self.started.path.iter();
        values.find_map(|given| (given.name == variable).then_some(given.value.as_str()))
    }

    /// Finds the only path that takes whole names, for a name that matches no pattern: a document may
    /// omit some of the resources that have operations, but not the path.
    fn only_path(
        &self,
        services: &'static [OperationService],
        action: Action,
    ) -> Option<(&'static OperationService, Values)> {
        let name = self.name().filter(|name| name.contains('/'))?;
        let mut paths = services.iter().filter_map(|service| {
            let [(variable, _)] = service.variables() else {
                return None;
            };
            let path = action.method(service)?.path();
            path.has_reserved().then_some((path, service, *variable))
        });
        let (path, service, variable) = paths.next()?;
        paths
            .all(|(other, ..)| other == path)
            .then(|| (service, vec![(variable, name.to_owned())]))
    }
}

/// Returns the template of the path that gets an operation.
fn path(service: &OperationService) -> Template {
    service.get().path()
}

/// Returns whether the template determines where its first variable starts: by the text before it,
/// or by its pattern if it may have several segments.
fn is_bounded(template: &[Segment], service: &OperationService) -> bool {
    match template.first() {
        Some(Segment::Reserved(name)) => service.pattern(name).is_some(),
        Some(Segment::Literal(_)) => true,
        Some(Segment::Variable(_)) | None => false,
    }
}

/// Returns `operation-1` of `projects/p/operations/operation-1`, `us-east1-b` of the URL of a zone.
fn last_part(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}
