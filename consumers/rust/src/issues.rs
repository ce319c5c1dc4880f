//! Validates with the published schema.

use std::fs;

use jsonschema::{ValidationError, error::ValidationErrorKind, paths::Location};
use serde_json::Value;

/// Returns the paths of the issues of a payload, such as `data.companies[0].name`.
pub fn find(schema_file: &str, text: &str) -> Vec<String> {
    let schema: Value = serde_json::from_str(&fs::read_to_string(schema_file).unwrap()).unwrap();
    let payload: Value = serde_json::from_str(text).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let mut found: Vec<String> = validator.iter_errors(&payload).flat_map(|error| paths(&error)).collect();
    found.sort();
    found.dedup();
    found
}

fn paths(error: &ValidationError) -> Vec<String> {
    let here = dotted(error.instance_path());
    match error.kind() {
        ValidationErrorKind::Required { property } => {
            let name = property.as_str().unwrap();
            vec![if here.is_empty() { name.into() } else { format!("{here}.{name}") }]
        }
        // For a nullable reference, only the errors of the branch that is not `null` are relevant.
        ValidationErrorKind::AnyOf { context } => {
            let branch = context.iter().find(|errors| !errors.iter().all(wants_null)).unwrap();
            branch.iter().flat_map(paths).collect()
        }
        _ => vec![here],
    }
}

fn wants_null(error: &ValidationError) -> bool {
    matches!(error.kind(), ValidationErrorKind::Type { .. }) && error.to_string().contains("\"null\"")
}

fn dotted(pointer: &Location) -> String {
    let parts = pointer.as_str().split('/').skip(1);
    let text: String = parts
        .map(|part| if part.parse::<usize>().is_ok() { format!("[{part}]") } else { format!(".{part}") })
        .collect();
    text.trim_start_matches('.').into()
}
