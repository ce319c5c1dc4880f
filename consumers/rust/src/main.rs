//! Reads every payload and message like a Rust receiver, and writes the results.

mod message;
mod issues;

use std::{
    collections::BTreeMap,
    env, fs,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;

use message::{Message, Signed};

mod events {
    #![allow(dead_code, clippy::all)]
    include!("../generated/events.rs");
}

#[derive(Deserialize)]
struct Inputs {
    secret: String,
    events: Vec<Event>,
    payloads: Vec<Payload>,
    messages: Vec<Message>,
}

#[derive(Deserialize)]
struct Event {
    r#type: String,
    schema: String,
}

#[derive(Deserialize)]
struct Payload {
    name: String,
    r#type: String,
    file: String,
    paths: Vec<String>,
}

#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Observations {
    issues: BTreeMap<String, Vec<String>>,
    round_trips: BTreeMap<String, Value>,
    time: u64,
    signed: Vec<Signed>,
    verified: BTreeMap<String, bool>,
}

fn main() {
    let [_, inputs_file, observations_file] = env::args().collect::<Vec<_>>().try_into().unwrap();
    let inputs: Inputs = serde_json::from_str(&fs::read_to_string(inputs_file).unwrap()).unwrap();
    let mut seen = Observations::default();
    for payload in &inputs.payloads {
        let event = inputs.events.iter().find(|event| event.r#type == payload.r#type).unwrap();
        let text = fs::read_to_string(&payload.file).unwrap();
        seen.issues.insert(payload.name.clone(), issues::find(&event.schema, &text));
        if !payload.paths.is_empty() {
            continue;
        }
        if payload.name == "identity.session.finalized.other-numbers" {
            seen.time = session_created_at(&text).duration_since(UNIX_EPOCH).unwrap().as_micros() as u64;
        }
        let written = round_trip(&payload.r#type, &text);
        seen.round_trips.insert(payload.name.clone(), serde_json::from_str(&written).unwrap());
        seen.signed.push(Signed::new(&inputs.secret, &payload.name, written));
    }
    for message in &inputs.messages {
        seen.verified.insert(message.name.clone(), message.is_genuine());
    }
    fs::write(observations_file, serde_json::to_string(&seen).unwrap()).unwrap();
}

fn session_created_at(text: &str) -> SystemTime {
    let event: events::IdentitySessionFinalizedEvent = serde_json::from_str(text).unwrap();
    let session = event.data.session;
    UNIX_EPOCH + Duration::from_micros((session.created_at * 1000.0).round() as u64)
}

/// Reads a payload into the generated type of its event, and serializes it again.
fn round_trip(event_type: &str, text: &str) -> String {
    fn through<Event: DeserializeOwned + Serialize>(text: &str) -> String {
        serde_json::to_string(&serde_json::from_str::<Event>(text).unwrap()).unwrap()
    }
    use events::*;
    match event_type {
        "identity.session.finalized" => through::<IdentitySessionFinalizedEvent>(text),
        "identity.resolved" => through::<IdentityResolvedEvent>(text),
        "identity.qualified" => through::<IdentityQualifiedEvent>(text),
        "identity.enriched" => through::<IdentityEnrichedEvent>(text),
        "identity.validated" => through::<IdentityValidatedEvent>(text),
        other => panic!("no generated types for {other}"),
    }
}
