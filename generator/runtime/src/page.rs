//! Paginated lists ([AIP-158](https://google.aip.dev/158)) as streams.

pub(crate) mod items;
mod seen;

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::{Stream, future::BoxFuture};
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    call::request::Request,
    error::{self, Error, Result},
};
use seen::SeenTokens;

/// The usual field with the token of the next page.
const TOKEN_FIELD: &str = "nextPageToken";

/// The pages of a list, each fetched on demand.
///
/// If the request has a field mask (`fields`), the fields that the list needs are added to it: the token
/// of the next page, without which the list would end, and the elements.
///
/// Ends after the last page and after an error. A page without elements is not the end: the token
/// decides. A page whose token cannot be used is returned, followed by an error: if the service sent
/// the same token before, which would never end, or a link to the next page without a token.
///
/// Dropping the future of [`next`](Self::next) loses nothing: the next one continues the request.
#[must_use = "nothing is listed until pages are read"]
pub struct Pages<P> {
    request: RequestWithToken,
    token_of: fn(&P) -> Option<String>,
    /// The query parameter with the token, if the responses have links instead of tokens.
    link: Option<&'static str>,
    /// The fields that a field mask must have: those of the token, and of the elements.
    needed: Vec<&'static str>,
    seen: SeenTokens,
    /// The token of the last page.
    current: Option<String>,
    state: State<P>,
}

/// The request for the page with a token, or for the first.
type RequestWithToken = Box<dyn Fn(Option<&str>) -> Request + Send>;

enum State<P> {
    /// The page with this token is next, the first if there is none.
    Waiting(Option<String>),
    Fetching(Option<String>, BoxFuture<'static, Result<P>>),
    /// The token of the last page cannot be used.
    Stuck(Error),
    /// There are no more pages. After an error, with the token of the page that failed.
    Ended(Option<String>),
}

impl<P: DeserializeOwned + Send + 'static> Pages<P> {
    /// Pages whose token is a query parameter.
    #[doc(hidden)]
    pub fn by_query(
        request: Request,
        parameter: &'static str,
        token_of: fn(&P) -> Option<String>,
    ) -> Self {
        let first = request.query.get(parameter).map(str::to_owned);
        let with_token = move |token: Option<&str>| {
            let mut request = request.clone();
            if let Some(token) = token {
                request.set_query::<String>(parameter, token);
            }
            request
        };
        Self::new(Box::new(with_token), first, token_of)
    }

    /// Pages whose token is a field of the request message.
    #[doc(hidden)]
    pub fn by_body<B: Serialize + Clone + Send + 'static>(
        request: Request,
        mut body: B,
        field: fn(&mut B) -> &mut Option<String>,
        token_of: fn(&P) -> Option<String>,
    ) -> Self {
        let first = field(&mut body).clone();
        let with_token = move |token: Option<&str>| {
            let mut body = body.clone();
            if let Some(token) = token {
                *field(&mut body) = Some(token.to_owned());
            }
            request.clone().json(&body)
        };
        Self::new(Box::new(with_token), first, token_of)
    }

    fn new(
        request: RequestWithToken,
        first: Option<String>,
        token_of: fn(&P) -> Option<String>,
    ) -> Self {
        let first = first.filter(|token| !token.is_empty());
        let mut seen = SeenTokens::new();
        if let Some(first) = &first {
            seen.insert(first);
        }
        Self {
            request,
            token_of,
            link: None,
            needed: vec![TOKEN_FIELD],
            seen,
            current: None,
            state: State::Waiting(first),
        }
    }

    /// Takes the token from a query parameter of the link in the responses.
    #[doc(hidden)]
    pub fn linked_by(mut self, parameter: &'static str) -> Self {
        self.link = Some(parameter);
        self.with_token_field("nextLink")
    }

    /// Names the field of the responses with the token, unless it is `nextPageToken`. A field within
    /// another is written `outer/inner`.
    #[doc(hidden)]
    pub fn with_token_field(mut self, name: &'static str) -> Self {
        self.needed = vec![name];
        self
    }

    /// Names the field of the responses with the elements.
    #[doc(hidden)]
    pub fn with_items_field(mut self, name: &'static str) -> Self {
        self.needed.push(name);
        self
    }

    /// Returns the next page, `None` at the end.
    ///
    /// # Errors
    ///
    /// If the call fails, or the token of the last page cannot be used.
    pub async fn next(&mut self) -> Option<Result<P>> {
        poll_fn(|context| self.poll(context)).await
    }

    /// The token of the next page, or of the page that failed. To continue later or in another
    /// process, pass it to the setter of the request. `None` for the first page and at the end.
    pub fn page_token(&self) -> Option<&str> {
        match &self.state {
            State::Waiting(token) | State::Fetching(token, _) | State::Ended(token) => {
                token.as_deref()
            }
            State::Stuck(_) => None,
        }
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<P>>> {
        loop {
            match &mut self.state {
                State::Ended(_) => return Poll::Ready(None),
                State::Waiting(token) => {
                    let mut request = (self.request)(token.as_deref());
                    request.need_fields(&self.needed);
                    self.state = State::Fetching(token.take(), Box::pin(request.send()));
                }
                State::Fetching(token, page) => {
                    let Poll::Ready(page) = page.as_mut().poll(context) else {
                        return Poll::Pending;
                    };
                    let token = token.take();
                    return Poll::Ready(Some(self.arrived(token, page)));
                }
                State::Stuck(_) => {
                    let state = std::mem::replace(&mut self.state, State::Ended(None));
                    if let State::Stuck(error) = state {
                        return Poll::Ready(Some(Err(error)));
                    }
                }
            }
        }
    }

    fn arrived(&mut self, token: Option<String>, page: Result<P>) -> Result<P> {
        match page {
            Ok(page) => {
                self.current = token;
                self.state = match self.following(&page) {
                    Ok(None) => State::Ended(None),
                    Ok(next) => State::Waiting(next),
                    Err(error) => State::Stuck(error),
                };
                Ok(page)
            }
            Err(error) => {
                self.state = State::Ended(token);
                Err(error)
            }
        }
    }

    /// Returns the token of the page after this one.
    fn following(&mut self, page: &P) -> Result<Option<String>> {
        let token = match ((self.token_of)(page), self.link) {
            (Some(link), Some(parameter)) if !link.is_empty() => {
                Some(token_in_link(&link, parameter)?)
            }
            (token, _) => token,
        };
        let Some(token) = token.filter(|token| !token.is_empty()) else {
            return Ok(None);
        };
        if !self.seen.insert(&token) {
            let token = error::invalid::excerpt(token);
            return Err(error::deserialization(format!(
                "of a list: the service sent the page token {token} twice"
            )));
        }
        Ok(Some(token))
    }
}

/// Returns the value of a query parameter of a link. The rest of the link is ignored, and may be
/// relative: the request keeps its own path.
fn token_in_link(link: &str, parameter: &str) -> Result<String> {
    let query = reqwest::Url::parse("https://relative.invalid/").and_then(|base| base.join(link));
    let value = query.ok().and_then(|url| {
        let mut pairs = url.query_pairs();
        pairs.find_map(|(name, value)| (name == parameter).then(|| value.into_owned()))
    });
    value.filter(|value| !value.is_empty()).ok_or_else(|| {
        let link = error::invalid::excerpt(link);
        error::deserialization(format!(
            "of a list: the link to the next page has no {parameter:?}: {link}"
        ))
    })
}

impl<P: DeserializeOwned + Send + 'static> Stream for Pages<P> {
    type Item = Result<P>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(context)
    }
}

impl<P> fmt::Debug for Pages<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").finish_non_exhaustive()
    }
}
