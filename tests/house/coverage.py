#!/usr/bin/env python3
"""coverage.py BUILD [--holes]: how much of lib/policy the tests have run, by gcov's counts in a build folder.

Lines and branches are stated as they are, and without those that tests/house/uncovered.tsv excludes: a file, the text of a line, and
the reason why no test can get there. An exclusion that excludes nothing any more is a fault. --holes lists what was not run."""
import collections
import json
import pathlib
import subprocess
import sys

FLOOR = "lib/policy"
root = pathlib.Path(__file__).resolve().parents[2]


def measured(build):
    """{file: {line: (count, [count of each branch])}}, added up over all objects."""
    found = collections.defaultdict(dict)
    notes = [path.resolve() for path in pathlib.Path(build).glob(f"{FLOOR}/*.p/*.gcda")]
    if not notes:
        sys.exit(f"{build}: no counts of {FLOOR}; configure with -Db_coverage=true and run the tests")
    reply = subprocess.run(["gcov", "--json-format", "--stdout", "--branch-probabilities", *notes], capture_output=True,
                           check=True, text=True, cwd=build).stdout
    for text in reply.splitlines():
        report = json.loads(text)
        for file in report["files"]:
            path = pathlib.Path(report["current_working_directory"], file["file"]).resolve()
            if not path.is_relative_to(root / FLOOR):
                continue
            lines = found[str(path.relative_to(root))]
            for line in file["lines"]:
                number, branches = line["line_number"], [branch["count"] for branch in line["branches"]]
                count, before = lines.get(number, (0, [0] * len(branches)))
                if len(before) != len(branches):  # the same line, inlined differently
                    branches = max(before, branches, key=len)
                else:
                    branches = [a + b for a, b in zip(before, branches)]
                lines[number] = (count + line["count"], branches)
    return found


def exclusions():
    path = root / "tests/house/uncovered.tsv"
    rows = [row.split("\t") for row in path.read_text(encoding="utf-8").splitlines() if row and not row.startswith("#")]
    bad = [row for row in rows if len(row) != 3 or not row[2].strip()]
    if bad:
        sys.exit(f"{path.name}: a file, a line's text and a reason are wanted: {bad[0]}")
    return {(file, text): reason for file, text, reason in rows}


class Count:
    def __init__(self):
        self.all = self.run = self.excluded = 0

    def add(self, run, excluded):
        self.all += 1
        self.run += run
        self.excluded += excluded and not run

    def __str__(self):
        share = 100 * self.run / self.all if self.all else 100
        rest = self.all - self.excluded
        return (f"{share:6.2f} % ({self.run} of {self.all})"
                + (f", {100 * self.run / rest if rest else 100:.2f} % without {self.excluded} excluded" if self.excluded else ""))


def main():
    build, holes = sys.argv[1], "--holes" in sys.argv[2:]
    excluded, used = exclusions(), set()
    lines, branches, rows = Count(), Count(), []
    for file, measured_lines in sorted(measured(build).items()):
        source = (root / file).read_text(encoding="utf-8").splitlines()
        of_file, branches_of_file, open_lines = Count(), Count(), []
        for number, (count, counts) in sorted(measured_lines.items()):
            text = source[number - 1].strip() if number <= len(source) else ""
            key = (file, text)
            missed = count == 0 or 0 in counts
            out = missed and key in excluded
            if out:
                used.add(key)
            for total in lines, of_file:
                total.add(count > 0, out)
            for branch in counts:
                for total in branches, branches_of_file:
                    total.add(branch > 0, out)
            if missed and not out:
                what = "not run" if count == 0 else f"{counts.count(0)} of {len(counts)} branches not taken"
                open_lines.append(f"{file}:{number}: {what}: {text}")
        rows.append((file, of_file, branches_of_file, open_lines))
    for file, of_file, branches_of_file, open_lines in rows:
        print(f"{file:34} lines {of_file}; branches {branches_of_file}")
        if holes:
            print("".join(f"  {line}\n" for line in open_lines), end="")
    print(f"{FLOOR}: lines {lines}")
    print(f"{FLOOR}: branches {branches}")
    stale = [key for key in excluded if key not in used]
    for file, text in stale:
        print(f"tests/house/uncovered.tsv: excludes nothing any more: {file}: {text}")
    sys.exit(bool(stale))


main()
