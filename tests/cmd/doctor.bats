#!/usr/bin/env bats

load setup

setup() {
	scratch
	svc init --policy golf-carts >/dev/null
	svc unit register SN-1 --component motor >/dev/null
}

# Changes the file behind the back of svc.
meddle() {
	python3 - "$1" <<'PY'
import os, sqlite3, sys
store = sqlite3.connect(os.path.expanduser('~/.local/share/svc/desk.db'))
store.execute(sys.argv[1])
store.commit()
PY
}

@test "a sound desk has at most remarks" {
	gives 0 doctor
	[[ $output =~ actors ]]
	svc actor add clerk >/dev/null
	gives 0 doctor --as clerk --json
	says '[]'
}

@test "a record that differs from the log is found, and worked out again" {
	meddle "update unit set component = 'gearbox'"
	gives 1 doctor --json
	[[ $output =~ '"finding":"records"' ]]
	gives 0 doctor --rebuild
	gives 0 unit show SN-1 --columns component --tsv
	[[ $output =~ motor ]]
	gives 0 doctor
}

@test "a closed ticket with something owed" {
	svc ticket open SN-1 --symptom x >/dev/null
	svc custody receive T1 SN-1 >/dev/null
	gives 6 ticket close T1
	meddle "update ticket set state = 'closed'"
	gives 1 doctor --json
	[[ $output =~ 'T1 is closed, but G1 is still in custody' ]]
}

@test "the default pack has to be there" {
	cp "$SOURCE/policies/lighting.yaml" own.yaml
	svc --db own.db init --policy ./own.yaml >/dev/null
	gives 0 --db own.db doctor
	rm own.yaml
	gives 1 --db own.db doctor --json
	[[ $output =~ '"finding":"policy"' ]]
}

@test "a file that is damaged inside" {
	python3 - <<'PY'
import os, sqlite3
path = os.path.expanduser('~/.local/share/svc/desk.db')
sqlite3.connect(path).execute('pragma wal_checkpoint(truncate)')
store = sqlite3.connect(path)
page = store.execute("select rootpage from sqlite_master where name = 'unit'").fetchone()[0]
size = store.execute('pragma page_size').fetchone()[0]
store.close()
with open(path, 'r+b') as file:
    file.seek((page - 1) * size)
    file.write(b'\xff' * 100)
PY
	run svc doctor
	[ "$status" -eq 1 ] || [ "$status" -eq 4 ]
	[ -n "$output" ]
}

@test "without a desk" {
	gives 5 --db nowhere.db doctor
}
