#!/usr/bin/env python3
"""generate.py FOLDER CASES: one table of forty rules in four forms, and the cases to decide.

bench-table.yaml is the pack, table.c the same rules written into a C program, table.json a decision table of zen-engine,
rules.json the rules of json-rules-engine; cases.csv has a header and CASES lines.
"""
import json
import pathlib
import random
import sys

COMPONENTS = ["motor", "gearbox", "controller", "battery", "charger", "axle", "frame", "display"]
CAUSES = ["misuse", "unauthorized_repair", "modification", "accident", "liquid", "transport", "disaster", "power", "wear",
          "consumable", "storage", "neglect", "serial_altered", "foreign_parts", "third_party_install", "software"]
TERMS = ["standard", "custom", "promotion", "clearance", "gift"]


def rules():
    """Causes and components, and in turn a bound of hours, a bound of the price, or terms of sale."""
    for i in range(40):
        yield {
            "clause": f"bench-table.{i + 1:02}",
            "cause": [CAUSES[i % 16], CAUSES[(5 * i + 3) % 16]] if (5 * i + 3) % 16 != i % 16 else [CAUSES[i % 16]],
            "component": [COMPONENTS[(i + k * k) % 8] for k in (0, 1, 2 if i % 3 else 3)],
            "hours": 200 + 37 * i if i % 3 == 0 else None,
            "price": 400 + 55 * i if i % 3 == 1 else None,
            "sold_as": [TERMS[i % 5], TERMS[(i + 2) % 5]] if i % 3 == 2 else None,
            "parts": "charge" if i % 4 else "cost",
        }


def pack(table):
    words = "\n".join(f"      {c}: {{en: {c}, zh: {c}}}" for c in COMPONENTS)
    exclusions, clauses = [], []
    for rule in table:
        when = [f"cause: [{', '.join(rule['cause'])}]", f"component: [{', '.join(sorted(set(rule['component'])))}]"]
        if rule["hours"]:
            when.append(f"hours: {{above: {rule['hours']}}}")
        if rule["price"]:
            when.append(f"price: {{below: {rule['price']}.00}}")
        if rule["sold_as"]:
            when.append(f"sold_as: [{', '.join(rule['sold_as'])}]")
        exclusions.append(f"    - {{clause: {rule['clause']}, when: {{{', '.join(when)}}}, labor: charge, parts: {rule['parts']}}}")
        clauses.append(f"  {rule['clause']}: {{en: rule of the table, zh: 表中规则}}")
    return f"""policy: bench-table
title: {{en: A table of forty rules, zh: 四十条规则的表}}
source: made for measuring
effective: 2019-01-01
currency: CNY
timezone: Asia/Shanghai
facts:
  component:
    one_of:
{words}
clauses:
  bench-table.41: {{en: two years from purchase, zh: 自购买之日起两年}}
  bench-table.42: {{en: repair at the customer's cost, zh: 保修期满后有偿维修}}
{chr(10).join(clauses)}
warranty:
  terms:
    - {{clause: bench-table.41, from: purchase, lasts: 2 years, remedy: repair}}
  exclusions:
{chr(10).join(exclusions)}
  after:
    - {{clause: bench-table.42, labor: charge, parts: charge}}
"""


def names(prefix, words):
    return [f"{prefix}_{word.upper()}" for word in words]


def program(table):
    tests = []
    for rule in table:
        test = ["(" + " || ".join(f"cause == {name}" for name in names("CAUSE", rule["cause"])) + ")",
                "(" + " || ".join(f"component == {name}" for name in names("PART", sorted(set(rule["component"])))) + ")"]
        if rule["hours"]:
            test.append(f"hours > {rule['hours']}")
        if rule["price"]:
            test.append(f"price < {rule['price']}")
        if rule["sold_as"]:
            test.append("(" + " || ".join(f"sold_as == {name}" for name in names("SOLD", rule["sold_as"])) + ")")
        tests.append(f"\tif ({' && '.join(test)})\n\t\thit(out, \"{rule['clause']}\", \"{rule['parts']}\");\n")

    def words(prefix, table_name, listed):
        return (f"enum {{ {', '.join(names(prefix, listed))} }};\nstatic const char *const {table_name}[] = "
                f"{{{', '.join(chr(34) + w + chr(34) for w in listed)}, 0}};\n")

    return ("#include \"plain.h\"\n\n" + words("PART", "components", COMPONENTS) + words("CAUSE", "causes", CAUSES)
            + words("SOLD", "terms", TERMS)
            + "\nvoid exclude(const char *component_word, const char *cause_word, const char *sold_word, double hours, double price,"
              " struct decision *out)\n{\n\tint component = word(components, component_word), cause = word(causes, cause_word);\n"
              "\tint sold_as = word(terms, sold_word);\n\n" + "".join(tests) + "}\n")


def any_of(words):
    return ", ".join(f'"{word}"' for word in words) if words else ""


def decision_table(table):
    columns = ["cause", "component", "hours", "price", "sold_as"]
    rows = [{"_id": rule["clause"], "cause": any_of(rule["cause"]), "component": any_of(rule["component"]),
             "hours": f"> {rule['hours']}" if rule["hours"] else "", "price": f"< {rule['price']}" if rule["price"] else "",
             "sold_as": any_of(rule["sold_as"]), "clause": f'"{rule["clause"]}"'} for rule in table]
    rows.append({"_id": "none", **{c: "" for c in columns}, "clause": '""'})
    content = {"hitPolicy": "first", "inputs": [{"id": c, "name": c, "field": c} for c in columns],
               "outputs": [{"id": "clause", "name": "clause", "field": "clause"}], "rules": rows}
    return {"nodes": [{"id": "in", "name": "in", "type": "inputNode", "position": {"x": 0, "y": 0}},
                      {"id": "table", "name": "table", "type": "decisionTableNode", "position": {"x": 0, "y": 0}, "content": content},
                      {"id": "out", "name": "out", "type": "outputNode", "position": {"x": 0, "y": 0}}],
            "edges": [{"id": "1", "sourceId": "in", "targetId": "table", "type": "edge"},
                      {"id": "2", "sourceId": "table", "targetId": "out", "type": "edge"}]}


def rule_list(table):
    listed = []
    for i, rule in enumerate(table):
        tests = [{"fact": "cause", "operator": "in", "value": rule["cause"]},
                 {"fact": "component", "operator": "in", "value": rule["component"]}]
        if rule["hours"]:
            tests.append({"fact": "hours", "operator": "greaterThan", "value": rule["hours"]})
        if rule["price"]:
            tests.append({"fact": "price", "operator": "lessThan", "value": rule["price"]})
        if rule["sold_as"]:
            tests.append({"fact": "sold_as", "operator": "in", "value": rule["sold_as"]})
        listed.append({"conditions": {"all": tests}, "event": {"type": rule["clause"]}, "priority": 40 - i})
    return listed


def cases(count):
    draw = random.Random(7)
    yield "component,cause,sold_as,hours,price,purchase,claim"
    for _ in range(count):
        yield (f"{draw.choice(COMPONENTS)},{draw.choice(CAUSES)},{draw.choice(TERMS)},{int(draw.random() * 2000)},"
               f"{int(draw.random() * 3000)}.{int(draw.random() * 100):02},{2024 + int(draw.random() * 2)}-"
               f"{1 + int(draw.random() * 12):02}-{1 + int(draw.random() * 28):02},2026-"
               f"{1 + int(draw.random() * 3):02}-{1 + int(draw.random() * 28):02}")


def main():
    folder, table = pathlib.Path(sys.argv[1]), list(rules())
    (folder / "bench-table.yaml").write_text(pack(table), encoding="utf-8")
    (folder / "table.c").write_text(program(table))
    (folder / "table.json").write_text(json.dumps(decision_table(table)))
    (folder / "rules.json").write_text(json.dumps(rule_list(table)))
    with open(folder / "cases.csv", "w") as out:
        out.writelines(line + "\n" for line in cases(int(sys.argv[2])))


main()
