#!/usr/bin/env python3
"""seeds.py ROOT FOLDER: what the fuzz targets begin with: FOLDER/<target>/ from the worked cases, FOLDER/words for all of them."""
import pathlib
import re
import sys

root, folder = (pathlib.Path(word) for word in sys.argv[1:])
CASE = re.compile(r"^- id:.*?(?=^- id:|\Z)", re.M | re.S)
PART = re.compile(r"^\s+(policy|ask|given): (.*)$", re.M)


def keep(target, name, content):
    (folder / target).mkdir(parents=True, exist_ok=True)
    (folder / target / name).write_bytes(content)


def words():
    """Every word of the packs that stands for something, as libFuzzer reads dictionaries."""
    found = set()
    for pack in root.glob("policies/**/*.yaml"):
        found |= set(re.findall(r"\b[a-z][a-z_]{2,}\b(?=[:,\]}])", pack.read_text()))
    return "".join(f'"{word}"\n' for word in sorted(found))


packs = sorted(re.search(r"^policy: (\S+)", text, re.M)[1] for text in
               (path.read_text() for path in root.glob("policies/*.yaml")))
header = (root / "include/svc/policy.h").read_text()
asks = [word.lower() for word in re.findall(r"^\tSVC_ASK_([A-Z]+),", header, re.M)]
for path in sorted(root.glob("tests/cases/*.yaml")):
    for number, case in enumerate(CASE.findall(path.read_text())):
        part = dict(PART.findall(case))
        name = f"{path.stem}-{number}"
        keep("fuzz_cases", name, case.encode())
        if "given" in part:
            keep("fuzz_ask", name, bytes([packs.index(part["policy"]), asks.index(part["ask"])]) + part["given"].encode())
BATCHES = [b"component,purchase,capacity_pct,price,cause,claim\nmotor,2024-03-15,,,defect,2026-03-15\n\"battery\",2024-04-01,69,10,,\n",
           b"component\tdelivery\tsigns\tnote\nmotor\t2024-03-15\trust,dent\ta b\n",
           b'{"component": "battery", "manufacture": "2025-03-15", "capacity_pct": 69.5, "signs": ["rust"], "note": "\\u7535\\n"}\n']
for number, batch in enumerate(BATCHES):
    for often in (number, 15 + (number - 15) % 3 * 16):
        keep("fuzz_batch", f"{number}-{often}", bytes([often]) + batch)
(folder / "words").write_text(words())
