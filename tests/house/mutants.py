#!/usr/bin/env python3
"""One defect at a time is put into a pack that ships, and svc policy lint has to find it, with a case that shows it.

The rules of each pack are changed as an edit might change them: a rule, key, word or branch is dropped, a condition widened, a period,
number or amount moved by one, two rules swapped, a rule repeated, its result changed. Each changed pack is linted against the cases that
stand with the pack. A defect is found (the case of a finding, asked of both packs, shows it), refused (the pack does not load) or
survives. Survivors that change no answer are listed in mutants.tsv with the reason: pack, kind, what, why.

usage: mutants.py SVC [--all | --pack P]... [--kind K] [--at-most N] [--found]
  without --all or --pack a fixed sample; prints survivors as `PACK LINE KIND what`, then the counts by kind on stderr;
  the exit status is 1 when more than N (0) survive. --found prints what was found as well, with the finding.
"""
import argparse
import collections
import concurrent.futures
import json
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
SAMPLE, SEED = 300, 4
NOW = "2026-03-01T10:00:00+08:00"
NOT_RULES = {"policy", "title", "source", "effective", "currency", "timezone", "include", "words", "clauses", "left_out"}
TEXTS = {"title", "text", "label", "subject", "en", "zh", "unit", "source", "type", "one_of", "inferred", "note", "why"}
NAMES = {"clause", "id", "name", "item", "rule", "task", "event", "form", "record", "template", "stage", "reading"}
CONDITIONS = {"when", "needs", "pass", "required", "once_when"}
DURATION = re.compile(r"(?:\d+ to )?\d+ (?:working )?(?:minute|hour|day|week|month|year)s?")
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
CLOCK = re.compile(r"\d\d:\d\d(?:-\d\d:\d\d)?")
OPPOSITE = {"below": "at_most", "at_most": "below", "above": "at_least", "at_least": "above"}
PARTIES, BASES = ["company", "customer"], ["free", "cost", "charge"]
RESULTS = {"remedy": ["repair", "replace", "exchange", "refund", "paid_repair"], "payer": PARTIES, "freight_in": PARTIES, "freight_out": PARTIES,
           "labor": BASES, "parts": BASES, "travel": BASES, "better": ["lower", "higher"], "share": ["labor", "parts", "travel"],
           "verdict": ["refused", "escalate", "not_covered", "refer", "excluded", "expired", "accepted", "closed"],
           "basis": ["list", "cost", "quote"],
           "from": ["purchase", "delivery"], "order": ["first", "any"]}
SAID_ANYWAY = {("payer", "customer"), ("labor", "charge"), ("parts", "charge"), ("remedy", "paid_repair"), ("freight_in", "customer"),
               ("freight_out", "customer")}  # of fees and of what the warranty does not bear: what holds when a rule is silent
FOR_THE_DESK = {"start", "ends", "overrides", "rework"}  # of a workflow: no ask reads them; tests/cmd/walk-*.bats walk through them
DROPPED = {"exclusions": "exclusion", "requires": "requirement", "guards": "guard", "deductions": "deduction", "notes": "note",
           "options": "option", "steps": "step", "fields": "field", "also": "also", "after": "after"}

Mutant = collections.namedtuple("Mutant", "pack line kind what path value")
GONE = object()


class Lines(yaml.CBaseLoader):
    """Plain lists, maps and strings; `lines` has the line of each map and list, by identity."""


def read(path):
    lines = {}

    def plain(node):
        if isinstance(node, yaml.ScalarNode):
            return node.value
        value = ([plain(child) for child in node.value] if isinstance(node, yaml.SequenceNode)
                 else {key.value: plain(child) for key, child in node.value})
        lines[id(value)] = node.start_mark.line + 1
        return value

    tree = plain(yaml.compose(path.read_text(encoding="utf-8"), Loader=Lines))
    return tree, lines


def put(tree, path, value):
    """A copy of the tree with another value at a path; GONE takes the key or element away."""
    if not path:
        return value
    copy = tree.copy()
    if value is GONE and len(path) == 1:
        del copy[path[0]]
    else:
        copy[path[0]] = put(tree[path[0]], path[1:], value)
    return copy


def moved(text, by):
    """The last number of a text raised or lowered by one of its unit; None where nothing is left."""
    found = list(re.finditer(r"\d+", text.split(".")[0]))[-1]
    number = int(found.group()) + by
    digits = str(number).zfill(len(found.group()) if found.group()[0] == "0" else 1)
    return None if number < 0 else text[:found.start()] + digits + text[found.end():]


def may_meet(one, other):
    """Not two rules of different items, stages or templates, nor of different words of one fact."""
    def words(rule):
        when = rule.get("when", {})
        return {key: set(value if isinstance(value, list) else [value]) for key, value in [*rule.items(), *when.items()]
                if (key in NAMES - {"clause", "id", "name"} or key in when) and key not in ("any", "all", "not") and not isinstance(value, dict)}

    first, second = words(one), words(other)
    return all(first[key] & second[key] for key in first if key in second)


class Pack:
    """The rules of one pack, walked for every defect that could be planted."""

    def __init__(self, name, words):
        self.name = name
        self.file = ROOT / "policies" / f"{name}.yaml"
        self.tree, self.lines = read(self.file)
        self.words = words
        self.clauses = list(self.tree.get("clauses") or {})
        self.found = []

    def mutants(self):
        for section, node in self.tree.items():
            if section == "settings":
                for name, setting in node.items():
                    self.scalar([section, name, "default"], setting.get("default"), "setting", self.lines[id(setting)])
            elif section == "facts":
                for name, fact in node.items():
                    if isinstance(fact, dict):
                        self.scalar([section, name, "default"], fact.get("default"), "default", self.lines[id(fact)], fact.get("one_of"))
            elif section not in NOT_RULES:
                self.walk([section], node, self.lines.get(id(node), 0), "")
        return self.found

    def add(self, kind, line, clause, path, value, said):
        keys = [key for key in path if isinstance(key, str)]
        what = f"{'.'.join(keys[:1] + keys[-2:] if len(keys) > 3 else keys)} {clause}: {said}"
        self.found.append(Mutant(self.name, line, kind, what, path, value))

    def scalar(self, path, value, kind, line, words=None, clause=""):
        if not isinstance(value, str) or value == "100 years":  # for ever
            return
        if value in ("true", "false"):
            others = ["false" if value == "true" else "true"]
        elif words:
            others = [word for word in words if word != value][:1]
        elif DURATION.fullmatch(value) or NUMBER.fullmatch(value) or CLOCK.fullmatch(value):
            others = [moved(value, by) for by in (1, -1)]
        else:
            others = []
        for other in others:
            if other is not None:
                self.add(kind, line, clause, path, other, f"{value} -> {other}")

    def walk(self, path, node, line, clause):
        line = self.lines.get(id(node), line)
        if isinstance(node, dict):
            clause = node.get("clause", clause)
            for key, value in node.items():
                if key not in TEXTS and not (path[0] == "workflow" and key in FOR_THE_DESK):
                    self.entry(path, node, key, value, line, clause)
        elif isinstance(node, list):
            self.items(path, node, line, clause)

    def entry(self, path, node, key, value, line, clause):
        """One key of a rule, with what stands under it."""
        here = path + [key]
        if key in CONDITIONS:
            if len(path) > 1 and key != "needs":
                self.add("widen", line, clause, here, GONE, f"no {key}")
            if isinstance(value, dict):
                self.condition(here, value, self.lines[id(value)], clause)
            return
        if key == "clause":
            within = json.dumps({**node, "clause": ""})
            others = [other for other in self.clauses if other not in within and other != value]
            if others and path != ["calendar"] and value not in within:  # that of the calendar is for people; a step may cite the same
                other = next((other for other in others if other > value), others[0])
                self.add("clause", line, clause, here, other, f"{value} -> {other}")
            return
        silent = (key, value) in SAID_ANYWAY if isinstance(value, str) else False
        silent = silent and (path[0] == "fees" or path[1] in ("after", "exclusions", "without"))
        if key not in NAMES and len(path) > 1 and not silent and not (key == "to" and value == node.get("from")):
            self.add("drop_" + DROPPED.get(key, "key"), line, clause, here, GONE, f"no {key}")
        if isinstance(value, str):
            words = RESULTS.get(key) if key != "from" or "lasts" in node else None
            words = words if words and value in words else self.words.get("stage" if key == "to" or (key == "from" and "event" in node) else key)
            kind = "period" if DURATION.fullmatch(value) else "amount" if NUMBER.fullmatch(value) else "result"
            self.scalar(here, value, kind, line, None if DURATION.fullmatch(value) or NUMBER.fullmatch(value) else words, clause)
        else:
            self.walk(here, value, line, clause)

    def items(self, path, node, line, clause):
        rules = [item for item in node if isinstance(item, dict)]
        kind = DROPPED.get(path[-1], "rule" if rules else "word")
        ordered = path[-1] == "after" or (len(path) > 1 and isinstance(self.tree[path[0]], dict) and self.tree[path[0]].get("order") == "first")
        for at, item in enumerate(node):
            here = self.lines.get(id(item), line)
            own = item.get("clause", item.get("id", clause)) if isinstance(item, dict) else clause
            name = item if isinstance(item, str) else " ".join(dict.fromkeys([own, item.get("id", own)])) if isinstance(item, dict) else ""
            self.add(f"drop_{kind}", here, own, path + [at] if len(node) > 1 else path, GONE, f"no {path[-1]} {name}")
            if rules and path[-1] not in ("also", "sum", "least", "most"):
                self.twice(path, node, at, here, own)
                if ordered and at + 1 < len(node) and may_meet(item, node[at + 1]):
                    self.add("swap", here, own, path, node[:at] + [node[at + 1], item] + node[at + 2:], "swapped with the next")
            if isinstance(item, str):
                self.scalar(path + [at], item, "period" if DURATION.fullmatch(item) else "amount", here, None, clause)
            self.walk(path + [at], item, here, clause)

    def twice(self, path, node, at, line, clause):
        """The same rule once more; and once more under another clause with another result, which is never reached or contradicts."""
        item = node[at]
        if "clause" not in item:
            return
        self.add("repeat", line, clause, path, node[:at + 1] + node[at:], "twice")
        for key, words in RESULTS.items():
            if key in item and isinstance(item[key], str) and key not in ("from", "order") and self.clauses:
                other = next(word for word in words if word != item[key])
                self.add("unreachable", line, clause, path, node[:at + 1] + [{**item, "clause": self.clauses[-1], key: other}] + node[at + 1:],
                         f"again with {key} {other}")
                return

    def condition(self, path, node, line, clause):
        for key, value in node.items():
            here = path + [key]
            if len(node) > 1:
                self.add("widen", line, clause, here, GONE, f"no {key}")
            if key in ("any", "all") and isinstance(value, list) and value and isinstance(value[0], dict):
                for at, part in enumerate(value):
                    if len(value) > 1:
                        self.add("branch" if key == "any" else "widen", line, clause, here + [at], GONE, f"no {json.dumps(part, ensure_ascii=False)}")
                    self.condition(here + [at], part, line, clause)
            elif key == "not" and isinstance(value, dict):
                self.condition(here, value, line, clause)
            else:
                self.test(here, key, value, line, clause)

    def test(self, path, fact, value, line, clause):
        """What is asked of one fact."""
        words = [word for word in self.words.get(fact, [])]
        if isinstance(value, list):
            self.word_list(path, value, words, line, clause)
        elif isinstance(value, dict):
            for key, bound in value.items():
                if key in OPPOSITE:
                    self.add("number", line, clause, path, {OPPOSITE[key] if each == key else each: b for each, b in value.items()},
                             f"{key} -> {OPPOSITE[key]} {bound}")
                if isinstance(bound, list):
                    self.word_list(path + [key], bound, words, line, clause)
                elif bound in ("known", "unknown"):
                    self.add("word", line, clause, path + [key], "unknown" if bound == "known" else "known", f"not {bound}")
                else:
                    self.scalar(path + [key], bound, "age" if key == "within" else "number", line, None, clause)
        elif value in ("true", "false"):
            self.scalar(path, value, "word", line, None, clause)
        elif words:
            self.scalar(path, value, "word", line, words, clause)
            for word in [word for word in words if word != value][:1]:
                self.add("widen", line, clause, path, [value, word], f"also {word}")
        else:
            self.scalar(path, value, "number", line, None, clause)

    def word_list(self, path, value, words, line, clause):
        for at, word in enumerate(value):
            if len(value) > 1:
                self.add("branch", line, clause, path + [at], GONE, f"no {word}")
            self.scalar(path + [at], word, "number", line, None, clause)
        for word in [word for word in words if word not in value][:1]:
            self.add("widen", line, clause, path, value + [word], f"also {word}")


class Bench:
    """Where mutants are linted: folders of their own, with the packs that ship behind them."""

    def __init__(self, svc):
        self.svc = svc
        self.scratch = tempfile.TemporaryDirectory()
        # thousands of packs that nobody asks again are no use in a cache
        self.environment = {**os.environ, "XDG_CONFIG_HOME": self.scratch.name, "XDG_CACHE_HOME": "/dev/null/none",
                            "LC_ALL": "C.UTF-8", "LANGUAGE": "en"}
        self.packs = sorted(path.stem for path in (ROOT / "policies").glob("*.yaml"))
        self.before = {}
        self.includes = {name: self.included(read(ROOT / "policies" / f"{name}.yaml")[0]) for name in self.packs}

    def included(self, tree):
        found = set()
        for name in tree.get("include", []):
            found |= {name} | self.included(read(ROOT / "policies" / f"{name}.yaml")[0])
        return found

    def run(self, *words, text=None):
        command = [self.svc, "--json", "--now", NOW, "--policy-path", str(ROOT / "policies"), *words]
        return subprocess.run(command, env=self.environment, input=text, capture_output=True, text=True, check=False)

    def words(self, pack):
        """The words of each fact, of a pack or of one that includes the text."""
        users = [pack] if pack in self.packs else [name for name in self.packs if pack in self.includes[name]]
        shown = json.loads(self.run("policy", "show", users[0]).stdout)
        return {fact["name"]: [word["word"] for word in fact.get("words", [])] for fact in shown["facts"]}

    def judge(self, mutant, tree):
        """found, refused or survived, with the finding that shows it."""
        with tempfile.TemporaryDirectory(dir=self.scratch.name) as folder:
            file = pathlib.Path(folder) / f"{mutant.pack}.yaml"
            file.parent.mkdir(exist_ok=True)
            file.write_text(json.dumps(put(tree, mutant.path, mutant.value), ensure_ascii=False, indent=0), encoding="utf-8")
            users = [mutant.pack] if mutant.pack in self.packs else [name for name in self.packs if mutant.pack in self.includes[name]]
            for name in users:
                copy = file if name == mutant.pack else self.copied(folder, name)
                run = self.run("policy", "lint", str(copy))
                if run.returncode == 4:
                    return "refused", None
                if run.returncode not in (0, 1):
                    sys.exit(f"{mutant}: svc ended with {run.returncode}: {run.stderr}")
                findings = [one for one in json.loads(run.stdout)["findings"] if said(one) not in self.as_it_is(name)]
                if findings:
                    return "found", next((one for one in findings if self.shows(one, copy, name)), findings[0] | {"shown": False})
        return "survived", None

    def as_it_is(self, name):
        """What lint says of the pack without a defect: nothing, when all is well."""
        if name not in self.before:
            self.before[name] = {said(one) for one in json.loads(self.run("policy", "lint", name).stdout)["findings"]}
        return self.before[name]

    def copied(self, folder, name):
        copy = pathlib.Path(folder) / f"{name}.yaml"
        copy.write_text((ROOT / "policies" / f"{name}.yaml").read_text(encoding="utf-8"), encoding="utf-8")
        return copy

    def shows(self, finding, copy, name):
        """Whether its case, asked again, is answered as the finding says, and otherwise than by the pack as it was."""
        settings = [word for key, value in finding["settings"].items()
                    for word in ("--set", f"{key}={value if isinstance(value, str) else json.dumps(value)}")]
        ask = ["policy", "ask", finding["ask"], *settings, "-", "--policy"]
        now, before = (self.run(*ask, pack, text=json.dumps(finding["given"])) for pack in (str(copy), name))
        if now.returncode not in (0, 1, 3):
            return now.returncode != before.returncode or finding["kind"] == "overlap"
        if finding["kind"] != "case":
            return finding["shows"].split(":")[0] == json.loads(now.stdout)["verdict"]
        return now.stdout != before.stdout


def said(finding):
    return finding["kind"], finding["clause"], finding["text"], json.dumps(finding["given"])


def equivalents():
    """The mutants that are known to change no answer."""
    file = ROOT / "tests/house/mutants.tsv"
    rows = [line.split("\t") for line in file.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    return {tuple(row[:3]) for row in rows}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("svc")
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--found", action="store_true")
    parser.add_argument("--pack", action="append")
    parser.add_argument("--kind")
    parser.add_argument("--at-most", type=int, default=0)
    options = parser.parse_args()
    bench = Bench(options.svc)
    laws = sorted(f"law/{path.stem}" for path in (ROOT / "policies/law").glob("*.yaml"))
    packs = {name: Pack(name, bench.words(name)) for name in options.pack or bench.packs + laws}
    mutants = [mutant for pack in packs.values() for mutant in pack.mutants() if options.kind in (None, mutant.kind)]
    if not options.all and not options.pack:
        mutants = sorted(random.Random(SEED).sample(mutants, min(SAMPLE, len(mutants))))
    known, counts, left, unshown = equivalents(), collections.Counter(), 0, 0
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        judged = pool.map(lambda mutant: bench.judge(mutant, packs[mutant.pack].tree), mutants)
        for mutant, (result, finding) in zip(mutants, judged):
            row = f"{mutant.pack} {mutant.line} {mutant.kind} {mutant.what}"
            if result == "survived" and (mutant.pack, mutant.kind, mutant.what) in known:
                result = "equivalent"
            counts[mutant.kind, result] += 1
            if result == "survived":
                left += 1
                print(row, flush=True)
            if finding and finding.get("shown") is False:
                unshown += 1
                print(f"{row}: its case shows nothing: {finding}", flush=True)
            elif finding and options.found:
                print(f"{row}: {finding['kind']}: {finding['text']}")
    results = ["found", "refused", "equivalent", "survived"]
    print(f"{'kind':17}" + "".join(f"{result:>11}" for result in results), file=sys.stderr)
    for kind in sorted({kind for kind, _ in counts}) + ["all"]:
        row = [sum(number for (of, result), number in counts.items() if result == wanted and kind in (of, "all")) for wanted in results]
        print(f"{kind:17}" + "".join(f"{number:11}" for number in row), file=sys.stderr)
    return int(left > options.at_most or unshown > 0)


if __name__ == "__main__":
    sys.exit(main())
