#!/usr/bin/env python3
"""A number changed in one line of a pack changes the cases that cite its clause, and no others.

Every duration and every amount of money that a rule or a setting states is raised by one unit in a copy of its pack, and the pack's cases are run
against the copy. A case that fails then must have named a clause of that rule before or after. Two answers rest on others and name their
own clauses only: a fee, a freight or a return may hang on what the warranty says of the same facts, and a return lists every remedy that
is open; there the answer about the warranty, or about that remedy, must name it. At the end: how many numbers no case notices.

usage: periods.py ROOT SVC [--all] [--verbose] [PACK...]     without --all or a pack a fixed sample
"""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

SAMPLE = 60
ALSO_ASKED = "also asked "
NOT_RULES = {"policy", "title", "source", "effective", "currency", "timezone", "include",
             "facts", "words", "clauses", "left_out", "calendar"}
UNIT = r"(?:working )?(?:minute|hour|day|week|month|year)"
NUMBER = re.compile(rf"(?<=[\[{{ ])(?:(?P<count>\d+) (?P<unit>{UNIT})s?|(?P<money>\d+\.\d\d))(?=\s*(?:[,\]}}]|$))", re.M)
QUOTED = re.compile(r"\"(?:\\.|[^\"\\])*\"|(?<=[\[{,: ])'(?:''|[^'])*'|(?<!\S)#[^\n]*")
SENTENCE = re.compile(r"\b(?:en|zh|text|title|label|subject): [^,}\n\"']*")

options = {word for word in sys.argv[1:] if word.startswith("--")}
root, svc, *chosen = [word for word in sys.argv[1:] if not word.startswith("--")]
root = pathlib.Path(root).resolve()
scratch = tempfile.TemporaryDirectory()
environment = {**os.environ, "XDG_CACHE_HOME": f"{scratch.name}/cache", "LC_ALL": "C.UTF-8"}


def masked(text):
    """The text with nothing left of what is quoted, said for people or remarked, each character in its place."""
    blank = lambda found: re.sub(r"[^\n]", "_", found.group())
    return SENTENCE.sub(blank, QUOTED.sub(blank, text))


def ask_svc(folder, *words):
    """Runs svc with the packs of a folder before those of the project."""
    command = [svc, "--json", "--policy-path", f"{folder}:{root / 'policies'}", *map(str, words)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def answer_of(folder, *words):
    """The document that svc prints; a command that prints none ends the test."""
    run = ask_svc(folder, *words)
    if not run.stdout:
        sys.exit(f"svc {' '.join(map(str, words))}: {run.stderr}")
    return json.loads(run.stdout)


def clauses_around(text, start, at):
    """The clauses of the flow maps that stand open at a place, from where their rule starts."""
    opened, clauses = [], set()
    for place in range(start, at):
        if text[place] in "{[":
            opened.append(place)
        elif text[place] in "}]" and opened:
            opened.pop()
    for place in opened:
        depth, own = 0, ""
        for letter in text[place:]:
            depth += letter in "{["
            own += letter if depth == 1 else ""
            depth -= letter in "}]"
            if not depth:
                break
        clauses.update(re.findall(r"\bclause: ([\w.-]+)", own))
    return clauses


def numbers_of(pack):
    """Each number of the rules of a pack: where it stands, what replaces it, and the clauses that it belongs to."""
    text = (root / "policies" / f"{pack}.yaml").read_text(encoding="utf-8")
    plain = masked(text)
    lines = [0] + [found.end() for found in re.finditer(r"\n", text)]
    rules = answer_of(scratch.name, "policy", "show", pack)["rules"]
    rules = sorted((rule["line"], rule["clause"]) for rule in rules if "file" not in rule)  # those of included texts say theirs
    section = ""
    for number, start in enumerate(lines, 1):
        line = plain[start:].split("\n", 1)[0]
        section = line.split(":")[0] if re.match(r"\w", line) else section
        if section in NOT_RULES:
            continue
        before = [(at, clause) for at, clause in rules if at <= number and section != "settings"]
        rule_line = before[-1][0] if before else number  # a setting says its clause itself
        for found in NUMBER.finditer(line):
            at = start + found.start()
            clauses = {clause for line_of, clause in before if line_of == rule_line}
            clauses |= clauses_around(plain, lines[rule_line - 1], at)
            if clauses:
                yield {"pack": pack, "line": number, "clauses": clauses, "was": found.group(), "now": raised(found),
                       "text": text[:at] + raised(found) + text[start + found.end():]}


def raised(found):
    """One unit more: a day, a month, one of the currency."""
    if found["money"]:
        return f"{float(found['money']) + 1:.2f}"
    count = int(found["count"]) + 1
    return f"{count} {found['unit']}{'s' if count != 1 else ''}"


def probe_text(text):
    """Cases that expect a clause that nothing cites, so that each tells what it cites: for its own question, for the warranty and for each remedy."""
    own = re.sub(r"(?m)^  expect:.*\n(?:(?:   .*|\s*)\n)*", "  expect: {clauses: [nothing.0]}\n", text)
    others = [re.sub(r"(?m)^  ask: (?:return|fee|freight)$", "  ask: warranty", own)]
    others += [re.sub(r"\bwant: \w+", f"want: {remedy}", own) for remedy in ("refund", "exchange", "repair")]
    return "\n".join([own] + [re.sub(r"(?m)^- id: (.*)$", rf"- id: \1 {ALSO_ASKED}{turn}", other) for turn, other in enumerate(others)])


def case_files(pack):
    """The files that hold cases of a pack, each with its copy for what the cases cite."""
    found = []
    for file in sorted([*root.glob("tests/cases/*.yaml"), *root.glob("../shared/cases/*.yaml")]):
        text = file.read_text(encoding="utf-8")
        if not re.search(rf"(?m)^[ -] policy: {pack}$", text):
            continue
        probe = pathlib.Path(scratch.name) / f"{file.parent.parent.name}-{file.name}"
        if not probe.exists():
            probe.write_text(probe_text(text), encoding="utf-8")
        found.append((file, probe))
    return found


def failures(folder, pack, files):
    """The cases that fail, each with its difference; nothing when the pack is refused as faulty."""
    if not files:
        return {}
    run = answer_of(folder, "policy", "test", "--only-policy", pack, *files)
    return {failure["id"]: failure["difference"] for failure in run["failures"]}


def cited(folder, pack, files):
    """What each case cites, or what is asked besides cites for its facts."""
    found = {}
    for case, difference in failures(folder, pack, files).items():
        found.setdefault(case.split(f" {ALSO_ASKED}")[0], set()).update(re.findall(r"\"([\w-]+\.\d+)\"", difference.split(", got ")[-1]))
    return found


def changed(number, files, as_it_is, before, folder):
    """The cases that a changed number changes, and those among them that do not cite its rule; None where the pack is then faulty."""
    copy = folder / f"{number['pack']}.yaml"
    copy.write_text(number["text"], encoding="utf-8")
    failed = failures(folder, number["pack"], [file for file, _ in files])
    failed = {case: what for case, what in failed.items() if as_it_is.get(case) != what}
    if not failed:
        return failed, {}
    if any(what.startswith("can't be asked") for what in failed.values()) and ask_svc(folder, "policy", "check", copy).returncode:
        return None, {}
    after = cited(folder, number["pack"], [probe for _, probe in files])

    def cites(case, what):
        """A window names the clause that opened it."""
        return number["clauses"] & (before.get(case, set()) | after.get(case, set()) | set(re.findall(r'"clause":"([^"]*)"', what)))

    return failed, {case: what for case, what in failed.items() if not cites(case, what)}


def sample(numbers):
    """The whole, or every so manieth."""
    if "--all" in options or chosen or len(numbers) <= SAMPLE:
        return numbers
    return [numbers[place * len(numbers) // SAMPLE] for place in range(SAMPLE)]


def main():
    packs = chosen or sorted(file.stem for file in (root / "policies").glob("*.yaml"))
    numbers = [number for pack in packs for number in numbers_of(pack)]
    tried, faults, unnoticed, refused, pack = sample(numbers), 0, [], [], None
    folder = pathlib.Path(scratch.name) / "changed"
    folder.mkdir()
    for number in tried:
        if number["pack"] != pack:
            pack = number["pack"]
            files = case_files(pack)
            as_it_is = failures(scratch.name, pack, [file for file, _ in files])
            before = cited(scratch.name, pack, [probe for _, probe in files])
        failed, strange = changed(number, files, as_it_is, before, folder)
        (folder / f"{pack}.yaml").unlink()
        place = f"policies/{pack}.yaml:{number['line']}: {number['was']} -> {number['now']}"
        if failed is None:
            refused.append(place)
        elif not failed:
            unnoticed.append(place)
        if "--verbose" in options:
            print(f"{place} ({', '.join(sorted(number['clauses']))}): {'refused' if failed is None else len(failed)}")
        faults += len(strange)
        for case, what in strange.items():
            print(f"{place}: {case} changes and does not cite {', '.join(sorted(number['clauses']))}\n  {what}")
    if "--verbose" in options:
        print("noticed by no case:", *unnoticed, sep="\n  ")
    print(f"{len(tried)} of {len(numbers)} numbers of {len(packs)} packs changed: {len(unnoticed)} noticed by no case, "
          f"{len(refused)} refused, {faults} faults")
    return faults > 0 or not tried


sys.exit(main())
