#!/usr/bin/env python3
"""Holds the schemas of answers (svc.ask.NAME-1.json) against the table of fields that the program makes answers from.

answers.py DUMP          says which of them differ, and fails
answers.py DUMP --write  writes them anew
DUMP is the program made from dump_answers.c.
"""
import json
import pathlib
import subprocess
import sys

FOLDER = pathlib.Path(__file__).parent
DATE = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
WORDS = {
    "remedy": ["repair", "replace", "exchange", "refund", "recall", "paid_repair", "refurbish", "none"],
    "basis": ["free", "cost", "charge", "list", "card", "cap", "quote"],
    "payer": ["company", "customer"],
    "difference": ["none", "customer_pays", "both_ways"],
}
TEXT = {"type": "string", "minLength": 1}
MONEY = {"type": "string", "pattern": "^-?[0-9]+(\\.[0-9]+)?$"}
KINDS = {
    "text": {"type": "string"},
    "date": {"type": "string", "pattern": "^(" + DATE + "|lifetime)$"},
    "moment": {"type": "string", "pattern": "^(lifetime|" + DATE + "(T[0-9:]{8}[+-][0-9]{2}:[0-9]{2})?)$"},
    "money": MONEY,
    "count": {"type": "integer"},
    "days": {"type": "integer"},
    "number": {"type": "number"},
    "rate": {"type": "number"},
    "measure": {"anyOf": [{"type": "number"}, MONEY]},
    "bool": {"type": "boolean"},
    "truth": {"type": "boolean"},
    "texts": {"type": "array", "items": TEXT},
    "remedies": {"type": "array", "items": {"enum": WORDS["remedy"]}},
    "verdict": TEXT,
    **{kind: {"enum": words} for kind, words in WORDS.items()},
}


def group(fields):
    always = [f["key"] for i, f in enumerate(fields) if i == 0 or f["kind"] in ("count", "bool")]
    return {
        "type": "object",
        "properties": {f["key"]: of(f) for f in fields},
        "required": always,
        "additionalProperties": False,
    }


def of(field):
    if field["kind"] == "group":
        return group(field["members"])
    if field["kind"] == "list":
        return {"type": "array", "items": group(field["members"])}
    return KINDS[field["kind"]]


def schema(answer):
    properties = {
        "schema": {"const": "svc.ask.%s/1" % answer["ask"]},
        "policy": TEXT,
        "version": {"type": "string", "pattern": "^" + DATE + "$"},
    }
    properties.update((f["key"], of(f)) for f in answer["fields"])
    properties["verdict"] = {"enum": answer["verdicts"]}
    properties["exit"] = {"enum": [0, 1, 3]}
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": answer["about"],
        "type": "object",
        "properties": properties,
        "required": ["schema", "policy", "version", "verdict"],
        "additionalProperties": False,
    }


def main():
    dump = subprocess.run([sys.argv[1]], check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout
    differ = []
    wanted = {}
    for line in dump.splitlines():
        answer = json.loads(line)
        wanted["svc.ask.%s-1.json" % answer["ask"]] = json.dumps(schema(answer), indent=1, ensure_ascii=False) + "\n"
    for path in FOLDER.glob("svc.ask.*-1.json"):
        if path.name not in wanted:
            differ.append(path.name + " describes no ask")
    for name, text in sorted(wanted.items()):
        path = FOLDER / name
        if "--write" in sys.argv:
            path.write_text(text, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            differ.append(name + " differs from the table: tests/schema/answers.py DUMP --write makes it anew")
    print("\n".join(differ), end="\n" if differ else "")
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main())
