#!/usr/bin/env python3
"""Checks JSON replies of svc against the schemas beside this file: one document or one object a line.

svc.unit/1 is described by svc.unit-1.json. Every object of a list has to name its schema; an unknown one is a fault.
"""
import json
import pathlib
import sys

import jsonschema

FOLDER = pathlib.Path(__file__).parent
SCHEMAS = {}
PART = "--part" in sys.argv  # --columns has left fields out


def validator(name):
    if name not in SCHEMAS:
        path = FOLDER / (name.replace("/", "-") + ".json")
        schema = json.loads(path.read_text(encoding="utf-8"))
        if PART:
            schema["required"] = ["schema"]
        SCHEMAS[name] = jsonschema.Draft7Validator(schema)
    return SCHEMAS[name]


def objects(text):
    try:
        document = json.loads(text)
    except ValueError:
        return [json.loads(line) for line in text.splitlines() if line]
    return document if isinstance(document, list) else [document]


def faults(thing):
    if not isinstance(thing, dict) or "schema" not in thing:
        yield "a reply that names no schema: " + json.dumps(thing, ensure_ascii=False)[:200]
        return
    try:
        checker = validator(thing["schema"])
    except FileNotFoundError:
        yield "no schema " + thing["schema"]
        return
    for fault in checker.iter_errors(thing):
        yield "%s: %s: %s" % (thing["schema"], "/".join(map(str, fault.path)), fault.message[:300])


def main():
    bad = 0
    for path in [word for word in sys.argv[1:] if word != "--part"]:
        text = pathlib.Path(path).read_text(encoding="utf-8")
        for thing in objects(text) if text.strip() else []:
            for fault in faults(thing):
                print(fault, file=sys.stderr)
                bad += 1
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
