"""What the records of a desk are, worked out from its log alone: a second opinion that shares no line with svc."""
import calendar
import time
from decimal import Decimal


class Records:
    """Fed with events as `svc log` tells them, it keeps every record that counts, by its number (T3)."""

    def __init__(self):
        self.events = {}  # by id
        self.of = {}  # subject: ids
        self.corrections = {}  # id: ids of what corrects it
        self.records = {}

    def feed(self, events):
        """Takes new events in and works the records out again that they touch."""
        touched = set()
        for event in events:
            number = int(event["id"])
            assert number not in self.events, "event %d told twice" % number
            self.events[number] = event
            self.of.setdefault(event["subject"], []).append(number)
            touched.add(event["subject"])
            if event.get("corrects"):
                self.corrections.setdefault(int(event["corrects"]), []).append(number)
        for subject in touched - {"desk"}:
            values = self.replay(subject)
            if values:
                self.records[subject] = values
            else:
                self.records.pop(subject, None)
        return touched

    def counts(self, number):
        """Unless something took it back that was not taken back itself."""
        return all(self.corrections.get(back) for back in self.corrections.get(number, []))

    def replay(self, subject):
        values = {}
        for number in sorted(self.of[subject], key=lambda n: (self.events[n]["occurred"], n)):
            if not self.counts(number):
                continue
            payload = self.events[number]["payload"]
            for name, value in payload.get("set", {}).items():
                values[name] = value
                if value is None:
                    del values[name]
            for name, amount in payload.get("add", {}).items():
                values[name] = str(Decimal(values.get(name, "0")) + Decimal(amount))
            if "line" in payload:
                values["note"] = values["note"] + "\n" + payload["line"] if "note" in values else payload["line"]
        return values

    def kind(self, letter):
        return {number: values for number, values in self.records.items() if number[0] == letter and number != "desk"}


def same(kept, worked_out):
    """A field as a list shows it against the text that its events give."""
    if isinstance(kept, (dict, list)):
        return True
    try:
        return Decimal(str(kept)) == Decimal(worked_out)
    except (ArithmeticError, ValueError):
        return str(kept) == worked_out


# ---- what must hold, whatever was done ----

LIVE_GOODS = ("expected", "held", "away")
OPEN_VISIT = ("planned", "departed", "arrived", "started")


def things(records):
    """One holder at a time for everything that can be told apart: by its unit, or by its serial number where one of two is no known unit."""
    live = []
    for number, goods in records.kind("G").items():
        if goods["state"] not in LIVE_GOODS:
            continue
        if not goods.get("holder"):
            yield "%s is %s without a holder" % (number, goods["state"])
        for other, twin in live:
            both = "unit" in goods and "unit" in twin
            if goods.get("unit" if both else "serial", 0) == twin.get("unit" if both else "serial", 1):
                yield "%s and %s are the same thing" % (other, number)
        live.append((number, goods))


def debts(records):
    """Nothing is owed for a closed ticket."""
    closed = {number for number, ticket in records.kind("T").items() if ticket["state"] == "closed"}
    owed = [
        ("G", lambda r: r["state"] in LIVE_GOODS),
        ("I", lambda r: r["state"] in ("reserved", "issued") or r.get("old_part") == "owed"),
        ("F", lambda r: r["state"] == "charged" and r.get("payer", "customer") == "customer"),
        ("V", lambda r: r["state"] in OPEN_VISIT),
    ]
    for letter, is_owed in owed:
        for number, record in records.kind(letter).items():
            if record.get("ticket") in closed and is_owed(record):
                yield "%s is closed, but %s is owed" % (record["ticket"], number)


def parts(records):
    """What is on the shelf is never less than nothing, and what is set aside is set aside for somebody."""
    aside = {}
    for number, issue in records.kind("I").items():
        quantity = int(issue["quantity"])
        gone = sum(int(issue.get(name, 0)) for name in ("used", "returned", "written_off"))
        if gone > quantity or (issue["state"] == "settled" and gone != quantity):
            yield "%s is %s with %d of %d accounted for" % (number, issue["state"], gone, quantity)
        if issue["state"] == "reserved":
            aside[issue["part"]] = aside.get(issue["part"], 0) + quantity
    for number, part in records.kind("P").items():
        on_hand, reserved = int(part.get("on_hand", 0)), int(part.get("reserved", 0))
        if on_hand < 0 or reserved > on_hand or reserved != aside.get(number, 0):
            yield "%s: %d on hand, %d reserved, %d of them for tickets" % (number, on_hand, reserved, aside.get(number, 0))


def seconds(moment):
    return calendar.timegm(time.strptime(moment, "%Y-%m-%dT%H:%M:%SZ"))


def technicians(records):
    """Nobody is in two places, and nobody is promised to be: from the window's begin less the way there to its end, or until the work is done."""
    at, promised = {}, {}
    for number, visit in records.kind("V").items():
        technician = visit.get("technician")
        if not technician or visit["state"] not in OPEN_VISIT:
            continue
        if visit["state"] in ("arrived", "started"):
            if technician in at:
                yield "%s is at %s and at %s" % (technician, at[technician], number)
            at[technician] = number
        begin = seconds(visit["starts"])
        end = max(seconds(visit["ends"]), begin + 60 * int(visit.get("minutes", 0)))
        begin -= 60 * int(visit.get("travel", 0))
        for other, since, until in promised.setdefault(technician, []):
            if since < end and begin < until:
                yield "%s is promised for %s and for %s at once" % (technician, other, number)
        promised[technician].append((number, begin, end))


def references(records):
    """What a record names is there."""
    letters = {"ticket": "T", "unit": "U", "customer": "C", "technician": "E", "part": "P", "visit": "V", "follows": "V", "merged": "T", "repeats": "T"}
    for number, record in records.records.items():
        for name, letter in letters.items():
            value = record.get(name, "")
            if value[:1] == letter and value[1:].isdigit() and value not in records.records:
                if not (number[0] == "T" and name == "technician"):
                    yield "%s names %s as its %s, which is not there" % (number, value, name)


INVARIANTS = (things, debts, parts, technicians, references)
