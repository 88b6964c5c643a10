#!/usr/bin/env bats
# Every verb has a manual section, an example, a test and, where it prints JSON, a schema; generated files are up to date.

load setup

setup() {
	scratch
	"$PROGRAM" help --dump json >tree.json
}

verbs() { # NOUN VERB SCHEMA a line; "-" for none
	python3 - <<'PY'
import json
for noun in json.load(open("tree.json"))["nouns"]:
    for verb in noun["verbs"]:
        if not (noun.get("hidden") or verb.get("hidden")):
            print(noun["name"], verb["name"] or "-", verb.get("schema") or "-")
PY
}

@test "the tree fits its schema and has an example for every verb" {
	python3 "$SOURCE/tests/schema/validate.py" tree.json
	python3 - <<'PY'
import json
for noun in json.load(open("tree.json"))["nouns"]:
    assert noun["verbs"], noun["name"]
    for verb in noun["verbs"]:
        name = (noun["name"] + " " + verb["name"]).strip()
        assert verb["examples"], name + ": no example"
        for example in verb["examples"]:
            assert "svc " in example["line"] and noun["name"] in example["line"], example["line"]
        assert verb["summary"] and not verb["summary"].endswith("."), name
        for option in verb["options"]:
            assert option.get("help"), name + " --" + option["name"]
PY
}

@test "every verb has a manual section" {
	while read -r noun verb _; do
		page=$SOURCE/man/svc-$noun.1
		[ "$verb" = - ] && verb=''
		grep -qxE "\.Ss svc $noun${verb:+ $verb}|\.Sh DESCRIPTION" "$page"
		[ -z "$verb" ] || grep -qx ".Ss svc $noun $verb" "$page" || { echo "no section: $noun $verb"; return 1; }
	done < <(verbs)
}

@test "every verb has a test" {
	while read -r noun verb _; do
		[ "$verb" = - ] && verb=''
		grep -qE "$noun $verb" "$SOURCE/tests/cmd/$noun"*.bats || { echo "no test: $noun $verb"; return 1; }
	done < <(verbs)
}

@test "every reply in JSON has a schema" {
	while read -r noun verb schema; do
		case $schema in
		-) [ "$noun" = demo ] || { echo "no JSON: $noun $verb"; return 1; } ;;
		svc.ask/1) ;; # one per question
		*) [ -f "$SOURCE/tests/schema/${schema/\//-}.json" ] || { echo "no schema: $schema"; return 1; } ;;
		esac
	done < <(verbs)
}

@test "the completions are those of the tree" {
	mkdir made
	"$SOURCE/completions/generate" "$PROGRAM" made
	for file in svc.bash _svc svc.fish; do
		diff "made/$file" "$SOURCE/completions/$file"
	done
}

@test "the manuals have the options of the tree, and mandoc finds no fault" {
	mkdir made
	cp "$SOURCE"/man/*.[15] made
	"$SOURCE/man/generate" "$PROGRAM" made/*.1
	for page in made/*; do
		diff "$page" "$SOURCE/man/${page#made/}"
		mandoc -T lint -W warning "$page"
	done
}

@test "the overview page lists every command and every exit code" {
	while read -r noun _; do
		grep -qx ".It Xr svc-$noun 1" "$SOURCE/man/svc.1"
	done < <(verbs)
	while IFS=$'\t' read -r code meaning; do
		[ "$code" = code ] || grep -A1 -x ".It $code" "$SOURCE/man/svc.1" | grep -qxF "$meaning"
	done < <("$PROGRAM" --lang en help exit-codes --tsv)
}

@test "every message stands translated in the Chinese catalogue" {
	cd "$SOURCE"
	find cmd lib -name '*.c' -exec grep -lE '\<N?_\("' {} + | LC_ALL=C sort | diff - po/POTFILES
	xgettext --from-code=UTF-8 --keyword=_ --keyword=N_ --files-from=po/POTFILES --output="$HOME/now.pot"
	msgmerge --quiet --no-fuzzy-matching po/zh_CN.po "$HOME/now.pot" >"$HOME/now.po"
	run msgfmt --check --statistics --output-file=/dev/null "$HOME/now.po"
	echo "$output"
	msgattrib --untranslated --no-obsolete "$HOME/now.po" | head -40
	[ "$status" = 0 ]
	[[ $output != *untranslated* && $output != *fuzzy* ]]
}
