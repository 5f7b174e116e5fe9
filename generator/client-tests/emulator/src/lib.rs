//! The programs in `bin` are the first that a user of each service writes. The tests are in `tests`, and
//! `.ci/emulator` runs them.
