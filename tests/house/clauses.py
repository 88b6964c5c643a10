#!/usr/bin/env python3
"""Every testable clause about warranty, exclusion, fee, return, exchange, refund and freight is carried by its pack, under its own id, or
left out with a reason. Needs the clause tables beside the project; without them it is skipped."""
import glob
import pathlib
import re
import sys

DOMAINS = {"warranty", "exclusion", "fee", "return", "exchange", "refund", "freight"}
root = pathlib.Path(sys.argv[1])
tables = sorted(glob.glob(str(root / "../shared/clauses/*.tsv")))
if not tables:
    print("skipped: the clause tables are not beside the project")
    sys.exit(77)

wanted = {}
for table in tables:
    for line in open(table, encoding="utf-8"):
        clause, pack, _, _, domain, *_, testable = line.rstrip("\n").split("\t")
        if testable == "yes" and domain in DOMAINS:
            wanted.setdefault(pack, []).append(clause)

missing = left_out = total = 0
for file in sorted((root / "policies").glob("*.yaml")):
    text = file.read_text(encoding="utf-8")
    body, _, tail = text.partition("\nleft_out:")
    rules = re.sub(r"(?ms)^clauses:\n.*?(?=^\S|\Z)", "", body)  # a clause's sentence alone carries nothing
    for clause in wanted.get(file.stem, []):
        total += 1
        pattern = re.escape(clause) + r"(?!\d)"
        if re.search(r"(?m)^  " + pattern + ":", tail):
            left_out += 1
        elif not re.search(pattern, rules):
            missing += 1
            print(f"{file.name}: {clause} is neither carried nor left out")
print(f"{total} clauses, {left_out} left out with a reason, {missing} missing")
sys.exit(missing > 0 or total == 0)
