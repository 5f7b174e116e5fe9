//! JSON values of generated types, made from the description of their client.

use std::cell::{Cell, RefCell};
use std::ptr;

use generator::Surface;
use generator::surface::{Field, Type, TypeKind};
use serde_json::{Map, Value, json};

/// The depth from which messages have no fields, and below which lists and maps are empty.
const DEPTH: usize = 3;

/// The values of a scalar type. Each is in the form in which the runtime writes it.
fn scalars(ty: &str) -> Vec<Value> {
    let values = match ty {
        "String" => json!(["", "a\u{0}\"\\\u{2028}😀", "null"]),
        "bool" => json!([true, false]),
        "i32" => json!([0, i32::MIN, i32::MAX]),
        "u32" => json!([0, u32::MAX]),
        "i64" => json!(["0", i64::MIN.to_string(), i64::MAX.to_string()]),
        "u64" => json!(["0", u64::MAX.to_string()]),
        "f32" => json!([0.0, -0.15625, "NaN", "-Infinity"]),
        "f64" => json!([126.017_977_219_993_71, f64::MAX, 5e-324, "Infinity", "NaN"]),
        "runtime::Bytes" => json!(["", "AA==", "-_8B"]),
        "runtime::Timestamp" => json!(["0001-01-01T00:00:00Z", "2024-02-29T23:59:59.123456789Z"]),
        "runtime::Duration" => json!(["0s", "-315576000000.999999999s", "3.5s"]),
        "runtime::FieldMask" => json!(["displayName,a_1", "foo__bar.b"]),
        "runtime::Value" => json!([{"a": [1, null, 0.1]}, [], "text", 7, false]),
        "runtime::Status" => json!([{"code": 5, "message": "missing"}]),
        "runtime::HttpBody" => json!([{"contentType": "image/png", "data": "-_8B"}]),
        "runtime::Operation" => json!([
            {"name": "operations/1", "done": true, "response": {"@type": "a/b.C", "d": [1]}},
        ]),
        _ => panic!("no values of {ty}"),
    };
    values.as_array().cloned().unwrap_or_default()
}

/// A generator of values, each time with other scalars.
pub(crate) struct Synthesis<'a> {
    surface: &'a Surface,
    /// True if scalars have values that do not fit their type.
    misfits: bool,
    count: Cell<usize>,
    /// The messages around the current value.
    outer: RefCell<Vec<&'a Type>>,
}

impl<'a> Synthesis<'a> {
    pub(crate) fn new(surface: &'a Surface, misfits: bool) -> Self {
        Self {
            surface,
            misfits,
            count: Cell::default(),
            outer: RefCell::default(),
        }
    }

    /// Returns a value of a generated type that is not a part of another one.
    pub(crate) fn root(&self, ty: &'a Type) -> Value {
        let misfits = self.misfits && ty.kind == TypeKind::Struct;
        let root = Self {
            misfits,
            ..Self::new(self.surface, misfits)
        };
        root.count.set(self.count.get());
        let value = root.named(ty, 0);
        self.count.set(root.count.get() + 1);
        value
    }

    fn named(&self, ty: &'a Type, depth: usize) -> Value {
        match ty.kind {
            TypeKind::Struct => self.message(ty, depth),
            TypeKind::Enum => self.enumeration(ty),
            TypeKind::Newtype | TypeKind::Alias => {
                self.value(ty.target.as_deref().expect("a target"), depth + 1)
            }
        }
    }

    /// Returns a message with a field that the client does not know, and all others unless it is part of
    /// a message of its type.
    fn message(&self, ty: &'a Type, depth: usize) -> Value {
        let mut message = Map::new();
        let is_inner = self.outer.borrow().iter().any(|outer| ptr::eq(*outer, ty));
        if depth < DEPTH && !is_inner {
            self.outer.borrow_mut().push(ty);
            let fields = ty.fields.values();
            message.extend(fields.map(|field: &Field| {
                let value = self.value(&field.ty, depth + 1);
                (field.wire.clone(), value)
            }));
            self.outer.borrow_mut().pop();
        }
        message.insert("zzUnknown".to_owned(), json!({"a": [1, null, {"b": 0.1}]}));
        Value::Object(message)
    }

    fn enumeration(&self, ty: &Type) -> Value {
        if self.misfits {
            return json!({"odd": [1.5]});
        }
        let known = ty.variants.values().map(|variant| json!(variant.wire));
        let values: Vec<_> = known.chain([json!("UNHEARD_OF"), json!(77)]).collect();
        self.choose(&values)
    }

    /// Returns a value of a type as it is written in Rust.
    fn value(&self, ty: &str, depth: usize) -> Value {
        let inside = |start: &str| ty.strip_prefix(start)?.strip_suffix('>');
        if let Some(inner) = inside("Option<").or_else(|| inside("Box<")) {
            self.value(inner, depth)
        } else if let Some(item) = inside("Vec<") {
            match depth {
                ..=DEPTH if is_nested(item) => json!([self.value(item, depth)]),
                ..=DEPTH => json!([self.value(item, depth), self.value(item, depth)]),
                _ => json!([]),
            }
        } else if let Some(item) = inside("BTreeMap<String, ") {
            match depth {
                ..=DEPTH if is_nested(item) => json!({"": self.value(item, depth)}),
                ..=DEPTH => json!({"": self.value(item, depth), "a/b": self.value(item, depth)}),
                _ => json!({}),
            }
        } else if let Some(named) = self.surface.types.get(ty) {
            self.named(named, depth)
        } else if self.misfits && !ty.starts_with("runtime::") {
            json!({"odd": [1.5]})
        } else {
            self.choose(&scalars(ty))
        }
    }

    fn choose(&self, values: &[Value]) -> Value {
        let count = self.count.replace(self.count.get() + 1);
        values[count % values.len()].clone()
    }
}

/// Returns whether a type is a list or map; such types may be nested so deeply that two elements of
/// each would be too many.
fn is_nested(ty: &str) -> bool {
    ["Vec<", "BTreeMap<"]
        .iter()
        .any(|start| ty.starts_with(start))
}
