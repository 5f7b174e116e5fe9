//! Searches YouTube, and prints the titles of the videos it finds.

use google_youtube_v3::YouTube;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let key = std::env::var("API_KEY")?;
    let youtube = YouTube::builder().with_api_key(key).build().await?;

    let search = youtube
        .search()
        .list(["snippet"])
        .q("rust")
        .r#type(["video"]);
    for result in search.max_results(10).send().await?.items {
        let snippet = result.snippet.unwrap_or_default();
        println!("{}", snippet.title.unwrap_or_default());
    }
    Ok(())
}
