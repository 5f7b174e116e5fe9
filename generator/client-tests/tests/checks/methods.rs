//! Every method: the bytes that it sends, and that it keeps all of a full answer.

use crate::calls;
use crate::sample::Sample;
use crate::support::{json, serving};

/// Makes a test of each call, and a list of all.
macro_rules! methods {
    ($($name:ident)+) => {
        $(
            #[tokio::test]
            async fn $name() {
                check(calls::$name()).await;
            }
        )+

        /// A call of each method.
        pub(crate) fn all() -> Vec<Sample> {
            vec![$(calls::$name()),+]
        }
    };
}

methods! {
    apps_get
    apps_list
    operations_cancel
    operations_delete
    operations_get
    operations_list
    operations_wait
    reports_get
    reports_list
    repos_operations_get
    scans_generate
    scans_get
    scans_list
    classify_content
    upload
}

async fn check(sample: Sample) {
    let (server, checks) = serving(json(&sample.answer())).await;
    let response = sample.call(checks).await.unwrap();
    sample.assert_sent(&server.request());
    sample.assert_received(&response);
}
