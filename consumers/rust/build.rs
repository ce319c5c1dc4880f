//! Generates Rust types from the published schemas with typify, one module per event type.

use std::{env, fs, path::Path};

use serde_json::{Value, json};
use typify::{TypeSpace, TypeSpaceSettings};

fn main() {
    let schemas = Path::new("../../packages/json-schema");
    let target = Path::new(&env::var("OUT_DIR").unwrap()).join("events.rs");
    println!("cargo::rerun-if-changed={}", schemas.display());
    let index: Value = read(&schemas.join("index.json"));
    let mut source = String::new();
    for (event_type, event) in index["events"].as_object().unwrap() {
        let file = event["schemas"]["2020-12"]["file"].as_str().unwrap();
        let mut schema = read(&schemas.join(file));
        prepare(&mut schema);
        source += &format!("pub mod {} {{ {} }}\n", event_type.replace('.', "_"), types(schema));
    }
    fs::write(target, source).unwrap();
}

fn read(file: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap()
}

/// Adapts a published schema to typify. `additionalProperties: {}` makes it preserve unknown fields (in a map called
/// `extra`). An optional object or list gets null as a second type, because typify would otherwise omit an empty one.
/// `if` and `else`, which describe older envelopes without an id, are removed because typify does not support them.
fn prepare(node: &mut Value) {
    let Value::Object(schema) = node else {
        return node.as_array_mut().into_iter().flatten().for_each(prepare);
    };
    schema.remove("if");
    schema.remove("else");
    schema.values_mut().for_each(prepare);
    let required = schema.get("required").cloned().unwrap_or_default();
    let Some(Value::Object(properties)) = schema.get_mut("properties") else { return };
    for (name, property) in properties {
        let optional = !required.as_array().is_some_and(|names| names.contains(&json!(name)));
        if optional && (property["type"] == "object" || property["type"] == "array") {
            property["type"] = json!([property["type"], "null"]);
        }
    }
    schema.insert("additionalProperties".into(), json!({}));
}

fn types(schema: Value) -> String {
    let mut space = TypeSpace::new(&TypeSpaceSettings::default());
    space.add_root_schema(serde_json::from_value(schema).unwrap()).unwrap();
    prettyplease::unparse(&syn::parse2(space.to_stream()).unwrap())
}
