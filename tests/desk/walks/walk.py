#!/usr/bin/env python3
"""Random walks: random commands of every noun that svc has, over one desk after another, through `svc batch`.

walk.py SVC WALKS [SEED]. After each walk the records are worked out from the log (replay.py) and held against what must hold; at the end of each desk svc
doctor, a rebuild and the lists of every kind have to say the same. A command that failed has written nothing. The commands come from the tree that svc prints,
so that a new verb takes part without a line here. A failure prints the seed and the last commands.
"""
import collections
import json
import os
import random
import subprocess
import sys
import tempfile
import time

import replay

WALKS_A_DESK, COMMANDS_A_WALK = 40, 12
PACKS = (None, "auto-4s", "trade-terms", "decoration", "dept-workflow", "furniture-store", "golf-carts", "service-dept", "oem-alarm", "retail-store", "auto-4s")
LEFT_OUT = {"import", "init", "doctor", "batch", "policy", "actor", "tick", "restore"}
BEGIN = 1772416800  # Monday 2026-03-02T02:00:00Z
LETTERS = {"TICKET": "T", "INTO": "T", "UNIT": "U", "CUSTOMER": "C", "GOODS": "G", "THING": "G", "ARTICLE": "K", "PART": "P", "ISSUE": "I", "VISIT": "V", "TECHNICIAN": "E",
           "FEE": "F", "TASK": "J", "VIOLATION": "B"}
WORDS = ("bench", "factory", "shelf", "Li Wei", "电池充不进电", "noise", "a, b; c = d", "-5", "x" * 300)
FACTS = (("cause", "defect"), ("cause", "misuse"), ("component", "motor"), ("fault", "quality"), ("confirmed", True), ("purchase", "2026-01-05"), ("severity", "high"),
         ("repair_cost", "80.00"), ("want", "repair"), ("distance_km", 12), ("documents", ["invoice"]))


def stamp(at):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(at))


class Desk:
    """One store, and one batch that all commands go through."""

    def __init__(self, svc, pack):
        # in memory where there is such a place: whether the disk keeps it is another test's question
        self.folder = tempfile.TemporaryDirectory(dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None)
        self.svc, self.told = svc, 0
        self.environment = {"HOME": self.folder.name, "SVC_DB": self.folder.name + "/desk.db", "LC_ALL": "C", "TZ": "UTC", "PATH": os.environ["PATH"],
                            "XDG_CACHE_HOME": os.environ.get("XDG_CACHE_HOME", self.folder.name)}
        self.run("--now", stamp(BEGIN), "init", *(["--policy", pack] if pack else []))
        self.batch = subprocess.Popen([svc, "batch"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=self.environment)

    def run(self, *words, exits=(0,)):
        done = subprocess.run([self.svc, *words], capture_output=True, text=True, env=self.environment, check=False)
        assert done.returncode in exits, (words, done.returncode, done.stdout, done.stderr)
        return done

    def send(self, commands):
        """The answers, in order."""
        self.batch.stdin.write("".join(json.dumps(command) + "\n" for command in commands))
        self.batch.stdin.flush()
        answers = [json.loads(self.batch.stdout.readline()) for _ in commands]
        for answer in answers:
            self.told += 1
            assert answer["line"] == self.told, answer
        return answers

    def close(self):
        self.batch.stdin.close()
        assert self.batch.wait() in (0, 9)
        self.batch.stdout.close()
        self.folder.cleanup()


class Walker:
    def __init__(self, desk, chance, verbs, pack):
        self.desk, self.chance, self.verbs, self.pack = desk, chance, verbs, pack
        self.records = replay.Records()
        self.now, self.keys, self.sent = BEGIN, 0, []
        self.done, self.answers, self.stages = set(), collections.Counter(), {}
        self.last_event = 0

    # ---- a random command ----

    def record(self, letter):
        """Mostly a late one that is there."""
        numbers = [number for number in self.records.kind(letter)]
        if not numbers or self.chance.random() < 0.02:
            return letter + str(self.chance.choice((0, 99999, 1)))
        return self.chance.choice(numbers[-6:])

    def word_for(self, name, choices=None):
        if choices:
            return self.chance.choice(choices)
        if name in ("WHAT",):
            return self.record(self.chance.choice("TTG"))
        if name == "SERIAL":
            return self.chance.choice(("SN-%d" % self.chance.randrange(30), self.record("U")))
        if name == "HOLDER":
            return self.chance.choice(("bench", "factory", "customer", self.record("E")))
        if name in LETTERS:
            return self.record(LETTERS[name])
        if name == "QTY":
            return str(self.chance.choice((1, 1, 1, 2, 2, 3, 5, 10, 20, 0, -1, 1000)))
        if name in ("NAME", "NUMBER", "TITLE"):
            return "%s %d" % (name.lower(), self.chance.randrange(40))
        return self.chance.choice(WORDS)

    def moment(self):
        return stamp(self.now + self.chance.choice((-7200, -600, -60, 0, 0, 600, 86400)))

    def value_for(self, option):
        kind = option["kind"]
        if kind == "flag":
            return True
        if option.get("choices"):
            return self.chance.choice(option["choices"])
        if option.get("label") in LETTERS:
            return self.record(LETTERS[option["label"]])
        if option["name"] == "technician":
            return self.record("E")
        if kind == "time":
            if option["name"] in ("from", "to"):
                begin = self.now + 3600 * self.chance.randrange(1, 30)
                return stamp(begin + (3600 * self.chance.randrange(1, 4) if option["name"] == "to" else 0))
            return self.moment()
        if kind == "date":
            return self.chance.choice(("2026-01-05", "2025-03-01", "2026-04-01"))
        if kind == "integer":
            return self.chance.choice((1, 2, 30, 60, 0, -1))
        if kind in ("money", "number"):
            return self.chance.choice(("0.00", "12.50", "80", "1000.00", "-3"))
        if kind == "assignment":
            return "note=x"
        return self.chance.choice(WORDS)

    def command(self):
        noun = self.chance.choice(sorted({noun for noun, _ in self.verbs}) + ["ticket", "custody", "part", "visit", "dispatch"])
        ways = [verb for other, verb in self.verbs if other == noun]
        if not ways:
            return self.command()
        verb = self.chance.choice(ways)
        if self.chance.random() < 0.12:
            noun, verb = "ticket", next(verb for noun, verb in self.verbs if (noun, verb["name"]) == ("ticket", "open"))
        others = 0.02 if noun == "ticket" else 0.06
        command = {"command": (noun + " " + verb["name"]).strip(), "arguments": [], "options": {}}
        for argument in verb.get("arguments", []):
            if argument.get("optional") and self.chance.random() < 0.4:
                break
            command["arguments"].append(self.word_for(argument["name"], argument.get("choices")))
        likely = {"from", "to", "technician", "minutes", "item", "line", "amount", "process", "hours", "reason", "outcome", "symptom", "solution", "explain", "by"}
        for option in verb["options"]:
            if option["name"] not in ("key", "dry-run", "as", "now") and self.chance.random() < (0.6 if option["name"] in likely else others):
                command["options"][option["name"]] = self.value_for(option)
        if "from" in command["options"] or "to" in command["options"]:
            self.choose_window(command["options"])
        if verb.get("facts") and self.chance.random() < 0.6:
            command["facts"] = dict(self.chance.sample(FACTS, self.chance.randrange(1, 4)))
        if noun == "ticket" and verb["name"] == "open" and self.chance.random() < 0.5:
            command["options"].pop("closed", None)
            command["options"]["register"] = True
        if noun == "ticket" and verb["name"] == "open" and self.pack == "dept-workflow":
            command["options"]["variant"] = self.chance.choice("abcdefg")
        return command

    def choose_window(self, options):
        """One that can be kept, most of the time."""
        day = (self.now - BEGIN) // 86400 + self.chance.randrange(0, 2)
        begin = BEGIN + 86400 * day + 1800 * self.chance.randrange(0, 18)
        options["from"] = stamp(begin)
        options["to"] = stamp(begin + 1800 * self.chance.randrange(-1 if self.chance.random() < 0.1 else 1, 5))

    def furnish(self, command):
        """Every command has a key of its own, an actor and a moment."""
        self.now += self.chance.choice((1, 30, 300, 1800))
        self.keys += 1
        command["key"] = "k%d" % self.keys
        command["options"].update({"now": stamp(self.now), "as": self.chance.choice(("counter", "counter", "bench"))})
        return command

    def advance(self):
        """A step that the workflow of some ticket allows, with what it still wants."""
        tickets = [number for number, ticket in self.records.kind("T").items() if ticket["state"] == "open"]
        if not tickets:
            return None
        ticket = self.chance.choice(tickets[-4:])
        answer = self.desk.send([{"command": "ticket stages", "arguments": [ticket], "options": {"now": stamp(self.now)}}])[0]
        ways = answer.get("result") or []
        self.answers[("ticket stages", answer["exit"])] += 1
        if not ways:
            return None
        way = self.chance.choice(ways)
        facts = {name: True for name in way.get("lacks", "").split(",") if name}
        return {"command": "ticket advance", "arguments": [ticket, way["event"]], "options": {}, "facts": facts}

    # ---- a walk ----

    def walk(self):
        self.sent = []
        for _ in range(3):
            step = self.advance()
            self.run([self.furnish(command) for command in ([step] if step else []) + [self.command() for _ in range(COMMANDS_A_WALK // 3)]])
        self.check()

    def run(self, commands):
        self.sent += commands
        for command, answer in zip(commands, self.desk.send(commands)):
            assert answer["exit"] in (0, 1, 2, 3, 4, 5, 6, 8), (command, answer)
            assert answer["exit"] in (0, 1, 3) if "error" not in answer else answer["exit"] > 1, (command, answer)  # 3: what lacks is the answer
            self.answers[(command["command"], answer["exit"])] += 1
            if answer["exit"] == 0:
                self.done.add(command["key"])
                self.remember_stage(command, answer.get("result", {}))

    def remember_stage(self, command, result):
        """Where svc said that a ticket stands, until something is done that may have moved it without a word."""
        if isinstance(result, list):
            self.stages.clear()
        elif result.get("schema") == "svc.ticket/1":
            self.stages[result["id"]] = result.get("stage")
        elif "ticket" in result:
            self.stages.pop(result["ticket"], None)
        if command["command"] in ("undo", "ticket merge", "ticket cancel"):
            self.stages.clear()

    def check(self):
        told = self.desk.send([{"command": "log", "options": {"newest": True, "limit": 400}}])[0]["result"]
        fresh = [event for event in reversed(told) if int(event["id"]) > self.last_event]
        assert [int(event["id"]) for event in fresh] == list(range(self.last_event + 1, self.last_event + 1 + len(fresh))), "events are lost"
        self.last_event += len(fresh)
        for event in fresh:
            assert event["subject"] == "desk" or event.get("key") in self.done, ("a command that failed has written", event)
        self.records.feed(fresh)
        for invariant in replay.INVARIANTS:
            for fault in invariant(self.records):
                story = "".join("\n  %s %s" % (number, values) for number, values in self.records.records.items() if number in fault)
                raise AssertionError(invariant.__name__ + ": " + fault + story)
        for ticket, stage in self.stages.items():
            assert self.records.records[ticket].get("stage") == stage, (ticket, stage)

    def lists(self):
        """Every kind that has a list, as svc tells it."""
        every = {}
        for noun, verb in LISTS:
            for record in json.loads(self.desk.run("--json", noun, verb).stdout):
                if record.get("id", "")[:1].isalpha():
                    every[record["id"]] = record
        return every

    def finish(self):
        """svc says the same of all that is there as the log does, and doctor finds nothing."""
        before = self.lists()
        for number, record in before.items():
            worked_out = self.records.records.get(number)
            assert worked_out is not None, "%s is there without an event" % number
            for name in set(record) | set(worked_out):
                if name not in ("schema", "id", "extra", "facts"):
                    assert same(record, worked_out, name), (number, name, record.get(name), worked_out.get(name))
        letters = {number[0] for number in before}
        missing = [number for number in self.records.records if number[0] in letters and number not in before]
        assert not missing, missing
        findings = json.loads(self.desk.run("--json", "doctor").stdout)
        assert not [finding for finding in findings if finding["finding"] != "actors"], findings
        self.desk.run("doctor", "--rebuild")
        assert self.lists() == before, "rebuilt otherwise"
        self.desk.run("policy", "verify")


def same(record, worked_out, name):
    if name not in record or name not in worked_out:
        return record.get(name) in (None, "") and worked_out.get(name) in (None, "")
    return replay.same(record[name], worked_out[name])


def tree(svc):
    """Verbs that write, and lists of whole kinds."""
    nouns = json.loads(subprocess.run([svc, "help", "--dump", "json"], capture_output=True, text=True, check=True).stdout)["nouns"]
    every = [(noun["name"], verb) for noun in nouns if noun["name"] not in LEFT_OUT for verb in noun["verbs"]]
    writes = [(noun, verb) for noun, verb in every if verb["needs"] == "write"]
    lists = [(noun, verb["name"]) for noun, verb in every
             if verb["name"] == "list" and not verb["arguments"] and any(option["name"] == "sort" for option in verb["options"])]
    return writes, lists


def main():
    global LISTS
    svc, walks = sys.argv[1], int(sys.argv[2])
    seed = int(os.environ.get("SEED") or 0) or (int(sys.argv[3]) if len(sys.argv) > 3 else random.randrange(1 << 30))
    print("seed %d" % seed, flush=True)
    verbs, LISTS = tree(svc)
    answers, walked = collections.Counter(), 0
    while walked < walks:
        chance = random.Random(seed * 1000003 + walked)
        pack = PACKS[(seed + walked // WALKS_A_DESK) % len(PACKS)]
        desk = Desk(svc, pack)
        walker = Walker(desk, chance, verbs, pack)
        try:
            for _ in range(min(WALKS_A_DESK, walks - walked)):
                walker.walk()
                walked += 1
            walker.finish()
        except AssertionError:
            print("seed %d, walk %d, pack %s; its commands:" % (seed, walked, pack))
            print("\n".join(json.dumps(command, ensure_ascii=False) for command in walker.sent))
            raise
        answers += walker.answers
        desk.close()
    done = collections.Counter()
    for (command, exit_code), count in answers.items():
        done[command] += count if exit_code == 0 else 0
    print("%d walks, %d commands, %d of them done" % (walks, sum(answers.values()), sum(done.values())))
    if "-v" in sys.argv:
        for (command, exit_code), count in sorted(answers.items()):
            print("%6d %d %s" % (count, exit_code, command))


if __name__ == "__main__":
    main()
