//! Lists that come in pages ([AIP-158](https://google.aip.dev/158)), as streams.

use std::collections::HashSet;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;
use serde::{Serialize, de::DeserializeOwned};

use crate::transport::BoxFuture;
use crate::{Request, Result, error};

/// The pages of a list, each fetched when it is asked for.
///
/// Ends after the last page, after an error, and with an error when the service repeats a page
/// token, which would never end. A page without elements is no end: the token decides.
///
/// Dropping the future of [`next`](Self::next) loses nothing: the page on its way is the next to come.
pub struct Pages<P> {
    request: RequestWithToken,
    token_of: fn(&P) -> Option<String>,
    seen: HashSet<String>,
    state: State<P>,
}

/// The request for the page with a token, or for the first.
type RequestWithToken = Box<dyn Fn(Option<&str>) -> Request + Send>;

enum State<P> {
    /// The page with this token is next, the first if there is none.
    Waiting(Option<String>),
    Fetching(Option<String>, BoxFuture<'static, Result<P>>),
    Ended,
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
                request.set_query(parameter, token);
            }
            request
        };
        let mut pages = Self::new(Box::new(with_token), token_of);
        pages.seen.extend(first);
        pages
    }

    /// Pages whose token is a field of the request message.
    #[doc(hidden)]
    pub fn by_body<B: Serialize + Clone + Send + 'static>(
        request: Request,
        body: B,
        set_token: fn(&mut B, String),
        token_of: fn(&P) -> Option<String>,
    ) -> Self {
        let with_token = move |token: Option<&str>| {
            let mut body = body.clone();
            if let Some(token) = token {
                set_token(&mut body, token.to_owned());
            }
            request.clone().json(&body)
        };
        Self::new(Box::new(with_token), token_of)
    }

    fn new(request: RequestWithToken, token_of: fn(&P) -> Option<String>) -> Self {
        Self {
            request,
            token_of,
            seen: HashSet::new(),
            state: State::Waiting(None),
        }
    }

    /// The next page, `None` at the end.
    ///
    /// # Errors
    ///
    /// Those of the call, and a page token that the service sent before.
    pub async fn next(&mut self) -> Option<Result<P>> {
        poll_fn(|context| self.poll(context)).await
    }

    /// The token of the page that comes next, to go on in another process: give it to the
    /// request's own setter. `None` before the first page and at the end.
    pub fn page_token(&self) -> Option<&str> {
        match &self.state {
            State::Waiting(token) | State::Fetching(token, _) => token.as_deref(),
            State::Ended => None,
        }
    }

    /// The elements of all pages.
    #[doc(hidden)]
    pub fn items<T>(self, items_of: fn(P) -> Vec<T>) -> Items<P, T> {
        Items {
            pages: self,
            items_of,
            page: Vec::new().into_iter(),
        }
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<P>>> {
        loop {
            match &mut self.state {
                State::Ended => return Poll::Ready(None),
                State::Waiting(token) => {
                    let page = (self.request)(token.as_deref()).send();
                    self.state = State::Fetching(token.take(), Box::pin(page));
                }
                State::Fetching(_, page) => {
                    let Poll::Ready(page) = page.as_mut().poll(context) else {
                        return Poll::Pending;
                    };
                    self.state = State::Ended;
                    return Poll::Ready(Some(page.and_then(|page| self.arrived(page))));
                }
            }
        }
    }

    fn arrived(&mut self, page: P) -> Result<P> {
        let token = (self.token_of)(&page).filter(|token| !token.is_empty());
        if let Some(token) = token {
            if !self.seen.insert(token.clone()) {
                return Err(error::repeated_page_token(&token));
            }
            self.state = State::Waiting(Some(token));
        }
        Ok(page)
    }
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

/// The elements of a list over all its pages, each page fetched when its first element is asked for.
///
/// Ends like [`Pages`], which also give what a page holds beside its elements.
pub struct Items<P, T> {
    pages: Pages<P>,
    items_of: fn(P) -> Vec<T>,
    page: std::vec::IntoIter<T>,
}

impl<P: DeserializeOwned + Send + 'static, T> Items<P, T> {
    /// The next element, `None` at the end.
    ///
    /// # Errors
    ///
    /// Those of [`Pages::next`].
    pub async fn next(&mut self) -> Option<Result<T>> {
        poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T>>> {
        loop {
            if let Some(item) = self.page.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match self.pages.poll(context) {
                Poll::Ready(Some(Ok(page))) => self.page = (self.items_of)(page).into_iter(),
                Poll::Ready(Some(Err(error))) => return Poll::Ready(Some(Err(error))),
                Poll::Ready(None) => return Poll::Ready(None),
                Poll::Pending => return Poll::Pending,
            }
        }
    }
}

impl<P: DeserializeOwned + Send + 'static, T> Stream for Items<P, T>
where
    Self: Unpin,
{
    type Item = Result<T>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll(context)
    }
}

impl<P, T> fmt::Debug for Items<P, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").finish_non_exhaustive()
    }
}

/// The value of a query parameter of a URL: what the link to the next page says of it.
#[doc(hidden)]
pub fn query_value(url: &str, parameter: &str) -> Option<String> {
    let url = reqwest::Url::parse(url).ok()?;
    let mut pairs = url.query_pairs();
    pairs.find_map(|(name, value)| (name == parameter).then(|| value.into_owned()))
}
