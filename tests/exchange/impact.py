#!/usr/bin/env python3
"""Holds `svc policy impact` against brute force: each ticket, and each unit, asked for itself under both packs. Usage: impact.py SVC POLICIES.

TICKETS of them (600), SEED. Which tickets and units change must be the same, and the money by payer to the last fen, also of those that
are still open."""
import csv
import datetime
import io
import json
import os
import random
import re
import subprocess
import sys
import tempfile

svc, policies = map(os.path.abspath, sys.argv[1:3])
tickets = int(os.environ.get("TICKETS", "600"))
luck = random.Random(int(os.environ.get("SEED", "4")))
day = datetime.timedelta(1)

UNITS = """into: units
source: old
columns:
  legacy_id: id
  serial: serial
  product: product
  component: component
  policy: policy
  manufacture: {column: manufacture, date: "%Y-%m-%d"}
  purchase: {column: purchase, date: "%Y-%m-%d"}
"""
TICKETS = """into: tickets
source: old
columns:
  legacy_id: id
  unit: unit
  opened: {column: opened, date: "%Y-%m-%d"}
  closed: {column: closed, date: "%Y-%m-%d"}
  kind: kind
  fee: fee
"""
# What an answer says beside clauses and windows.
SAYS = ("verdict", "remedy", "starts", "ends", "days_left", "labor", "parts", "freight_in", "freight_out", "missing")


def run(*words, **more):
    done = subprocess.run([svc, *words], capture_output=True, text=True, **more)
    if done.returncode not in (0, 1, 3):
        sys.exit(f"svc {' '.join(words)}: {done.returncode}\n{done.stderr}")
    return done.stdout


def table(name, head, rows):
    with open(name, "w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([head, *rows])


def make_desk():
    components = ["motor", "gearbox", "battery", "main_unit", "charger", "frame", "other"]
    sold, rows = [], []
    for unit in range(tickets // 3 + 1):
        made = datetime.date(2021, 1, 1) + day * luck.randrange(1500)
        other = unit % 10 == 0
        sold.append((made + day * luck.randrange(90), other))
        rows.append([unit, f"S{unit}", "golf_cart", luck.choice(components), "office-furniture" if other else "",
                     made, sold[-1][0]])
    table("units.csv", ["id", "serial", "product", "component", "policy", "manufacture", "purchase"], rows)
    rows = []
    for ticket in range(tickets):
        unit = luck.randrange(len(sold))
        opened = min(sold[unit][0] + day * luck.randrange(1200), datetime.date(2026, 2, 20))
        closed = "" if luck.randrange(4) == 0 else opened + 3 * day
        rows.append([ticket, f"S{unit}", opened, closed, "repair", f"{luck.randrange(30000) / 100:.2f}"])
    table("tickets.csv", ["id", "unit", "opened", "closed", "kind", "fee"], rows)
    for kind, text in (("units", UNITS), ("tickets", TICKETS)):
        with open(f"{kind}.yaml", "w", encoding="utf-8") as file:
            file.write(text)
    run("init", "--policy", "golf-carts")
    run("import", "units", "units.csv", "--map", "units.yaml")
    run("import", "tickets", "tickets.csv", "--map", "tickets.yaml")
    asked = [(f"T{i + 1}", row[1], row[2], row[5], not row[3]) for i, row in enumerate(rows) if not sold[int(row[1][1:])][1]]
    return asked, [f"S{unit}" for unit, (_, other) in enumerate(sold) if not other]


def draft():
    """The pack with one period edited: two years of free repair become one."""
    with open(f"{policies}/golf-carts.yaml", encoding="utf-8") as file:
        text = file.read()
    short = re.sub(r"(clause: golf-carts\.13\n(?:.*\n){1,4}?\s+lasts: )2 years", r"\g<1>1 year", text)
    assert short != text
    for name, content in (("same.yaml", text), ("short.yaml", short)):
        with open(name, "w", encoding="utf-8") as file:
            file.write(content)


def answers(pack, names, rows):
    lines = io.StringIO()
    csv.writer(lines).writerows([names, *rows])
    return list(csv.DictReader(io.StringIO(run("--policy", pack, "warranty", "check", "--batch", input=lines.getvalue()))))


def changed(names, rows):
    """The answers of both packs to each row, and for each whether they differ."""
    old, new = (answers(pack, names, rows) for pack in ("./same.yaml", "./short.yaml"))
    return old, new, [any(x[key] != y[key] for key in SAYS) for x, y in zip(old, new)]


def money(given, asked):
    sums = {"company": 0, "customer": 0, "open": 0}
    for answer, (_, _, _, fee, _) in zip(given, asked):
        undecided = answer["verdict"] in ("incomplete", "refer")
        sums["open" if undecided else "company" if answer["labor"] == "free" else "customer"] += round(float(fee) * 100)
    return {payer: f"{cents // 100}.{cents % 100:02d}" for payer, cents in sums.items()}


def check_tickets(asked):
    old, new, differ = changed(["serial", "claim"], [(serial, opened) for _, serial, opened, _, _ in asked])
    expected = {ticket[0] for ticket, differs in zip(asked, differ) if differs}
    impact = json.loads(run("--json", "policy", "impact", "golf-carts", "./short.yaml"))
    named = {change["id"] for change in impact["changes"]}
    assert expected and named == expected, sorted(named ^ expected)[:10]
    assert impact["cases"] == len(asked) and impact["changed"] == len(named), impact["cases"]
    assert impact["others"] == tickets - len(asked), impact["others"]
    assert impact["money"] == {"old": money(old, asked), "new": money(new, asked)}, impact["money"]
    still = [place for place, ticket in enumerate(asked) if ticket[4]]
    of_open = [[rows[place] for place in still] for rows in (old, new, asked)]
    assert still and impact["open"] == {
        "cases": len(still), "changed": sum(differ[place] for place in still),
        "money": {"old": money(of_open[0], of_open[2]), "new": money(of_open[1], of_open[2])}}, impact["open"]
    assert {change["id"] for change in impact["changes"] if change["state"] == "open"} == {
        asked[place][0] for place in still if differ[place]}
    return len(named)


def check_units(serials):
    """Each as if it failed by a defect today, whatever its tickets say."""
    _, _, differ = changed(["serial", "cause"], [(serial, "defect") for serial in serials])
    expected = {f"U{int(serial[1:]) + 1}" for serial, differs in zip(serials, differ) if differs}
    impact = json.loads(run("--json", "policy", "impact", "golf-carts", "./short.yaml", "--units"))
    named = {change["id"] for change in impact["changes"]}
    assert expected and named == expected, sorted(named ^ expected)[:10]
    assert impact["cases"] == len(serials) and impact["changed"] == len(named), impact["cases"]
    assert impact["others"] == tickets // 3 + 1 - len(serials) and "open" not in impact
    return len(named)


def check_same(*words):
    same = json.loads(run("--json", "policy", "impact", "golf-carts", "./same.yaml", *words))
    assert same["changed"] == 0 and same["changes"] == [] and same["money"]["old"] == same["money"]["new"]


def main():
    home = tempfile.mkdtemp()
    os.chdir(home)
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
        os.environ[name] = home
    os.environ.update(LANG="C", SVC_NOW="2026-03-02T09:30:00+08:00", SVC_POLICY_PATH=policies)
    draft()
    asked, serials = make_desk()
    of_tickets, of_units = check_tickets(asked), check_units(serials)
    check_same()
    check_same("--units")
    print(f"{len(asked)} tickets, {of_tickets} change, {len(serials)} units, {of_units} change: the same as one by one, and the money agrees")


main()
