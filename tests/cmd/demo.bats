#!/usr/bin/env bats
# The guided run does what it shows.
load setup
load reply

setup() {
  scratch
  export SVC_NOW=2026-03-02T09:30:00+08:00
}

@test "every step ends as it should, and nothing is left behind" {
  mkdir tmp
  TMPDIR=$PWD/tmp run -0 svc demo
  [[ $output == *'$ svc init'* ]]
  [[ $output == *'$ svc import tickets repairs.csv --map repairs.yaml'* ]]
  [[ $output == *'4 read = 3 added'*'1 rejected'* ]]
  [[ $output == *'covered until 2026-04-20'* ]]
  [[ $output == *'2 passed, 0 failed'* ]]
  [ -z "$(ls -A tmp)" ]
}

@test "it leaves the user's own desk alone" {
  svc init >/dev/null
  svc demo >/dev/null
  run -0 svc ticket list -q
  [ -z "$output" ]
}

@test "it speaks Chinese" {
  LANG=zh_CN.UTF-8 run -0 svc demo
  [[ $output != *"That was the main job"* ]]
}

@test "quietly it only says how it ended" {
  run -0 svc -q demo
  [ -z "$output" ]
}
