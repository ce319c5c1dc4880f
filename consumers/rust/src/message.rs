//! Signs and verifies with the Standard Webhooks library.

use std::{
    collections::BTreeMap,
    time::{SystemTime, UNIX_EPOCH},
};

use base64::{Engine, engine::general_purpose::STANDARD};
use http::{HeaderMap, HeaderName, HeaderValue};
use serde::{Deserialize, Serialize};
use standardwebhooks::Webhook;

#[derive(Deserialize)]
pub struct Message {
    pub name: String,
    secrets: Vec<String>,
    headers: BTreeMap<String, String>,
    /// Base64.
    body: String,
}

impl Message {
    pub fn is_genuine(&self) -> bool {
        let body = STANDARD.decode(&self.body).unwrap();
        let mut headers = HeaderMap::new();
        for (name, value) in &self.headers {
            let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) else {
                return false;
            };
            headers.insert(name, value);
        }
        let accepts = |secret: &String| Webhook::new(secret)?.verify(&body, &headers);
        self.secrets.iter().any(|secret| accepts(secret).is_ok())
    }
}

#[derive(Serialize)]
pub struct Signed {
    name: String,
    headers: BTreeMap<&'static str, String>,
    body: String,
}

impl Signed {
    pub fn new(secret: &str, name: &str, body: String) -> Self {
        let id = format!("msg_{}", name.replace('.', "_"));
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
        let signature = Webhook::new(secret).unwrap().sign(&id, now as i64, body.as_bytes()).unwrap();
        let headers = BTreeMap::from([
            ("webhook-id", id),
            ("webhook-timestamp", now.to_string()),
            ("webhook-signature", signature),
        ]);
        Signed { name: name.into(), headers, body }
    }
}
