"""Holds what svc policy floor finds against what was read from the clauses: policy_floor_table.py SVC TABLE"""
import json
import subprocess
import sys

rows = [line.rstrip("\n").split("\t") for line in open(sys.argv[2], encoding="utf-8") if not line.startswith("#")]
found = {}
for law, pack in sorted({(row[0], row[1]) for row in rows}):
    run = subprocess.run([sys.argv[1], "--json", "policy", "floor", pack, law], capture_output=True, text=True, check=False)
    for one in json.loads(run.stdout)["shortfalls"]:
        found[law, pack, one["clause"], one["kind"], one["about"], one["law_clause"]] = one
wrong = [row for row in rows if (tuple(row[:6]) in found) != (row[6] == "yes")]
for row in wrong:
    print("missing" if row[6] == "yes" else "a false alarm", *row)
sys.exit(bool(wrong) or not rows)
