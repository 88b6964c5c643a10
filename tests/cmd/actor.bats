#!/usr/bin/env bats

load setup

setup() {
	scratch
	svc init >/dev/null
}

@test "from the first actor on, only actors may write" {
	gives 0 customer add anyone
	gives 0 actor add counter --role advisor --json
	says '"role":"advisor"' '--as counter'
	gives 8 customer add somebody
	says tester
	gives 0 --as counter customer add somebody
	SVC_AS=counter gives 0 customer add else
	gives 0 customer list
}

@test "a role is changed; the same name twice is refused" {
	svc actor add counter --role advisor >/dev/null
	gives 0 --as counter actor role counter manager
	gives 0 actor list --json
	says '"role":"manager"'
	gives 6 --as counter actor add counter
	gives 5 --as counter actor role nobody manager
	gives 2 actor role counter
	says ROLE
}
