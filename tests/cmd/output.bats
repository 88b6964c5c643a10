#!/usr/bin/env bats
# How answers are shown: tables, forms, TSV, JSON, on a terminal and off it.

load setup

setup() {
	scratch
	svc init >/dev/null
}

on_terminal() { # runs a line on a pseudo terminal of 60 columns
	script -qec "stty cols 60 rows 20; TERM=xterm SVC_PAGER=cat $1" /dev/null
}

@test "tables are aligned, Chinese characters two columns wide" {
	svc customer add 甲公司 --phone 1 >/dev/null
	svc customer add abcdef --phone 2 >/dev/null
	gives 0 customer list --columns name,phone
	[ "$output" = $'name   phone\n甲公司 1\nabcdef 2' ]
}

@test "TSV escapes tab, line break and backslash" {
	svc customer add 'a\b' --note $'one\ttwo\nthree' >/dev/null
	gives 0 customer list --tsv --columns id,name,note
	[ "$output" = $'id\tname\tnote\nC1\ta\\\\b\tone\\ttwo\\nthree' ]
}

@test "JSON is one document, JSON lines one object a line" {
	svc customer add A >/dev/null
	svc customer add B >/dev/null
	[ "$(svc customer list --json | python3 -c 'import json,sys; print(len(json.load(sys.stdin)))')" = 2 ]
	[ "$(svc customer list --jsonl | wc -l)" = 2 ]
	gives 0 customer list --json --columns id
	says '[{"schema":"svc.customer/1","id":"C1"}'
}

@test "columns are chosen by name and order; an unknown one is named" {
	svc customer add A --phone 5 >/dev/null
	gives 0 customer list --columns phone,id --tsv
	[ "$output" = $'phone\tid\n5\tC1' ]
	gives 2 customer list --columns phon
	says phon phone
	gives 0 customer show C1 --columns name --json
	[ "$output" = '{"schema":"svc.customer/1","name":"A"}' ]
}

@test "control characters of the data never reach a terminal" {
	svc customer add A --note x >/dev/null
	python3 - <<'PY'
import os, sqlite3
db = sqlite3.connect(os.path.expanduser("~/.local/share/svc/desk.db"))
db.execute("update customer set note = ?, phone = ?", ("\x1b[2Jboo\u009b31m\u202ex", "\x1b]0;t\x07"))
db.commit()
PY
	for form in '' --tsv --json --jsonl; do
		for line in "show C1" "list --columns id,phone,note"; do
			# shellcheck disable=SC2086
			run svc customer $line $form
			[ "$status" = 0 ]
			[ -z "$(tr -d '\n\t' <<<"$output" | LC_ALL=C grep -aP '[\x00-\x1f\x7f]|\xc2[\x80-\x9f]|\xe2\x80\xae')" ]
		done
	done
	gives 0 customer show C1
	says '\x1b[2Jboo'
}

@test "an error message shows control characters, too" {
	run svc unit show $'X\e[31m'
	[ "$status" = 5 ]
	[[ $output != *$'\e'* ]]
}

@test "colour on a terminal only, and not with NO_COLOR" {
	svc customer add A >/dev/null
	[[ $(svc customer list) != *$'\e'* ]]
	[[ $(svc --color always customer list) == *$'\e[1m'* ]]
	[[ $(on_terminal "$PROGRAM customer list") == *$'\e['* ]]
	[[ $(on_terminal "env NO_COLOR=1 $PROGRAM customer list") != *$'\e['* ]]
	[[ $(on_terminal "env TERM=dumb $PROGRAM customer list") != *$'\e['* ]]
	[[ $(on_terminal "$PROGRAM --color never customer list") != *$'\e['* ]]
}

@test "a long text is cut to the terminal, not in a pipe" {
	long=$(printf 'x%.0s' {1..90})
	svc customer add "$long" >/dev/null
	[[ $(svc customer list) == *"$long"* ]]
	[[ $(on_terminal "$PROGRAM customer list") != *"$long"* ]]
	[[ $(on_terminal "$PROGRAM customer list") == *xxx…* ]]
	svc ticket open --symptom "$(printf 'x%.0s' {1..5000})" >/dev/null
	[ "$(svc ticket list | wc -c)" -lt 1500 ]
	[ "$(svc ticket list --tsv | wc -c)" -gt 5000 ]
}

@test "a table never runs over the edge of a terminal, and names what it left out" {
	svc customer add "$(printf '甲%.0s' {1..40})" --phone 0755-5550123 --email service@golf.example \
		--address "$(printf 'y%.0s' {1..90})" --zone suburb --kind dealer --language zh >/dev/null
	on_terminal "$PROGRAM --color never customer list" | tr -d '\r' >shown
	python3 - <<'PY'
import unicodedata
for line in open("shown", encoding="utf-8"):
    assert sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line.rstrip("\n")) <= 60, line
PY
	[[ $(<shown) == *'no room for: '*--columns* ]]
	run on_terminal "$PROGRAM customer list --columns id,name,phone,email,address,zone,kind,language"
	[[ $output == *language* && $output != *'no room'* ]]
}

@test "a text of several lines is one line of a table and of a story" {
	svc ticket open --symptom $'two\nlines' >/dev/null
	gives 0 ticket list
	says 'two lines'
	gives 0 ticket show T1
	says 'symptom two lines'
}

@test "no file takes the place of an output that is closed" {
	printf 'name\nA\n"B\n' >rows.csv
	run bash -c "'$PROGRAM' import customers rows.csv --rejects bad.csv 2>errors >&-"
	[ "$status" = 70 ]
	[[ $(<bad.csv) == svc_line* && $(<bad.csv) != *read* ]]
	run bash -c "'$PROGRAM' import customers missing.csv 2>&- >&- <&-"
	[ "$status" = 5 ]
}

@test "the pager stands between us and a terminal, and nowhere else" {
	svc customer add A >/dev/null
	[[ $(script -qec "TERM=xterm SVC_PAGER='sed s/^/paged:/' $PROGRAM customer list" /dev/null) == *paged:* ]]
	[[ $(script -qec "TERM=xterm SVC_PAGER='sed s/^/paged:/' $PROGRAM --no-pager customer list" /dev/null) != *paged:* ]]
	[[ $(SVC_PAGER='sed s/^/paged:/' svc customer list) != *paged:* ]]
}

@test "a closed pipe ends svc quietly, a full disk does not" {
	for i in 1 2 3; do svc customer add "customer $i" >/dev/null; done
	run bash -c "'$PROGRAM' help --dump json 2>&1 >/dev/full"
	[ "$status" = 70 ]
	says 'standard output'
	run bash -c "'$PROGRAM' customer list 2>&1 | true"
	[ "$status" = 0 ]
	[ "$output" = '' ]
	run bash -c "trap '' PIPE; '$PROGRAM' help --dump json | true"
	[ "$output" = '' ]
}

@test "an empty list is no error" {
	gives 0 customer list
	[ "$output" = '' ]
	gives 0 customer list --json
	[ "$output" = '[]' ]
	gives 0 customer list --jsonl
	[ "$output" = '' ]
}
