//! The Google API Discovery document, as a typed model.
