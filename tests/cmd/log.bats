#!/usr/bin/env bats

load setup

setup() {
	scratch
	svc init >/dev/null
	svc --now 2025-01-10T09:00:00Z --as first customer add A >/dev/null
	svc --now 2025-01-11T09:00:00Z --as second unit register X >/dev/null
	svc --now 2025-01-12T09:00:00Z --as first unit edit X --model M >/dev/null
}

@test "events say who, what and when" {
	gives 0 log --json
	says '"actor":"first"' '"verb":"registered"' '"occurred":"2025-01-11T09:00:00Z"'
	gives 0 log U1 --tsv --columns verb
	[ "$output" = $'verb\nregistered\nedited' ]
	gives 0 log
	says model=M
}

@test "events are chosen by actor, kind and time" {
	gives 0 log --actor second -q --verb registered
	[ "$(wc -l <<<"$output")" = 1 ]
	gives 0 log --from 2025-01-11 --to 2025-01-11 --tsv --columns subject
	[ "$output" = $'subject\nU1' ]
	gives 0 log --newest --limit 1 --tsv --columns verb
	[ "$output" = $'verb\nedited' ]
	gives 0 log --actor nobody --json
	[ "$output" = '[]' ]
	gives 2 log --from someday
	says --from
}
