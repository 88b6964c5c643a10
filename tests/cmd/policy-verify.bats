#!/usr/bin/env bats
# The file edited by hand: what svc policy verify says of it.
load setup
load reply

setup() {
  scratch
  export SVC_NOW=2026-03-02T09:30:00+08:00
  svc init --policy golf-carts >/dev/null
  for day in 2024-05-01 2024-06-01 2025-07-01; do
    svc ticket open "purchase=$day" component=motor cause=defect >/dev/null || true
  done
  run -0 svc policy verify
  [ "$output" = "3 decisions: 3 come out the same, 0 do not" ]
}

# Statements against the file, as any tool would make them.
edit() {
  python3 -c 'import sqlite3, sys
desk = sqlite3.connect(sys.argv[1])
desk.executescript(sys.argv[2])
desk.commit()' "$HOME/.local/share/svc/desk.db" "$1"
}

@test "a decision that is gone is named with its ticket" {
  edit 'DELETE FROM decision WHERE id = 2'
  gives 1 policy verify
  says "decision 2 of ticket T2, made by event" "2 decisions: 2 come out the same, 0 do not" "1 more finding in the file"
  gives 1 policy verify T2
  says "the decision of ticket T2 that event"
  gives 0 policy verify T1
  gives 1 --lang zh policy verify
  says "判定 2（服务单 T2"
  svc policy verify --json | json svc.policy.verify/1 || true
  [ "$(field findings.0.kind)" = decision_gone ]
  [ "$(field findings.0.decision)" = 2 ]
  [ "$(field findings.0.ticket)" = T2 ]
}

@test "a row that was put in is named" {
  edit 'UPDATE decision SET seal = NULL; INSERT INTO decision SELECT 4, ticket, event, ask, policy, version, hash, settings, facts, verdict, answer, now, engine, NULL FROM decision WHERE id = 1'
  gives 1 policy verify
  says "decision 4 of ticket T1, by policy golf-carts" "it was put into the file" "4 decisions: 3 come out the same, 1 do not"
  svc policy verify --json | json svc.policy.verify/1 || true
  [ "$(field deviating.0.unmade)" = true ]
}

@test "a kept text that was altered or is gone" {
  edit "UPDATE pack_text SET text = text || char(10)"
  gives 1 policy verify
  says "the kept text of its pack was altered" "3 decisions: 0 come out the same, 3 do not"
  edit 'DELETE FROM pack_text'
  gives 1 policy verify
  says "the text of its pack is gone"
}
