//! Generates Rust types from the published schemas with typify, one module for each event type.

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

/// Where typify and the published schema speak differently: unknown fields are kept (in a map called `extra`)
/// where there is `additionalProperties: {}`; an empty object or list comes back where it could be null too, else
/// it is taken for absent; and `if` is not understood, which says of older envelopes that they have no id.
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
