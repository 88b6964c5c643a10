#!/usr/bin/env bats
# Commands by the thousand: one a line, each answered once it is kept.
load setup

setup() {
  scratch
  export SVC_NOW=2026-03-02T09:30:00+08:00
  svc init --policy golf-carts >/dev/null
  svc unit register SN-1 --purchase 2026-01-05 >/dev/null
}

# The answers, held against their schema, and what they bear against its own.
batch() {
  local status=0
  svc batch "$@" >answers.jsonl 2>said || status=$?
  python3 "$SOURCE/tests/schema/validate.py" answers.jsonl || return 99
  python3 - >results.jsonl <<'PY'
import json
for line in open("answers.jsonl", encoding="utf-8"):
    result = json.loads(line).get("result", [])
    for thing in result if isinstance(result, list) else [result]:
        print(json.dumps(thing))
PY
  python3 "$SOURCE/tests/schema/validate.py" results.jsonl || return 99
  return "$status"
}

answer() { # LINE NAME...: what one answer bears, down the names
  python3 - "$@" <<'PY'
import json, sys
answers = {a["line"]: a for a in map(json.loads, open("answers.jsonl", encoding="utf-8"))}
value = answers[int(sys.argv[1])]
for name in sys.argv[2:]:
    value = value[int(name)] if isinstance(value, list) else value[name]
print(value)
PY
}

everything() { svc --json log | sha256sum; }

@test "a line names a command, and its answer is what the command gives" {
  cat >in.jsonl <<'LINES'
{"command": "ticket open", "arguments": ["SN-1"], "options": {"symptom": "won't = charge"}, "facts": {"cause": "defect", "component": "motor"}}
{"command": "ticket note", "arguments": ["T1", "-5 degrees, x=y"]}
{"argv": ["ticket", "note", "T1", "by hand"]}
{"command": "ticket list", "options": {"state": "open"}}
{"command": "warranty check", "arguments": ["SN-1"], "facts": {"component": "motor", "cause": "human_damage", "manufacture": "2025-12-01", "documents": ["contract", "warranty_card", "certificate"]}}
{"command": "customer add", "arguments": ["Li Wei"], "options": {"distance_km": 12.5, "phone": "010"}}
LINES
  batch in.jsonl
  [ "$(wc -l <answers.jsonl)" -eq 6 ]
  [ "$(answer 1 result symptom)" = "won't = charge" ]
  [ "$(answer 3 result note)" = $'-5 degrees, x=y\nby hand' ]
  [ "$(answer 4 result 0 id)" = T1 ]
  [ "$(answer 5 exit) $(answer 5 result verdict)" = "1 excluded" ]
  [ "$(answer 6 result distance_km)" = 12.5 ]
  svc --json ticket show T1 >single.json
  grep -qF "\"symptom\":\"won't = charge\"" single.json
  gives 0 doctor
}

@test "a line that fails is named, and the others go on" {
  cat >in.jsonl <<'LINES'
{"command": "customer add", "arguments": ["A"]}

not a command
{"command": "ticket close", "arguments": ["T9"]}
{"command": "ticket opne"}
{"command": "customer add", "arguments": ["A"], "options": {"phne": "1"}}
{"command": "customer add", "arguments": ["A"], "more": 1}
{"command": "customer add", "arguments": ["A"], "facts": {"cause": "x"}}
{"command": "customer add", "arguments": "A"}
{"command": "ticket open", "options": {"register": "yes"}}
{"command": "ticket open", "facts": {"@file": "x"}}
{"argv": ["ticket", "open", "-"]}
{"argv": ["--db", "other.db", "customer", "add", "A"]}
{"command": "doctor"}
{"command": "help"}
{"command": "batch"}
{"command": "warranty check", "options": {"batch": true}}
{"command": "import", "arguments": ["units", "x.csv"]}
["ticket"]
{"command": "customer add", "arguments": ["B\u0007"]}
{"command": "customer add", "arguments": ["B"]}
LINES
  run batch in.jsonl
  [ "$status" -eq 9 ]
  exits=$(python3 -c 'import json; print(*[json.loads(l)["exit"] for l in open("answers.jsonl")])')
  [ "$exits" = "0 4 5 2 2 4 4 4 4 4 2 2 2 2 2 2 2 4 4 0" ]
  [ "$(answer 5 error hint)" = 'did you mean "svc ticket open"?' ]
  grep -q '18 of 21 lines were not done' said
  run svc customer list --count
  [ "$output" = 2 ]
}

@test "all or nothing" {
  before=$(everything)
  printf '%s\n' '{"command":"customer add","arguments":["A"]}' '{"command":"ticket show","arguments":["T7"]}' \
    '{"command":"customer add","arguments":["B"]}' >in.jsonl
  run batch --atomic in.jsonl
  [ "$status" -eq 5 ]
  [ "$(wc -l <answers.jsonl) $(answer 2 exit)" = "1 5" ]
  grep -q 'line 2 failed, so nothing was kept' said
  [ "$before" = "$(everything)" ]
  sed -i 2d in.jsonl
  batch --atomic in.jsonl
  [ "$(answer 2 result id)" = C2 ]
  run svc customer list --count
  [ "$output" = 2 ]
}

@test "a rehearsal keeps nothing" {
  before=$(everything)
  printf '%s\n' '{"command":"customer add","arguments":["A"]}' x '{"command":"customer add","arguments":["B"]}' >in.jsonl
  run batch --dry-run in.jsonl
  [ "$status" -eq 9 ]
  [ "$(answer 3 result id)" = C2 ]
  [ "$before" = "$(everything)" ]
}

@test "a key works within a batch, over batches and with a single command" {
  line='{"command":"ticket open","arguments":["SN-1"],"options":{"symptom":"dead"},"key":"call-1"}'
  printf '%s\n' "$line" "$line" >in.jsonl
  batch in.jsonl
  batch in.jsonl
  [ "$(answer 1 result id)$(answer 2 result id)" = T1T1 ]
  gives 0 ticket open SN-1 --symptom dead --key call-1 -q
  [ "$output" = T1 ]
  echo "${line/dead/alive}" >in.jsonl
  run batch in.jsonl
  [ "$(answer 1 exit)" -eq 6 ]
  [ "$(svc --json log | grep -o '"verb":"opened"' | wc -l)" -eq 1 ]
}

@test "a line may say who acts, when, and by which pack" {
  printf '%s\n' '{"command":"customer add","arguments":["A"],"options":{"as":"counter","now":"2026-01-01T10:00Z"}}' \
    '{"command":"customer add","arguments":["B"]}' >in.jsonl
  batch in.jsonl
  svc --tsv --columns actor,recorded log | tail -n 2 >log.tsv
  [ "$(cat log.tsv)" = "$(printf 'counter\t2026-01-01T10:00:00Z\ntester\t2026-03-02T01:30:00Z')" ]
}

@test "whoever waits for the answer before the next line gets it, and it is kept by then" {
  python3 - "$PROGRAM" <<'PY'
import json, subprocess, sys
svc = sys.argv[1]
batch = subprocess.Popen([svc, "batch"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)
for i in range(1, 6):
    batch.stdin.write(json.dumps({"command": "customer add", "arguments": ["customer %d" % i]}) + "\n")
    batch.stdin.flush()
    assert json.loads(batch.stdout.readline())["result"]["id"] == "C%d" % i
    assert subprocess.run([svc, "customer", "list", "--count", "-q"], capture_output=True, text=True).stdout.strip() == str(i)
batch.stdin.close()
assert batch.wait() == 0
PY
}

@test "texts of a megabyte, a line without its end, and one that is too long" {
  python3 - <<'PY'
import json
with open("in.jsonl", "w") as out:
    out.write("\ufeff" + json.dumps({"command": "ticket open", "options": {"symptom": "x" * 1000000}}) + "\r\n")
    out.write(json.dumps({"command": "ticket open", "options": {"symptom": "x" * 1100000}}) + "\n")
    out.write(" " * (17 << 20) + "\n")
    out.write(json.dumps({"command": "customer add", "arguments": ["last"]}))
PY
  run batch in.jsonl
  [ "$status" -eq 9 ]
  [ "$(answer 1 exit)$(answer 2 exit)$(answer 3 exit)$(answer 4 exit)" = 0440 ]
}

@test "twenty thousand lines in flat memory" {
  python3 - "$PROGRAM" <<'PY'
import json, re, subprocess, sys
def peak(lines, *options):
    batch = subprocess.Popen([sys.argv[1], "batch", *options], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
    for i in range(lines):
        command = {"command": "customer add", "arguments": ["c%d" % i], "options": {"note": "n" * 200}}
        batch.stdin.write(json.dumps(command).encode() + b"\n")
    batch.stdin.flush()
    kilobytes = int(re.search(r"VmHWM:\s*(\d+)", open("/proc/%d/status" % batch.pid).read()).group(1))
    batch.stdin.close()
    assert batch.wait() == 0
    return kilobytes
few = peak(2000)
for options in (), ("--atomic",), ("--dry-run",):
    many = peak(20000, *options)
    print(options, few, many)
    assert "asan" in sys.argv[1] or many < few + 3000
PY
  gives 0 doctor
}

@test "a full disk: what was answered as done is there, everything else is answered with 7" {
  python3 - "$PROGRAM" <<'PY'
import json, os, resource, signal, subprocess, sys
def limits():
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1500000, 1500000))
lines = "".join(json.dumps({"command": "customer add", "arguments": ["c%d" % i], "options": {"note": "n" * 4000}}) + "\n" for i in range(1000))
batch = subprocess.run([sys.argv[1], "batch"], input=lines, capture_output=True, text=True, preexec_fn=limits)
answers = [json.loads(line) for line in batch.stdout.splitlines()]
exits = [answer["exit"] for answer in answers]
assert batch.returncode == 9 and [answer["line"] for answer in answers] == list(range(1, 1001)), (batch.returncode, len(answers))
assert 0 < exits.count(0) < 1000 and exits.count(0) + exits.count(7) == 1000, exits
kept = json.loads(subprocess.run([sys.argv[1], "--json", "customer", "list"], capture_output=True, text=True).stdout)
assert [one["id"] for one in kept] == [answer["result"]["id"] for answer in answers if answer["exit"] == 0]
PY
  gives 0 doctor
}

@test "no file, no desk" {
  gives 5 batch nowhere.jsonl
  gives 5 --db nowhere.db batch </dev/null
  gives 2 --tsv batch </dev/null
  gives 0 batch </dev/null
}
