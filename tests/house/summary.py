#!/usr/bin/env python3
"""Adds up the test results of several build folders: one line for what failed, and "N passed, N failed" at the end."""
import json
import pathlib
import sys
import xml.etree.ElementTree as xml

*folders, broken_builds = sys.argv[1:]
passed = failed = skipped = 0
for folder in folders:
    logs = pathlib.Path(folder, "meson-logs")
    report = logs / "testlog.junit.xml"
    if not report.exists():
        print(f"{folder}: no tests were run")
        failed += 1
        continue
    for suite in xml.parse(report).getroot().iter("testsuite"):
        for case in suite.iter("testcase"):
            if case.find("failure") is not None or case.find("error") is not None:
                print(f"failed: {folder}: {suite.get('name')} {case.get('name')}")
                failed += 1
            elif case.find("skipped") is not None:
                skipped += 1
            else:
                passed += 1
    # a program that died has no failing case of its own
    for line in (logs / "testlog.json").read_text().splitlines():
        result = json.loads(line)
        if result["result"] in ("ERROR", "TIMEOUT", "INTERRUPT"):
            print(f"failed: {folder}: {result['name']} ({result['result'].lower()})")
            failed += 1
if int(broken_builds) and not failed:
    failed = int(broken_builds)
if skipped:
    print(f"{skipped} skipped")
print(f"{passed} passed, {failed} failed")
sys.exit(failed > 0)
