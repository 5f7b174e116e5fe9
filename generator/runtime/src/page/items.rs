//! The elements of a paginated list.

use std::{
    fmt,
    future::poll_fn,
    pin::Pin,
    task::{Context, Poll},
};

use futures_core::Stream;
use serde::de::DeserializeOwned;

use super::Pages;
use crate::error::Result;

/// The elements of a list over all its pages, each page fetched on demand.
///
/// Ends like [`Pages`], which also have the other fields of a page.
#[must_use = "nothing is listed until elements are read"]
pub struct Items<P, T> {
    pages: Pages<P>,
    items_of: fn(P) -> Vec<T>,
    page: std::vec::IntoIter<T>,
}

impl<P: DeserializeOwned + Send + 'static> Pages<P> {
    /// Returns the elements of all pages.
    #[doc(hidden)]
    pub fn items<T>(self, items_of: fn(P) -> Vec<T>) -> Items<P, T> {
        Items::new(self, items_of)
    }
}

impl<P: DeserializeOwned + Send + 'static, T> Items<P, T> {
    fn new(pages: Pages<P>, items_of: fn(P) -> Vec<T>) -> Self {
        Self {
            pages,
            items_of,
            page: Vec::new().into_iter(),
        }
    }

    /// Returns the next element, `None` at the end.
    ///
    /// # Errors
    ///
    /// The same as of [`Pages::next`].
    pub async fn next(&mut self) -> Option<Result<T>> {
        poll_fn(|context| self.poll(context)).await
    }

    /// The token of the page with the next element, or of the page that failed. To continue later or
    /// in another process, pass it to the setter of the request. The list then starts with the first
    /// element of that page, so some elements are returned again. `None` for the first page and at the
    /// end.
    pub fn page_token(&self) -> Option<&str> {
        if self.page.len() > 0 {
            self.pages.current.as_deref()
        } else {
            self.pages.page_token()
        }
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
