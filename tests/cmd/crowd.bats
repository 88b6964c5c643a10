#!/usr/bin/env bats
# Many at once on one store, and some of them killed; ./bootstrap soak does it at full size.
load setup

setup() {
  scratch
}

@test "eight processes at once: nothing is lost, doubled or out of order, and nobody waits in vain" {
  python3 "$SOURCE/tests/cmd/crowd.py" "$PROGRAM" crowd 8 60
}

@test "killed at random moments, every command has happened whole or not at all" {
  python3 "$SOURCE/tests/cmd/crowd.py" "$PROGRAM" kill 15 "${SEED:-$RANDOM}"
}
