//! The meaning of a document: every name, type, path and text is decided.
//!
//! `lower` makes the model from a Discovery document, and `emit` prints it. Plain data: no case
//! conversion, no tokens, no Discovery types.

mod api;
mod constant;
mod descriptor;
mod docs;
mod examples;
mod imports;
mod media;
mod methods;
mod operations;
mod pages;
mod resources;
mod schemas;
pub(crate) mod sizes;
mod types;

pub(crate) use api::{Api, CrateNames, Package, Service};
pub(crate) use constant::Constant;
pub(crate) use descriptor::{Descriptor, RequestId, Segment};
pub(crate) use docs::Docs;
pub(crate) use examples::{
    CancelExample, Command, Ending, Example, Examples, Invocation, Programs, SampleValue,
    TestProgram,
};
pub(crate) use imports::Imports;
pub(crate) use media::{Download, Upload};
pub(crate) use methods::{Argument, Body, Method, ParameterLocation, Response, Setter};
pub(crate) use operations::{LongRunning, OperationService, OperationVariable, Wait, WaitTimeout};
pub(crate) use pages::{Items, NextToken, PageToken, Pages};
pub(crate) use resources::{Resource, Root};
pub(crate) use schemas::{
    Absence, Alias, Entry, Enum, FeatureGate, Field, Item, Module, Newtype, Struct, Variant,
};
pub(crate) use types::{Number, Shared, Type, TypePath};
