#!/usr/bin/env python3
"""Holds the schemas of records (svc.KIND-1.json) against the tables of fields that the program makes records from.

records.py DUMP          says which of them differ, and fails
records.py DUMP --write  writes them anew; the title and what is no field (a ticket's events) stay
DUMP is the program made from dump_records.c.
"""
import json
import pathlib
import subprocess
import sys

FOLDER = pathlib.Path(__file__).parent
DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
TEXT = {"type": "string", "minLength": 1}
TYPES = {
    "text": TEXT,
    "word": TEXT,
    "date": {"type": "string", "pattern": f"^{DAY}$"},
    "time": {"type": "string", "pattern": f"^{DAY}(T[0-9]{{2}}:[0-9]{{2}}:[0-9]{{2}}Z)?$"},
    "integer": {"type": "integer"},
    "number": {"type": "number", "minimum": 0},
    "money": {"type": "string", "pattern": "^[0-9]+(\\.[0-9]+)?$"},
    "json": {"type": "object"},
}


def of(field):
    if field["type"] == "reference":
        return {"type": "string", "pattern": f"^{field['letter']}[0-9]+$"}
    return {"enum": field["words"]} if "words" in field else TYPES[field["type"]]


def schema(record, old):
    names = [f["name"] for f in record["fields"]]
    made = {"schema": {"const": f"svc.{record['kind']}/1"}, **{f["name"]: of(f) for f in record["fields"]}}
    beside = {k: v for k, v in old.get("properties", {}).items() if k not in made}
    required = ["schema", "id"] + [f["name"] for f in record["fields"] if f["required"]]
    required += [k for k in old.get("required", []) if k in names and k not in required]
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": old.get("title", f"One {record['kind']}"),
        "type": "object",
        "properties": {**made, **beside},
        "required": required,
        "additionalProperties": False,
    }


def main():
    differ = []
    for line in subprocess.run([sys.argv[1]], check=True, capture_output=True, text=True).stdout.splitlines():
        record = json.loads(line)
        file = FOLDER / f"svc.{record['kind']}-1.json"
        old = json.loads(file.read_text()) if file.exists() else {}
        text = json.dumps(schema(record, old), indent=1, ensure_ascii=False) + "\n"
        if file.exists() and file.read_text() == text:
            continue
        differ.append(file.name)
        if "--write" in sys.argv:
            file.write_text(text)
    if differ and "--write" not in sys.argv:
        sys.exit("not as the tables of fields have them: " + ", ".join(differ))


main()
