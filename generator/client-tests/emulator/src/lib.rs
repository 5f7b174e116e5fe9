//! Clients of several services against emulators. The tests are in `tests/`, and `.ci/emulator`
//! runs them.
