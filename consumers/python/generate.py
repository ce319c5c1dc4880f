"""Generates Pydantic v2 models from the published schemas, one module per event type."""

import json
import shutil
import sys
from pathlib import Path

from datamodel_code_generator.__main__ import Exit, main

here = Path(__file__).parent
target = here / "generated" / "events"
shutil.rmtree(target, ignore_errors=True)
target.mkdir(parents=True)
(target / "__init__.py").touch()

for event in json.loads(Path(sys.argv[1]).read_text())["events"]:
    exit_code = main(
        [
            *("--input", event["schema"]),
            *("--input-file-type", "jsonschema"),
            *("--output", str(target / f"{event['module']}.py")),
            *("--output-model-type", "pydantic_v2.BaseModel"),
            *("--target-python-version", "3.11"),
            # Preserves fields that this version of the schema does not know.
            *("--extra-fields", "allow"),
            # Formats are annotations: an unusual address must not make an event unreadable, and must not be normalized.
            *("--type-mappings", "string+uri=string", "string+email=string"),
            *("--enum-field-as-literal", "all"),
            *("--formatters", "builtin"),
            "--use-annotated",
            "--disable-timestamp",
        ]
    )
    if exit_code != Exit.OK:
        sys.exit(f"datamodel-code-generator failed on {event['schema']}")
