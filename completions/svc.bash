# bash completions of svc. Made by `svc help --completion bash`; changes here are lost.
# shellcheck shell=bash

_svc_nouns=' init customer unit ticket technician dispatch visit warranty return repair fee part complaint conduct kb custody exchange refund policy import actor batch undo log doctor demo help version '

# What may follow a noun and a verb: sets `words` and `options` of the caller.
_svc_known() {
	case "$1 $2" in
	' ') words=$_svc_nouns ;;
	'init '*) options=' --key' ;;
	'customer ') words=' add show list edit' ;;
	'customer add') options=' --phone --email --address --zone --distance-km --language --kind --note --dry-run --key' ;;
	'customer show') options='' ;;
	'customer list') options=' --name --phone --email --address --zone --distance-km --language --kind --legacy --text --sort --limit --count' ;;
	'customer edit') options=' --name --phone --email --address --zone --distance-km --language --kind --note --dry-run --key' ;;
	'unit ') words=' register show list edit history' ;;
	'unit register') options=' --product --component --model --brand --customer --policy --manufacture --shipment --purchase --invoice --payment --delivery --installation --acceptance --handover --replacement --repaired --sold-as --sold-via --bought-from --owner --price --note --dry-run --key' ;;
	'unit show') options='' ;;
	'unit list') options=' --serial --product --component --model --brand --customer --policy --manufacture --shipment --purchase --invoice --payment --delivery --installation --acceptance --handover --replacement --repaired --sold-as --sold-via --bought-from --owner --price --legacy --text --sort --limit --count' ;;
	'unit edit') options=' --serial --product --component --model --brand --customer --policy --manufacture --shipment --purchase --invoice --payment --delivery --installation --acceptance --handover --replacement --repaired --sold-as --sold-via --bought-from --owner --price --note --dry-run --key' ;;
	'unit history') options='' ;;
	'ticket ') words=' open show list note advance stages close reopen merge cancel escalate tasks done drop checklist tick' ;;
	'ticket open') options=' --register --unit-field --kind --opened --closed --channel --product --brand --symptom --outcome --severity --customer --unit --technician --fee --variant --priority --note --key' ;;
	'ticket show') options='' ;;
	'ticket list') options=' --kind --state --opened --closed --channel --product --brand --symptom --outcome --severity --customer --unit --technician --fee --verdict --policy --stage --legacy --text --sort --limit --count' ;;
	'ticket note') options=' --key' ;;
	'ticket advance') options=' --at --text --outcome --override --key' ;;
	'ticket stages') options='' ;;
	'ticket close') options=' --outcome --key' ;;
	'ticket reopen') options=' --key' ;;
	'ticket merge') options=' --at --key' ;;
	'ticket cancel') options=' --at --key' ;;
	'ticket escalate') options=' --at --key' ;;
	'ticket tasks') options=' --name --ticket --state --holder --due --done --text --sort --limit --count' ;;
	'ticket done') options=' --at --key' ;;
	'ticket drop') options=' --at --key' ;;
	'ticket checklist') options='' ;;
	'ticket tick') options=' --at --stage --explain --key' ;;
	'technician ') words=' add edit show list absence absences leave return load' ;;
	'technician add') options=' --skills --zones --shift --phone --note --dry-run --key' ;;
	'technician edit') options=' --name --skills --zones --shift --phone --note --dry-run --key' ;;
	'technician show') options='' ;;
	'technician list') options=' --name --skills --zones --shift --phone --state --text --sort --limit --count' ;;
	'technician absence') options=' --from --to --reason --dry-run --key' ;;
	'technician absences') options=' --technician --starts --ends --reason --text --sort --limit --count' ;;
	'technician leave') options=' --dry-run --key' ;;
	'technician return') options=' --dry-run --key' ;;
	'technician load') options=' --from --to' ;;
	'dispatch ') words=' candidates check assign reassign board' ;;
	'dispatch candidates') options=' --from --to --minutes --travel --needs' ;;
	'dispatch check') options=' --technician --from --to --minutes --travel --needs' ;;
	'dispatch assign') options=' --technician --from --to --minutes --travel --needs --note --dry-run --key' ;;
	'dispatch reassign') options=' --technician --from --to --dry-run --key' ;;
	'dispatch board') options=' --day --technician' ;;
	'visit ') words=' depart arrive start finish no-one-home cancel drop next list show' ;;
	'visit depart') options=' --at --dry-run --key' ;;
	'visit arrive') options=' --at --dry-run --key' ;;
	'visit start') options=' --at --dry-run --key' ;;
	'visit finish') options=' --at --remaining --dry-run --key' ;;
	'visit no-one-home') options=' --at --dry-run --key' ;;
	'visit cancel') options=' --at --dry-run --key' ;;
	'visit drop') options=' --at --dry-run --key' ;;
	'visit next') options=' --technician --from --to --minutes --travel --needs --dry-run --key' ;;
	'visit list') options=' --ticket --technician --state --starts --ends --minutes --travel --needs --departed --arrived --finished --late --text --sort --limit --count' ;;
	'visit show') options='' ;;
	'warranty ') words=' check' ;;
	'warranty check') options=' --explain --batch --format --jobs --set' ;;
	'return ') words=' check' ;;
	'return check') options=' --explain --batch --format --jobs --set' ;;
	'repair ') words=' diagnose quote approve decline log check result report' ;;
	'repair diagnose') options=' --text --key' ;;
	'repair quote') options=' --line --payer --key' ;;
	'repair approve') options=' --by --at --text --key' ;;
	'repair decline') options=' --by --at --text --key' ;;
	'repair log') options=' --process --hours --technician --visit --cost --note --at --key' ;;
	'repair check') options=' --text --key' ;;
	'repair result') options=' --at --text --key' ;;
	'repair report') options=' --record --form --field --markdown --key' ;;
	'fee ') words=' quote charge pay waive show list balance receipt free' ;;
	'fee quote') options=' --item --explain --batch --format --jobs --set' ;;
	'fee charge') options=' --item --override --at --key' ;;
	'fee pay') options=' --amount --receipt --at --key' ;;
	'fee waive') options=' --reason --at --key' ;;
	'fee show') options='' ;;
	'fee list') options=' --ticket --item --state --quantity --unit-price --amount --payer --basis --paid --receipt --text --sort --limit --count' ;;
	'fee balance') options='' ;;
	'fee receipt') options='' ;;
	'fee free') options=' --from --to' ;;
	'part ') words=' add edit show list receive reserve issue use return write-off old-part issues count stock moves' ;;
	'part add') options=' --name --component --minimum --price --cost --place --note --dry-run --key' ;;
	'part edit') options=' --number --name --component --minimum --price --cost --place --note --dry-run --key' ;;
	'part show') options='' ;;
	'part list') options=' --number --name --component --on-hand --reserved --minimum --price --cost --text --sort --limit --count' ;;
	'part receive') options=' --cost --supplier --reference --at --dry-run --key' ;;
	'part reserve') options=' --at --dry-run --key' ;;
	'part issue') options=' --technician --approved-by --old-part --override --at --dry-run --key' ;;
	'part use') options=' --override --at --dry-run --key' ;;
	'part return') options=' --reason --at --dry-run --key' ;;
	'part write-off') options=' --reason --override --at --dry-run --key' ;;
	'part old-part') options=' --explain --at --dry-run --key' ;;
	'part issues') options=' --part --ticket --technician --state --quantity --used --returned --written-off --old-part --approved-by --issued --due --text --sort --limit --count' ;;
	'part count') options=' --reason --at --dry-run --key' ;;
	'part stock') options=' --below-minimum' ;;
	'part moves') options='' ;;
	'complaint ') words=' show step escalate close' ;;
	'complaint show') options='' ;;
	'complaint step') options=' --skip --text --at --key' ;;
	'complaint escalate') options=' --text --at --key' ;;
	'complaint close') options=' --outcome --override --text --key' ;;
	'conduct ') words=' log show list review rank appeal uphold reverse' ;;
	'conduct log') options=' --on --evidence --note --key' ;;
	'conduct show') options='' ;;
	'conduct list') options=' --person --rule --occurred --state --ticket --evidence --text --sort --limit --count' ;;
	'conduct review') options=' --as-of --rank' ;;
	'conduct rank') options=' --month' ;;
	'conduct appeal') options=' --reason --key' ;;
	'conduct uphold') options=' --reason --key' ;;
	'conduct reverse') options=' --reason --key' ;;
	'kb ') words=' add edit show list search publish retire link' ;;
	'kb add') options=' --product --component --symptom --cause --solution --note --dry-run --key' ;;
	'kb edit') options=' --title --product --component --symptom --cause --solution --note --dry-run --key' ;;
	'kb show') options='' ;;
	'kb list') options=' --title --state --product --component --used --text --sort --limit --count' ;;
	'kb search') options=' --product --component --all --limit' ;;
	'kb publish') options=' --key' ;;
	'kb retire') options=' --key' ;;
	'kb link') options=' --key' ;;
	'custody ') words=' expect receive lend move ship handover keep drop show history list' ;;
	'custody expect') options=' --kind --description --belongs --due --text --at --key' ;;
	'custody receive') options=' --kind --description --belongs --receipt --holder --place --due --carrier --tracking --freight --freight-payer --collect --event --text --at --key' ;;
	'custody lend') options=' --description --receipt --due --signed-by --text --at --key' ;;
	'custody move') options=' --place --text --at --key' ;;
	'custody ship') options=' --carrier --tracking --freight --freight-payer --collect --due --place --event --text --at --key' ;;
	'custody handover') options=' --signed-by --event --text --at --key' ;;
	'custody keep') options=' --at --key' ;;
	'custody drop') options=' --at --key' ;;
	'custody show') options='' ;;
	'custody history') options='' ;;
	'custody list') options=' --ticket --kind --unit --serial --description --belongs --state --holder --since --place --receipt --due --text --sort --limit --count' ;;
	'exchange ') words=' open recover' ;;
	'exchange open') options=' --due --deduct --without-return --override --text --serial --product --component --model --brand --customer --policy --manufacture --shipment --purchase --invoice --payment --delivery --installation --acceptance --handover --replacement --repaired --sold-as --sold-via --bought-from --owner --price --note --set --key' ;;
	'exchange recover') options=' --text --key' ;;
	'refund ') words=' open pay' ;;
	'refund open') options=' --due --deduct --without-return --override --text --set --key' ;;
	'refund pay') options=' --receipt --key' ;;
	'policy ') words=' list show new check ask test cases lint set verify diff impact floor' ;;
	'policy list') options='' ;;
	'policy show') options=' --sold --markdown' ;;
	'policy new') options=' --title --to' ;;
	'policy check') options='' ;;
	'policy ask') options=' --explain --set' ;;
	'policy test') options=' --only-policy --ask --id --coverage' ;;
	'policy cases') options=' --ask' ;;
	'policy lint') options='' ;;
	'policy set') options=' --from --key' ;;
	'policy verify') options='' ;;
	'policy diff') options=' --ask' ;;
	'policy impact') options=' --facts --format --ask --units --from --to --every --set' ;;
	'policy floor') options='' ;;
	'import '*) options=' --map --encoding --format --rejects --all-or-nothing --dry-run --key' ;;
	'actor ') words=' add role list' ;;
	'actor add') options=' --role --note --dry-run --key' ;;
	'actor role') options=' --dry-run --key' ;;
	'actor list') options=' --name --role --text --sort --limit --count' ;;
	'batch '*) options=' --atomic --dry-run' ;;
	'undo '*) options=' --dry-run --key' ;;
	'log '*) options=' --verb --actor --from --to --newest --limit' ;;
	'doctor '*) options=' --rebuild --key' ;;
	'demo '*) options='' ;;
	'help '*) options=' --completion' ;;
	'version '*) options='' ;;
	esac
	options+=' --db --policy --policy-path --now --as --json --jsonl --tsv --columns --quiet --verbose --no-pager --color --lang --wait --help'
}

_svc() {
	local line=${COMP_LINE:0:COMP_POINT} noun='' verb='' words='' options='' word
	local -a typed # bash would break fact=value in three
	read -ra typed <<<"$line"
	[[ $line == *[[:space:]] ]] && typed+=('')
	local current=${typed[-1]} before=${typed[-2]-}
	local kept=${current%"${current##*[=:]}"}
	for word in "${typed[@]:1:${#typed[@]}-2}"; do
		if [[ -z $noun ]]; then
			[[ $_svc_nouns == *" $word "* ]] && noun=$word
		elif [[ -z $verb && $word != -* ]]; then
			verb=$word
		fi
	done
	_svc_known "$noun" "$verb"
	[[ $current == -* ]] && words=$options
	if [[ -n $words && $before != -* && $current != -*=* ]]; then
		mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
		return
	fi
	while IFS=$'\t' read -r word _; do
		if [[ $word == @file ]]; then
			mapfile -t COMPREPLY < <(compgen -f -- "$current")
			return
		fi
		word=${word#"$kept"}
		COMPREPLY+=("${word// /\\ }")
	done < <(svc complete -- "${typed[@]:1}" 2>/dev/null)
}

complete -F _svc svc
