#!/usr/bin/env bats
# A change with a key happens once; a rehearsal not at all.

load setup
bats_require_minimum_version 1.5.0

setup() {
	scratch
	svc init >/dev/null
}

@test "the same key and arguments show the first result, in the form that is asked for" {
	gives 0 unit register A --key k --json
	first=$output
	gives 0 unit register A --key k --json
	[ "$output" = "$first" ]
	gives 0 unit register A --key k
	says U1
	gives 0 unit register A --key k --tsv --columns id,serial
	[ "$output" = $'id\tserial\nU1\tA' ]
	gives 0 -q unit register A --key k
	[ "$output" = U1 ]
	gives 0 unit list --count
	[ "$output" = 1 ]
}

@test "the order of options does not matter, their values do" {
	gives 0 unit register A --model M --brand B --key k
	gives 0 unit register --brand B --key k A --model M
	gives 6 unit register A --model N --brand B --key k
	gives 6 customer add A --key k
}

@test "what failed or was a rehearsal uses up no key" {
	gives 5 unit register A --customer C9 --key k
	gives 0 unit register A --dry-run --key k
	gives 0 unit list --count
	[ "$output" = 0 ]
	gives 0 unit register A --key k
}

@test "a change that tells of several records shows them all again" {
	svc ticket open --symptom dead >/dev/null
	for form in '' --json --jsonl --tsv -q '--json --columns id,item'; do
		gives 0 $form repair quote T1 --line board=30 --line labour=20 --key "k$form"
		first=$output
		[ "${#lines[@]}" -ge 1 ]
		gives 0 $form repair quote T1 --line board=30 --line labour=20 --key "k$form"
		[ "$output" = "$first" ]
	done
	gives 0 -q repair quote T1 --line board=30 --line labour=20 --key k
	[ "$output" = $'F1\nF2' ]
	gives 0 --tsv --columns id,amount repair quote T1 --line board=30 --line labour=20 --key k
	[ "$output" = $'id\tamount\nF1\t30.00\nF2\t20.00' ]
	gives 0 -q repair quote T1 --line fan=3
	[ "$output" = F13 ]
	run -4 --separate-stderr "$PROGRAM" repair approve T1 --at 2020-01-01 --json # nothing of it is told
	[ -z "$output" ]
}
