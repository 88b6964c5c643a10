#!/usr/bin/env bats
# A change with a key happens once; a rehearsal not at all.

load setup

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
