#!/usr/bin/env bats

load setup

setup() {
	scratch
}

@test "a desk is made once, readable by its owner alone" {
	gives 0 init 'North branch' --json
	says '"name":"North branch"' '.local/share/svc/desk.db'
	[ "$(stat -c %a .local/share/svc/desk.db)" = 600 ]
	gives 6 init
	says desk.db
}

@test "without a desk, the next step is named" {
	gives 5 customer list
	says 'svc init'
	HOME='' gives 2 customer list
	says --db
}

@test "a desk of its own file and its default pack" {
	gives 0 --db branch.db --policy golf-carts init
	[ -f branch.db ]
	gives 5 --db other.db --policy no-such-pack init
	[ ! -e other.db ]
}

@test "with a key, init may run twice" {
	gives 0 init --key first --json
	first=$output
	gives 0 init --key first --json
	[ "$output" = "$first" ]
	gives 6 init --key second
}

@test "a file that is no desk is refused and left alone" {
	echo hello >plain.db
	gives 4 --db plain.db customer list
	[ "$(cat plain.db)" = hello ]
	gives 6 --db plain.db init
	[ "$(cat plain.db)" = hello ]
}
