#!/usr/bin/env python3
"""Many processes at once on one store, and processes that are killed.

crowd.py SVC crowd PROCESSES COMMANDS: every process runs so many commands, half of them one by one, the others in a batch. No event is lost or doubled, each
ticket's events stand in the order of whoever wrote them, and nobody waits in vain.
crowd.py SVC kill ROUNDS SEED: batches and single commands are killed at random moments. Each command happened whole or not at all, and what was answered happened.
"""
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

SVC = sys.argv[1]


def run(*words, **more):
    return subprocess.run([SVC, *words], capture_output=True, text=True, check=False, **more)


def log():
    return json.loads(run("--json", "log").stdout)


def desk():
    """A desk of its own in a folder that is removed at the end."""
    folder = tempfile.TemporaryDirectory()
    os.environ.update(SVC_DB=folder.name + "/desk.db", HOME=folder.name, SVC_AS="crowd", LC_ALL="C")
    for name in ("SVC_POLICY", "SVC_NOW", "SVC_LANG"):
        os.environ.pop(name, None)
    assert run("init").returncode == 0
    return folder


def sound():
    doctor = run("doctor", "--json")
    findings = [finding for finding in json.loads(doctor.stdout) if finding["finding"] != "actors"]
    assert doctor.returncode == 0 and not findings, findings


# ---- a crowd ----


def commands_of(process, count):
    """A ticket of its own, notes on it and on the ticket of all, in an order that can be told."""
    yield {"command": "ticket open", "options": {"symptom": "of %d" % process}, "key": "open-%d" % process}
    for i in range(1, count):
        if i % 3:
            yield {"command": "ticket note", "arguments": ["OWN", "p%d n%d" % (process, i)]}
        else:
            yield {"command": "ticket note", "arguments": ["T1", "p%d n%d" % (process, i)], "key": "n-%d-%d" % (process, i)}


def words_of(command):
    words = command["command"].split() + ["--%s=%s" % pair for pair in command.get("options", {}).items()]
    if "key" in command:
        words.append("--key=" + command["key"])
    return words + ["--"] + command.get("arguments", [])


def one_by_one(process, count):
    own, slowest = None, 0.0
    for command in commands_of(process, count):
        command["arguments"] = [own if word == "OWN" else word for word in command.get("arguments", [])]
        began = time.monotonic()
        done = run("-q", *words_of(command))
        slowest = max(slowest, time.monotonic() - began)
        assert done.returncode == 0, (command, done.returncode, done.stderr)
        own = own or done.stdout.strip()
    return slowest


def in_a_batch(process, count):
    own, slowest = None, 0.0
    with subprocess.Popen([SVC, "batch"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as batch:
        for command in commands_of(process, count):
            command["arguments"] = [own if word == "OWN" else word for word in command.get("arguments", [])]
            batch.stdin.write(json.dumps(command) + "\n")
            if own:
                continue
            batch.stdin.flush()
            own = json.loads(batch.stdout.readline())["result"]["id"]
        batch.stdin.close()
        for line in batch.stdout:
            answer = json.loads(line)
            assert answer["exit"] == 0, answer
    assert batch.returncode == 0
    return slowest


def crowd(processes, count):
    assert run("ticket", "open", "--symptom", "of all").returncode == 0
    began = time.monotonic()
    with ThreadPoolExecutor(processes) as threads:
        slowest = list(threads.map(lambda p: (one_by_one if p % 2 else in_a_batch)(p, count), range(processes)))
    took = time.monotonic() - began
    events = log()
    assert [int(event["id"]) for event in events] == list(range(1, len(events) + 1))
    assert len(events) == 2 + processes * count, (len(events), processes * count)
    seen, last = set(), {}
    for event in events:
        line = json.loads(event["payload"]).get("line") if isinstance(event["payload"], str) else event["payload"].get("line")
        if not line:
            continue
        process, number = (int(word[1:]) for word in line.split())
        assert line not in seen, "doubled: " + line
        seen.add(line)
        key = (event["subject"], process)
        assert last.get(key, 0) < number, "out of order: %s %s" % (event["subject"], line)
        last[key] = number
    assert len(seen) == processes * (count - 1)
    sound()
    print("%d processes, %d commands each: %.0f commands a second, the slowest single one %.2f s" % (processes, count, processes * count / took, max(slowest)))


# ---- killed ----


def kill_batch(random_source, round_number):
    """Feeds a batch and kills it. What was answered has to be there; the rest is there whole, in order, or not at all."""
    lines = [{"command": "ticket open", "arguments": ["SN-%d-%d" % (round_number, i)], "options": {"register": True, "symptom": "x"}, "key": "b-%d-%d" % (round_number, i)} for i in range(400)]
    with subprocess.Popen([SVC, "batch"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as batch:
        feed = ThreadPoolExecutor(1).submit(lambda: feed_lines(batch, lines))
        time.sleep(random_source.uniform(0.002, 0.12))
        batch.kill()
        answered = [line for line in batch.stdout.read().splitlines() if line.endswith("}")]
        feed.result()
    kept = [event["key"] for event in log() if (event.get("key") or "").startswith("b-%d-" % round_number)]
    whole = len(kept) // 2
    assert kept == ["b-%d-%d" % (round_number, i // 2) for i in range(2 * whole)], kept
    assert whole >= len(answered), "answered and lost"
    again = subprocess.run([SVC, "batch"], input="".join(json.dumps(line) + "\n" for line in lines), capture_output=True, text=True, check=False)
    assert again.returncode == 0, again.stderr
    for old, new in zip(answered, again.stdout.splitlines()):
        assert json.loads(old)["result"]["id"] == json.loads(new)["result"]["id"]
    return whole


def feed_lines(batch, lines):
    try:
        for line in lines:
            batch.stdin.write(json.dumps(line) + "\n")
        batch.stdin.flush()
    except (BrokenPipeError, ValueError):
        pass


def kill_single(random_source, round_number):
    """One command that makes two events, killed within its few milliseconds; then once more under the same key."""
    words = ["-q", "ticket", "open", "ONE-%d" % round_number, "--register", "--symptom", "x", "--key", "s-%d" % round_number]
    with subprocess.Popen([SVC, *words], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as single:
        time.sleep(random_source.uniform(0.0, 0.012))
        single.kill()
        said = single.stdout.read().strip()
    before = [event for event in log() if event.get("key") == "s-%d" % round_number]
    assert len(before) in (0, 2), before
    again = run(*words)
    assert again.returncode == 0, again.stderr
    assert not said or said == again.stdout.strip()
    after = [event for event in log() if event.get("key") == "s-%d" % round_number]
    assert len(after) == 2 and (not before or after == before)
    return len(before)


def kill(rounds, seed):
    random_source = random.Random(seed)
    print("seed %d" % seed)
    whole = [kill_batch(random_source, i) if i % 3 == 0 else kill_single(random_source, i) for i in range(rounds)]
    sound()
    print("%d killed; batches had done %s of 400; %d single commands were done" % (rounds, whole[::3], sum(1 for i, w in enumerate(whole) if i % 3 and w)))


if __name__ == "__main__":
    with desk():
        {"crowd": crowd, "kill": kill}[sys.argv[2]](*map(int, sys.argv[3:]))
