# What every command test begins with: a scratch home, the program under test, and a check of every JSON reply.
# shellcheck shell=bash disable=SC2154

SOURCE=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
PROGRAM=${SVC_PROGRAM:-$SOURCE/build/cmd/svc}
export SOURCE PROGRAM

# A home of its own, in which the test then stands; nothing of the caller's language, zone or options gets in.
scratch() {
	unset SVC_DB SVC_POLICY SVC_POLICY_PATH SVC_NOW SVC_AS SVC_LANG SVC_PAGER PAGER NO_COLOR LC_ALL LC_MESSAGES \
		XDG_CONFIG_HOME XDG_DATA_HOME XDG_CACHE_HOME
	export HOME=$BATS_TEST_TMPDIR/home LANG=C TZ=UTC TERM=dumb LOGNAME=tester
	mkdir -p "$HOME"
	cd "$HOME" || return
}

# svc as a script runs it. JSON that it prints is held against the schema that it names; a reply that does not fit fails.
svc() {
	local word status=0 kept part=()
	[[ " $* " == *' --columns'* ]] && part=(--part)
	for word; do
		case $word in
		--json | --jsonl)
			kept=$(mktemp "$BATS_TEST_TMPDIR/reply.XXXXXX")
			"$PROGRAM" "$@" >"$kept" || status=$?
			cat "$kept"
			python3 "$SOURCE/tests/schema/validate.py" "${part[@]}" "$kept" >&2 || return 99
			rm -f "$kept"
			return "$status"
			;;
		--) break ;;
		esac
	done
	"$PROGRAM" "$@"
}

# Fails, and shows what there is, unless $output holds each text.
says() {
	local text
	for text; do
		[[ $output == *"$text"* ]] || {
			printf 'expected to read: %s\nin: %s\n' "$text" "$output"
			return 1
		}
	done
}

# run svc, and the exit code it has to have: gives 6 unit register X
gives() {
	local wanted=$1
	shift
	run svc "$@"
	((status == wanted)) || {
		printf 'svc %s: exit %d, expected %d\n%s\n' "$*" "$status" "$wanted" "$output"
		return 1
	}
}
