#!/usr/bin/env bats

load setup

setup() {
	scratch
}

@test "the version, three ways" {
	gives 0 version
	[[ $output =~ ^svc\ [0-9]+\.[0-9]+\.[0-9]+$ ]]
	gives 0 --version
	[[ $output =~ ^svc ]]
	gives 0 version --json
	gives 0 version --tsv
	says version
	gives 2 version now
}
