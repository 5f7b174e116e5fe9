//! The first program of a user.

use std::env;

use crate::program::Home;
use crate::support::Place;

#[tokio::test]
async fn the_first_program_uploads_lists_and_downloads() {
    Place::new("bucket").await;
    let home = Home::new();
    let url = env::var("STORAGE_EMULATOR_HOST").unwrap();
    let program = env!("CARGO_BIN_EXE_storage");
    let printed = home.run(program, "storage.googleapis.com", &url).await;
    assert_eq!(printed, "notes.txt\n");
    assert_eq!(home.read("copy.txt"), home.read("notes.txt"));
}
