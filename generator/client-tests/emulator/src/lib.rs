//! The client of Cloud Storage against an emulator of the service: everything is in `tests/`, and
//! `.ci/emulator` runs it.
