//! Uploads an app to Checks, waits for its analysis, and prints the result of each check.

use google_checks_v1alpha::Checks;
use google_checks_v1alpha::runtime::Media;
use google_checks_v1alpha::schemas::report::AnalyzeUploadRequest;

const APP: &str = "accounts/123/apps/456";

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let checks = Checks::builder()
        .with_service_account_file("robot.json")
        .build()
        .await?;

    let app = Media::from_path("app.aab").await?;
    let upload = checks.media().upload(APP, AnalyzeUploadRequest::default());
    let report = upload.with_media(app).poller().until_done().await?;

    for check in report.checks {
        println!("{:?}: {:?}", check.r#type, check.state);
    }
    Ok(())
}
