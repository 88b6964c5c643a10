"""What svc policy cases writes for the packs that ship: policy_cases.py SVC PACK...

No id twice, and no case is incomplete but a form or record with an empty field and those below; fewer are welcome, and are taken out here.
"""
import json
import subprocess
import sys

# A case that no value completes, and why.
OPEN = {
    ("cn-sanbao-car", "cn-sanbao-car.18"): "the last day would move with the holidays of 2027, which nobody has announced",
    ("cn-sanbao-flat-tv", "cn-sanbao-flat-tv.102"): "the same",
    ("cn-sanbao-general", "cn-sanbao-general.8"): "the same",
    ("low-voltage", "low-voltage.31"): "the rule is for the time before the first contact, and the plan of all others waits for that",
}


def cases(pack):
    run = subprocess.run([sys.argv[1], "--json", "policy", "cases", pack], capture_output=True, text=True, check=True)
    return json.loads(run.stdout)["cases"]


def is_open(case):
    return case["expect"].get("verdict") == "incomplete" and case["ask"] not in ("form", "record")


WRITTEN = {pack: cases(pack) for pack in sys.argv[2:]}
IDS = [case["id"] for written in WRITTEN.values() for case in written]
FOUND = sorted((pack, case["why"].split(":")[0]) for pack, written in WRITTEN.items() for case in written if is_open(case))
TWICE = sorted({case for case in IDS if IDS.count(case) > 1}) if len(set(IDS)) != len(IDS) else []
if FOUND != sorted(OPEN):
    print("incomplete:", *(set(FOUND) ^ set(OPEN)) or FOUND, sep="\n  ")
if TWICE:
    print("twice:", *TWICE, sep="\n  ")
sys.exit(FOUND != sorted(OPEN) or bool(TWICE))
