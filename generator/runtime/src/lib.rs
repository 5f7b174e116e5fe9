//! What the clients generated from Google API Discovery documents stand on.
