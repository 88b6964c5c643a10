#!/usr/bin/env python3
"""Makes a broken legacy file out of a good one, and mends the rejects that an import of it leaves.

make-broken.py break GOOD OUT [--encoding E] [--mark] [--seed N]
    writes OUT with CR LF line ends, Chinese symptoms mixed in and 1 % of the rows broken in each way, OUT.good (line
    number and good form of each broken row), and prints what an import must find, as JSON.
make-broken.py mend REJECTS GOOD_ROWS OUT --encoding E
    writes OUT: the rejects with each row in its good form.
"""
import argparse
import csv
import io
import json
import random

CHINESE = ['充不进电', '显示屏不亮，按键无反应', '异响\r\n且漏水', '电池“鼓包”，续航短']


def line_of(fields):
    text = io.StringIO()
    csv.writer(text, lineterminator='\r\n').writerow(fields)
    return text.getvalue()


def replaced(row, **changes):
    return line_of({**row, **changes}.values())


def bad_quotes(row, _):
    return replaced(row, brand='MARK').replace('MARK', '"Acme', 1)


# How a row is broken, by the reason that the import must give. Each gives the row's text; \udcff stands for a byte that
# means nothing in any of the encodings.
BREAKS = {
    'bad_date': lambda row, taken: replaced(row, event_date='2019-02-30'),
    'missing': lambda row, taken: replaced(row, event_date=''),
    'unknown_value': lambda row, taken: replaced(row, repair_status='Perhaps'),
    'duplicate_in_file': lambda row, taken: replaced(row, id=taken),
    'too_many_fields': lambda row, taken: line_of([*row.values(), 'one more']),
    'too_few_fields': lambda row, taken: line_of(list(row.values())[:-2]),
    'bad_encoding': lambda row, taken: replaced(row, brand='Ac\udcffme'),
    'bad_quotes': bad_quotes,
    'control_character': lambda row, taken: replaced(row, brand='Ac\x1bme'),
    'too_long': lambda row, taken: replaced(row, brand='x' * 1001),
}
FIELDS = {
    'bad_date': 'opened', 'missing': 'opened', 'unknown_value': 'outcome', 'duplicate_in_file': 'legacy_id',
    'too_many_fields': '', 'too_few_fields': '', 'bad_encoding': 'brand', 'bad_quotes': '',
    'control_character': 'brand', 'too_long': 'brand',
}


def encoded(text, encoding):
    return b'\xff'.join(part.encode(encoding) for part in text.split('\udcff'))


def plan_breaks(rows, chance):
    """Row number -> reason; the first row stays good, so that each duplicate has an original."""
    share = max(1, len(rows) // 100)
    chosen = chance.sample(range(1, len(rows)), share * len(BREAKS))
    reasons = [reason for reason in BREAKS for _ in range(share)]
    return dict(zip(chosen, reasons))


def break_file(options):
    chance = random.Random(options.seed)
    with open(options.good, newline='', encoding='utf-8') as file:
        rows = list(csv.DictReader(file))
    breaks = plan_breaks(rows, chance)
    good, taken, line = {}, rows[0]['id'], 2
    with open(options.out, 'wb') as out:
        out.write(encoded(('\ufeff' if options.mark else '') + line_of(rows[0].keys()), options.encoding))
        for number, row in enumerate(rows):
            reason = breaks.get(number)
            if number % 3 == 0 and not reason:
                row['problem'] = chance.choice(CHINESE)
            text = BREAKS[reason](row, taken) if reason else replaced(row)
            if reason:
                good[line] = replaced(row)
            elif chance.random() < 0.2:
                taken = row['id']
            out.write(encoded(text, options.encoding))
            line += text.count('\n')
    with open(options.out + '.good', 'w', encoding='utf-8') as file:
        json.dump(good, file)
    lines = dict(zip(sorted(breaks), sorted(good)))
    expected = sorted([lines[number], FIELDS[reason], reason] for number, reason in breaks.items())
    print(json.dumps({'rows': len(rows), 'bad': len(breaks), 'rejects': expected}))


def mend_file(options):
    with open(options.good, encoding='utf-8') as file:
        good = json.load(file)
    with open(options.rejects, 'rb') as file:
        lines = file.read().split(b'\r\n')
    with open(options.out, 'wb') as out:
        out.write(lines[0] + b'\r\n')
        for line in filter(None, lines[1:]):
            prefix = line.split(b',', 3)[:3]
            out.write(b','.join(prefix) + b',' + good[prefix[0].decode()].encode(options.encoding))


def main():
    parser = argparse.ArgumentParser()
    commands = parser.add_subparsers(dest='command', required=True)
    breaking = commands.add_parser('break')
    breaking.add_argument('good')
    breaking.add_argument('out')
    breaking.add_argument('--mark', action='store_true')
    breaking.add_argument('--seed', type=int, default=1)
    mending = commands.add_parser('mend')
    mending.add_argument('rejects')
    mending.add_argument('good')
    mending.add_argument('out')
    for command in (breaking, mending):
        command.add_argument('--encoding', default='utf-8')
    options = parser.parse_args()
    {'break': break_file, 'mend': mend_file}[options.command](options)


if __name__ == '__main__':
    main()
