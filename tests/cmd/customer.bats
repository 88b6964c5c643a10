#!/usr/bin/env bats

load setup

setup() {
	scratch
	svc init >/dev/null
}

@test "a customer is added, shown, found by name and number, and changed" {
	gives 0 customer add 'Riverside Golf Club' --phone 555-0100 --zone suburb --distance-km 12.5 --json
	[ "$output" = '{"schema":"svc.customer/1","id":"C1","name":"Riverside Golf Club","phone":"555-0100","zone":"suburb","distance_km":12.5}' ]
	gives 0 customer show 'Riverside Golf Club'
	says 'Riverside Golf Club' 555-0100 suburb
	gives 0 customer edit C1 --phone 555-0101 --zone ''
	gives 0 customer show C1 --json
	says '"phone":"555-0101"'
	[[ $output != *zone* ]]
}

@test "two customers of one name are told apart by number" {
	svc customer add 甲公司 >/dev/null
	svc customer add 甲公司 >/dev/null
	gives 6 customer show 甲公司
	says C1 C2
	gives 0 customer show C2
}

@test "customers are listed by text, sorted and counted" {
	for name in 'customer B' 'customer A' 'shop C'; do svc customer add "$name" >/dev/null; done
	gives 0 customer list --text CUSTOMER --sort name --tsv --columns name
	[ "$output" = $'name\ncustomer A\ncustomer B' ]
	gives 0 customer list --count
	[ "$output" = 3 ]
	gives 0 -q customer list --sort -name --limit 2
	[ "$output" = $'C3\nC1' ]
	gives 0 customer list --name nobody --json
	[ "$output" = '[]' ]
}

@test "what can't be taken is named, and nothing is written" {
	gives 4 customer add $'bell \a'
	says name
	gives 2 customer add X --distance-km far
	says --distance-km
	gives 2 customer add
	says NAME
	gives 5 customer show C9
	gives 5 customer show nobody
	gives 2 customer edit C1
	gives 0 customer list --count
	[ "$output" = 0 ]
}
