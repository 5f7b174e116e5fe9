//! The size of the future of a call: futures are moved, and there may be many.

use discovery_runtime::{Client, ClientBuilder, Value};

use crate::support::{GET, SERVICE, anonymous};

#[tokio::test]
async fn a_request_and_the_future_that_sends_it_are_small() {
    let builder: ClientBuilder<Client> = ClientBuilder::new(&SERVICE);
    let builder = builder.with_endpoint("http://localhost");
    let client = builder.with_credentials(anonymous()).build().await.unwrap();
    let request = client.request(&GET).path("name", "a");
    let (size, of_future) = (size_of_val(&request), size_of_val(&request.send::<Value>()));
    assert!(size <= 256 && of_future <= 2048, "{size} {of_future}");
}
