#!/usr/bin/env bats

load setup

setup() {
	scratch
	svc init >/dev/null
}

@test "a unit is registered with the dates of its sale and shown" {
	gives 0 unit register GC-1 --product golf_cart --manufacture 2024-03-15 --purchase 2024-04-01 --price 18000 --json
	says '"id":"U1"' '"serial":"GC-1"' '"purchase":"2024-04-01"' '"price":"18000.00"'
	gives 0 unit show GC-1
	says GC-1 2024-04-01 18000.00
	gives 0 unit show U1 --json
}

@test "the same serial twice is refused, of another maker it is another unit" {
	svc unit register X1 --brand one >/dev/null
	gives 6 unit register X1 --brand one
	says U1
	gives 0 unit register X1 --brand two
	gives 6 unit show X1
	says U1 U2
	gives 0 unit show U2
}

@test "units are filtered by ranges of dates and by customer" {
	svc customer add 甲公司 >/dev/null
	svc unit register A --purchase 2023-12-31 --customer C1 >/dev/null
	svc unit register B --purchase 2024-01-01 --customer 甲公司 >/dev/null
	svc unit register C --purchase 2024-12-31 >/dev/null
	gives 0 unit list --purchase 2024-01-01..2024-12-31 --tsv --columns serial
	[ "$output" = $'serial\nB\nC' ]
	gives 0 unit list --purchase ..2023-12-31 -q
	[ "$output" = U1 ]
	gives 0 unit list --customer C1 --count
	[ "$output" = 2 ]
	gives 0 unit list --purchase 2024-01-01 -q
	[ "$output" = U2 ]
	gives 2 unit list --purchase 2024
	says --purchase
}

@test "fields are changed and taken away; history tells it in order" {
	svc unit register A --purchase 2024-01-01 --note one >/dev/null
	gives 0 unit edit A --purchase 2024-02-01 --note ''
	gives 0 unit show A --json
	says '"purchase":"2024-02-01"'
	[[ $output != *note* ]]
	gives 0 unit history A --json
	says registered edited
	gives 0 unit history A
	says 2024-02-01
}

@test "bad values name their option" {
	gives 2 unit register A --purchase 2024-02-30
	says --purchase 2024-02-30
	gives 2 unit register A --price -5
	says --price
	gives 5 unit register A --customer C7
	gives 2 unit register A --serial B
	says 'unknown option --serial'
	gives 0 unit list --count
	[ "$output" = 0 ]
}
