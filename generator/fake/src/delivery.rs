//! The delivery of a reply, with the faults of its rule.

use std::future::pending;
use std::time::Duration;

use bytes::Bytes;
use http::Response;
use tokio::time::sleep;

use crate::rules::Delivery;

/// Waits as the rule of a reply demands, and returns its delivery; `None` if the connection is to be closed
/// without a reply.
pub(crate) async fn begin(reply: &Response<Bytes>) -> Option<Delivery> {
    let delivery = reply.extensions().get::<Delivery>();
    let delivery = delivery.copied().unwrap_or_default();
    if delivery.latency > 0 {
        sleep(Duration::from_millis(delivery.latency)).await;
    }
    if delivery.stall {
        pending::<()>().await;
    }
    (!delivery.reset).then_some(delivery)
}
