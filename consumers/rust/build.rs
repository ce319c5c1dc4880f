//! Generates Rust types from the published schema for generators with typify.

use std::{fs, path::Path};

use serde_json::{Value, json};
use typify::{TypeSpace, TypeSpaceSettings};

fn main() {
    let schema = Path::new("../../packages/json-schema/codegen/events.schema.json");
    println!("cargo::rerun-if-changed={}", schema.display());
    let mut schema = serde_json::from_str(&fs::read_to_string(schema).unwrap()).unwrap();
    prepare(&mut schema);
    fs::create_dir_all("generated").unwrap();
    fs::write("generated/events.rs", types(schema)).unwrap();
}

/// Gives optional objects and lists null as a second type, because typify would otherwise omit an empty one.
fn prepare(node: &mut Value) {
    let Value::Object(schema) = node else {
        return node.as_array_mut().into_iter().flatten().for_each(prepare);
    };
    schema.values_mut().for_each(prepare);
    let required = schema.get("required").cloned().unwrap_or_default();
    let Some(Value::Object(properties)) = schema.get_mut("properties") else { return };
    for (name, property) in properties {
        let optional = !required.as_array().is_some_and(|names| names.contains(&json!(name)));
        if optional && (property["type"] == "object" || property["type"] == "array") {
            property["type"] = json!([property["type"], "null"]);
        }
    }
}

fn types(schema: Value) -> String {
    let mut space = TypeSpace::new(&TypeSpaceSettings::default());
    space.add_root_schema(serde_json::from_value(schema).unwrap()).unwrap();
    prettyplease::unparse(&syn::parse2(space.to_stream()).unwrap())
}
