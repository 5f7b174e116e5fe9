//! JSON texts as trees of values with their places.

mod node;
mod reader;

pub(crate) use node::{Members, Node, Value};
pub(crate) use reader::{Json, Repeated, read};
