"""Runs both cases of every point that svc policy floor names: policy_floor.py SVC <floor.json"""
import json
import subprocess
import sys

STRENGTH = {"refund": 3, "replace": 2, "exchange": 2, "recall": 1, "repair": 1, "refurbish": 1}


def ask(point, side):
    words = [sys.argv[1], "--json", "policy", "ask", point[side + "ask"], "--policy", point[side and "law" or "policy"]]
    for name, value in point[side + "given"].items():
        words.append(name + ":=" + json.dumps(value))
    for name, value in point[side + "settings"].items():
        words += ["--set", name + "=" + str(value)]
    return json.loads(subprocess.run(words, capture_output=True, text=True, check=False).stdout)


def granted(answer):
    return STRENGTH.get(answer.get("remedy"), 0) if answer["verdict"] in ("covered", "accepted") else 0


def charged(answer):
    """A warranty names who pays by what it gives free; a fee by its shares."""
    if "total" not in answer and answer["verdict"] == "covered":
        return "free" not in (answer.get("labor"), answer.get("parts"))
    return any(answer.get(share, {}).get("payer") == "customer" for share in ("labor", "parts", "travel"))


def less(point, gives, owes):
    if point["kind"] == "remedy":
        return granted(gives) < granted(owes)
    if point["kind"] == "ends":
        return (gives.get("deadline") or gives["ends"]) < (owes.get("deadline") or owes["ends"])
    if point["kind"] == "fee":
        return charged(gives) and not charged(owes)
    if point["kind"] == "deadline":
        return gives["due"] != owes["due"]
    if point["kind"] == "deduction":
        return gives.get("deductions") and gives["deductions"] != owes.get("deductions")
    return gives.get(point["kind"]) != owes.get(point["kind"])


POINTS = json.load(sys.stdin)["shortfalls"]
WRONG = [p for p in POINTS if not less(p, ask(p, ""), ask(p, "law_"))]
for point in WRONG:
    print(json.dumps(point, ensure_ascii=False), ask(point, ""), ask(point, "law_"))
sys.exit(bool(WRONG) or not POINTS)
