#!/usr/bin/env python3
"""Every testable clause of the source documents is carried by its pack, under its own id, or left out with a reason; fewer than three in a hundred
are left out, and no pack names a clause that its document does not have. Needs the clause tables beside the project; without them it is skipped."""
import glob
import pathlib
import re
import sys

LEFT_OUT_MOST = 0.03
root = pathlib.Path(sys.argv[1])
tables = sorted(glob.glob(str(root / "../shared/clauses/*.tsv")))
if not tables:
    print("skipped: the clause tables are not beside the project")
    sys.exit(77)

known, testable = {}, {}
for table in tables:
    for line in open(table, encoding="utf-8"):
        clause, pack, *_, wanted = line.rstrip("\n").split("\t")
        known.setdefault(pack, set()).add(clause)
        if wanted == "yes":
            testable.setdefault(pack, []).append(clause)


def named(text):
    """The clause ids that a text names outside its comments."""
    code = re.sub(r"(?m)(^|\s)#.*$", "", text)
    return set(re.findall(r"\b([a-z0-9]+(?:-[a-z0-9]+)*\.\d+)\b", code))


faults = left = total = 0
for pack, clauses in testable.items():
    file = root / "policies" / f"{pack}.yaml"
    if not file.exists():
        print(f"{file.name} is not there")
        faults += 1
        continue
    body, _, tail = file.read_text(encoding="utf-8").partition("\nleft_out:")
    rules = re.sub(r"(?ms)^clauses:\n.*?(?=^\S|\Z)", "", body)  # a clause's sentence alone carries nothing
    carried, left_out = named(rules), set(re.findall(r"(?m)^  ([a-z0-9-]+\.\d+): *\S", tail))
    for clause in clauses:
        total += 1
        left += clause in left_out
        if clause not in carried | left_out:
            faults += 1
            print(f"{file.name}: {clause} is neither carried nor left out")
    for clause in sorted(c for c in carried | left_out | named(body) if c.startswith(f"{pack}.") and c not in known[pack]):
        faults += 1
        print(f"{file.name}: {clause} is no clause of the document")
print(f"{total} clauses of {len(testable)} documents, {left} left out with a reason ({100 * left / max(total, 1):.1f} %), {faults} faults")
sys.exit(faults > 0 or total == 0 or left >= LEFT_OUT_MOST * total)
