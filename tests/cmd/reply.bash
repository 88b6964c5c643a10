# Looking into a JSON reply: svc --json ... | json SCHEMA, then field name.name.0
# shellcheck shell=bash

bats_require_minimum_version 1.5.0

json() { # SCHEMA: keeps the reply on standard input, which has to name this schema and to fit it
  cat >"$BATS_TEST_TMPDIR/json"
  grep -q "\"schema\":\"$1\"" "$BATS_TEST_TMPDIR/json" || {
    echo "no reply of $1:"
    cat "$BATS_TEST_TMPDIR/json"
    return 1
  }
  python3 "$SOURCE/tests/schema/validate.py" "$BATS_TEST_TMPDIR/json"
}

field() { # PATH: one value of the reply that was kept; nothing when it is absent
  python3 - "$BATS_TEST_TMPDIR/json" "$1" <<'PY'
import json, sys
value = json.load(open(sys.argv[1], encoding="utf-8"))
for name in sys.argv[2].split("."):
    try:
        value = value[int(name)] if isinstance(value, list) else value[name]
    except (KeyError, IndexError):
        value = ""
        break
print(value if not isinstance(value, bool) else str(value).lower())
PY
}
