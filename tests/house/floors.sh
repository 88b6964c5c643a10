#!/usr/bin/env bash
# The house stands on its floors: no lower floor includes a higher one, and foreign headers stay where they belong.
set -u
cd "$1" || exit 1
status=0

# complain FLOOR PATTERN WHY: no file of the floor may include what the pattern names.
forbid() {
  local where=$1 pattern=$2 why=$3 found
  # shellcheck disable=SC2086 # several folders are meant
  found=$(grep -rnE --include='*.[ch]' "#include [\"<](\.\./)*$pattern" $where)
  if [ -n "$found" ]; then
    printf '%s:\n%s\n' "$why" "$found"
    status=1
  fi
}

forbid lib/base '(policy|store|desk|exchange|report|cmd)/' 'base includes a higher floor'
forbid lib/policy '(store|desk|exchange|report|cmd)/' 'policy includes a floor beside or above it'
forbid lib/store '(policy|desk|exchange|report|cmd)/' 'store includes a floor beside or above it'
forbid lib/desk '(exchange|report|cmd)/' 'desk includes a floor beside or above it'
forbid lib/exchange '(report|cmd)/' 'exchange includes a floor beside or above it'
forbid cmd '(base|policy|store|desk|exchange|report)/' 'cmd includes what is not public'
forbid include '(base|policy|store|desk|exchange|report|cmd)/' 'a public header includes what is not public'
forbid 'cmd include lib/base lib/policy lib/desk lib/exchange' 'sqlite3\.h' 'SQLite outside lib/store'
forbid 'cmd include lib/policy lib/store lib/desk lib/exchange' 'yaml\.h' 'libyaml outside lib/base'
exit $status
