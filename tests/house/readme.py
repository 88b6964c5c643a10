#!/usr/bin/env python3
"""readme.py README SVC [--write]: runs the console blocks of the README on a fresh home and compares what they print.
With --write the outputs are put into the file instead."""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

readme, program, *write = sys.argv[1:]
text = pathlib.Path(readme).read_text(encoding="utf-8")
program = pathlib.Path(program).resolve()

with tempfile.TemporaryDirectory() as home:
    environment = {
        "HOME": home,
        "PATH": f"{program.parent}:/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "SVC_AS": "desk",
        **{name: value for name, value in os.environ.items() if name.endswith("SAN_OPTIONS")},
    }

    def run(block):
        lines = []
        for command in re.findall(r"(?m)^\$ (.*)$", block[2]):
            lines.append("$ " + command)
            if command.startswith("export "):
                name, value = command[7:].split("=", 1)
                environment[name] = value
                continue
            done = subprocess.run(["bash", "-c", command], cwd=home, env=environment, text=True, stdin=subprocess.DEVNULL,
                                  stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
            lines += done.stdout.replace(home, "~").splitlines()
        return block[1] + "\n".join(lines) + "\n" + block[3]

    now = re.sub(r"(?ms)^(```console\n)(.*?)^(```)$", run, text)

if write:
    pathlib.Path(readme).write_text(now, encoding="utf-8")
elif now != text:
    import difflib
    sys.stdout.writelines(difflib.unified_diff(text.splitlines(True), now.splitlines(True), "README.md", "what svc prints"))
    sys.exit(1)
