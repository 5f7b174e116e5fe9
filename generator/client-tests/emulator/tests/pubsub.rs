//! Pub/Sub, as Google's emulator serves it.

mod support;

use google_pubsub_v1::Pubsub;
use google_pubsub_v1::runtime::google_cloud_auth::credentials::anonymous;
use google_pubsub_v1::runtime::google_cloud_gax::error::rpc::Code;
use google_pubsub_v1::runtime::{Bytes, Duration, FieldMask};
use google_pubsub_v1::schemas::{
    AcknowledgeRequest, PublishRequest, PubsubMessage, PullRequest, Subscription, Topic,
    UpdateTopicRequest,
};

fn day() -> Duration {
    Duration::clamp(86_400, 0)
}

async fn client() -> Pubsub {
    Pubsub::builder()
        .with_endpoint(support::url("PUBSUB_EMULATOR_HOST"))
        .with_credentials(anonymous::Builder::new().build())
        .build()
        .await
        .unwrap()
}

#[tokio::test]
async fn a_message_is_published_pulled_and_acknowledged() {
    let pubsub = client().await;
    let (topic, subscription) = (
        "projects/messages/topics/topic",
        "projects/messages/subscriptions/subscription",
    );
    let (topics, subscriptions) = (
        pubsub.projects().topics(),
        pubsub.projects().subscriptions(),
    );
    topics.create(topic, Topic::default()).send().await.unwrap();
    subscriptions
        .create(subscription, Subscription::default().set_topic(topic))
        .send()
        .await
        .unwrap();

    let data = Bytes::from_static(b"\x00\xff bytes");
    let message = PubsubMessage::default()
        .set_data(data.clone())
        .set_attributes([("key", "value")]);
    let published = topics
        .publish(topic, PublishRequest::default().set_messages([message]))
        .send()
        .await
        .unwrap();
    assert_eq!(published.message_ids.len(), 1);

    let pulled = subscriptions
        .pull(subscription, PullRequest::default().set_max_messages(10))
        .send()
        .await
        .unwrap();
    let [received] = &pulled.received_messages[..] else {
        panic!("{pulled:?}")
    };
    let message = received.message.as_ref().unwrap();
    assert_eq!(message.data, Some(data));
    assert_eq!(message.attributes["key"], "value");
    assert!(message.publish_time.is_some());

    let request = AcknowledgeRequest::default().set_ack_ids(received.ack_id.clone());
    subscriptions
        .acknowledge(subscription, request)
        .send()
        .await
        .unwrap();
    subscriptions.delete(subscription).send().await.unwrap();
    let error = subscriptions.get(subscription).send().await.unwrap_err();
    assert_eq!(error.status().unwrap().code, Code::NotFound);
}

#[tokio::test]
async fn topics_are_listed_over_pages_and_patched() {
    let pubsub = client().await;
    let topics = pubsub.projects().topics();
    for number in 0..5 {
        topics
            .create(
                format!("projects/lists/topics/topic{number}"),
                Topic::default(),
            )
            .send()
            .await
            .unwrap();
    }
    let mut items = topics.list("projects/lists").page_size(2).by_item();
    let mut names = Vec::new();
    while let Some(item) = items.next().await {
        names.extend(item.unwrap().name);
    }
    names.sort();
    assert_eq!(names.len(), 5);
    assert_eq!(names[4], "projects/lists/topics/topic4");

    // The emulator does not support `labels` in the mask.
    let change = UpdateTopicRequest::default()
        .set_topic(
            Topic::default()
                .set_name(names[0].as_str())
                .set_message_retention_duration(day()),
        )
        .set_update_mask(FieldMask::default().set_paths(["message_retention_duration"]));
    let changed = topics
        .patch(names[0].as_str(), change)
        .send()
        .await
        .unwrap();
    assert_eq!(changed.message_retention_duration, Some(day()));
}

#[tokio::test]
async fn a_topic_is_created_once() {
    let pubsub = client().await;
    let create = pubsub
        .projects()
        .topics()
        .create("projects/errors/topics/topic", Topic::default());
    create.clone().send().await.unwrap();
    let error = create.send().await.unwrap_err();
    assert_eq!(error.http_status_code(), Some(409));
    assert_eq!(error.status().unwrap().code, Code::AlreadyExists);
}
