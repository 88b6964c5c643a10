#!/usr/bin/env bats

load setup

setup() {
	scratch
	svc init >/dev/null
	svc customer add 甲公司 >/dev/null
	svc unit register GC-1 --product cart >/dev/null
	svc unit register GX-2 >/dev/null
}

offers() { # WORDS... : the candidates without their descriptions
	run "$PROGRAM" complete -- "$@"
	[ "$status" = 0 ]
	output=$(cut -f1 <<<"$output")
}

@test "nouns, verbs and options" {
	offers uni
	[ "$output" = unit ]
	offers unit re
	[ "$output" = register ]
	offers unit list --cus
	[ "$output" = --customer ]
	offers help tick
	[ "$output" = ticket ]
}

@test "choices, serial numbers and customers" {
	offers --color a
	[ "$output" = $'auto\nalways' ]
	offers unit show GC
	[ "$output" = GC-1 ]
	offers unit list --customer ''
	[ "$output" = 甲公司 ]
	offers unit list --customer=
	[ "$output" = --customer=甲公司 ]
}

@test "packs, facts and their words" {
	offers --policy golf
	[ "$output" = golf-carts ]
	offers warranty check --policy golf-carts compo
	[ "$output" = component= ]
	offers warranty check --policy golf-carts component=mot
	[ "$output" = component=motor ]
}

@test "nothing to offer is silence, whatever is wrong" {
	offers no such command ''
	[ "$output" = '' ]
	offers --db /nowhere/desk.db unit show ''
	[ "$output" = '' ]
	offers unit show GC --policy
	run "$PROGRAM" complete
	[ "$status" = 0 ]
}

@test "the shells read their files" {
	bash -n "$SOURCE/completions/svc.bash"
	if command -v zsh; then zsh -n "$SOURCE/completions/_svc"; fi
	if command -v fish; then fish --no-execute "$SOURCE/completions/svc.fish"; fi
}

@test "bash completes a serial number and a fact" {
	PATH=$(dirname "$PROGRAM"):$PATH
	# shellcheck source=/dev/null
	source "$SOURCE/completions/svc.bash"
	typed() {
		COMP_LINE=$1 COMP_POINT=${#1} COMPREPLY=()
		_svc
	}
	typed 'svc unit show GC'
	[ "${COMPREPLY[*]}" = GC-1 ]
	typed 'svc --policy golf-carts warranty check component=mot'
	[ "${COMPREPLY[*]}" = motor ]
	typed 'svc unit regi'
	[ "${COMPREPLY[*]}" = register ]
	typed 'svc ticket list --state=o'
	[ "${COMPREPLY[*]}" = open ]
}
