"""Reads every payload and message like a Python receiver, and writes the results."""

import base64
import json
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

from jsonschema import Draft202012Validator, ValidationError
from midbound_cloud import MidboundCloud
from standardwebhooks import Webhook

sys.path.insert(0, str(Path(__file__).parent / "generated"))

import events  # noqa: E402
from administer import administer  # noqa: E402


def dotted(path):
    """Formats a path, such as data.companies[0].name."""
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return text.removeprefix(".")


def issues_in(error: ValidationError):
    """Returns the paths of an error; for a nullable reference, those of the referenced schema's errors."""
    path = list(error.absolute_path)
    if error.validator == "required":
        return [dotted([*path, name]) for name in error.validator_value if name not in error.instance]
    if error.validator == "anyOf":
        inner = [one for one in error.context if one.validator_value != "null"]
        return [path for one in inner for path in issues_in(one)]
    return [dotted(path)]


def is_genuine(message):
    body = base64.b64decode(message["body"])
    for secret in message["secrets"]:
        try:
            Webhook(secret).verify(body, message["headers"], json_parse=False)
            return True
        except Exception:  # For some malformed input the library raises ValueError, binascii.Error and others.
            continue
    return False


def unwrapped(message):
    """Returns the type of the event that the provider's SDK finds in a message, or None if the SDK rejects it."""
    for secret in message["secrets"]:
        try:
            client = MidboundCloud(api_key="not used", webhook_secret=secret)
            body = base64.b64decode(message["body"]).decode()
            event = client.webhooks.unwrap(body, headers=message["headers"])
            return {"type": event.type, "id": event.id, "class": type(event).__name__}
        except Exception:
            continue
    return None


def main(inputs_file, observations_file):
    inputs = json.loads(Path(inputs_file).read_text())
    types = {event["type"]: event for event in inputs["events"]}
    schemas = {type_: json.loads(Path(event["schema"]).read_text()) for type_, event in types.items()}
    issues, round_trips, signed = {}, {}, []

    for payload in inputs["payloads"]:
        name, title, text = payload["name"], types[payload["type"]]["title"], Path(payload["file"]).read_text()
        errors = Draft202012Validator(schemas[payload["type"]]).iter_errors(json.loads(text))
        issues[name] = sorted({path for error in errors for path in issues_in(error)})
        if payload["paths"]:
            continue
        model = getattr(events, title)
        dumped = model.model_validate_json(text).model_dump_json(by_alias=True, exclude_unset=True)
        round_trips[name] = json.loads(dumped)
        if name == "identity.session.finalized.other-numbers":
            read = events.IdentitySessionFinalizedEvent.model_validate_json(text)
            created = datetime.fromtimestamp(read.data.session.createdAt / 1000, tz=timezone.utc)
            time = (created - datetime.fromtimestamp(0, tz=timezone.utc)) // timedelta(microseconds=1)
        now = datetime.now(tz=timezone.utc)
        headers = {
            "webhook-id": f"msg_{name.replace('.', '_')}",
            "webhook-timestamp": str(int(now.timestamp())),
        }
        signature = Webhook(inputs["secret"]).sign(headers["webhook-id"], now, dumped)
        signed.append({"name": name, "headers": {**headers, "webhook-signature": signature}, "body": dumped})

    observations = {
        "issues": issues,
        "roundTrips": round_trips,
        "signed": signed,
        "verified": {one["name"]: is_genuine(one) for one in inputs["messages"]},
        "time": time,
        "admin": administer(inputs["app"]["origin"], inputs["app"]["adminToken"]),
        "unwrapped": {one["name"]: unwrapped(one) for one in inputs["messages"]},
    }
    Path(observations_file).write_text(json.dumps(observations))


main(*sys.argv[1:])
