#!/usr/bin/env bats
# Global options: before or after the noun; command line over environment over file.

load setup

setup() {
	scratch
	svc --db a.db init A >/dev/null
	svc --db b.db init B >/dev/null
	svc --db a.db customer add inA >/dev/null
	svc --db b.db customer add inB >/dev/null
}

@test "the command line wins over the environment, that over the file" {
	mkdir -p .config/svc
	echo 'db: a.db' >.config/svc/config.yaml
	gives 0 customer list --tsv --columns name
	says inA
	SVC_DB=b.db gives 0 customer list --tsv --columns name
	says inB
	SVC_DB=b.db gives 0 customer list --tsv --columns name --db a.db
	says inA
	SVC_DB=b.db gives 0 --db=a.db customer list --tsv --columns name
	says inA
}

@test "a fault in the config file names its place" {
	mkdir -p .config/svc
	printf 'lang: en\npolcy: x\n' >.config/svc/config.yaml
	gives 4 version
	says config.yaml:2: polcy 'policy'
	printf 'db: [\n' >.config/svc/config.yaml
	gives 4 version
	says config.yaml:
	printf 'color: pink\n' >.config/svc/config.yaml
	gives 2 version
	says pink
}

@test "values are checked where they are given" {
	gives 2 --wait soon --db a.db customer list
	says --wait
	gives 2 --now yesterday --db a.db customer list
	says --now
	SVC_NOW=yesterday gives 2 --db a.db customer list
	says SVC_NOW
	gives 2 --color blue version
	says blue auto
	gives 2 --json --tsv version
	says --json --tsv
	gives 2 version --db
	says --db
	gives 2 version --json=yes
	says --json
	gives 2 demo --tsv
	says --tsv
}

@test "after -- everything is an argument" {
	gives 0 --db a.db customer add -- --odd-name
	gives 0 --db a.db customer list --text odd -q
	[ "$output" = C2 ]
}

@test "an unknown option is wrong usage, also a short one" {
	gives 2 --db a.db customer list -x
	says -x
	gives 2 --frob
	says --frob
}
