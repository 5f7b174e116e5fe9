//! Checks what names an API and says where it is. A document is untrusted: its names become names
//! of packages and files, and its URLs get the user's credentials.
