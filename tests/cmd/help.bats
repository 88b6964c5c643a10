#!/usr/bin/env bats

load setup

setup() {
	scratch
}

@test "help lists the commands, a noun its verbs, a verb its options" {
	gives 0 help
	says ticket warranty --policy
	gives 0 help unit
	says 'svc unit register'
	gives 0 help unit register
	says --purchase SERIAL 'svc unit register GC-1001'
	first=$output
	gives 0 unit register --help
	[ "$output" = "$first" ]
	gives 0 unit -h
	says 'svc unit history'
	gives 0 --help
	says --policy-path
}

@test "exit codes are listed, for scripts too" {
	gives 0 help exit-codes --tsv
	says $'70\t' $'0\t'
	gives 0 help exit-codes --json
}

@test "help speaks Chinese by name, without a locale" {
	LANG=zh_CN.UTF-8 gives 0 help
	says 命令 全局选项
	english=$(printf '%s\n' "$output" | grep -cE '[a-z]{4,} [a-z]{4,} [a-z]{4,}' || true)
	[ "$english" = 0 ]
	gives 0 --lang zh help unit register
	says 序列号
	SVC_LANG=zh gives 2 unit shw
	says 'svc unit show'
	LC_ALL=en_US.UTF-8 LANG=zh_CN.UTF-8 gives 0 help
	says Commands
}

@test "a misspelt word gets a suggestion" {
	gives 2 uint list
	says 'svc unit'
	gives 2 unit lst
	says 'svc unit list'
	gives 2 unit list --limt 3
	says --limit
	gives 2 help tickt
	says ticket
	gives 2 help unit shw
	says show
	gives 2
	says 'svc help'
	gives 2 unit
	says register
}
