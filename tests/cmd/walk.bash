# Walks of a ticket through the workflow of a pack, a line at a time, each told what has to come of it.
# shellcheck shell=bash disable=SC2154

# A desk of its own whose only pack is this one.
walk_desk() { # PACK
  scratch
  export SVC_NOW=2026-03-02T09:30:00+08:00
  svc init --policy "$1" >/dev/null
}

opens() { # [OPTION|fact=value]...
  ticket=$(svc -q ticket open --symptom walk "$@")
}
notes() { # fact=value...: what holds of the ticket from now on
  gives 0 ticket note "$ticket" "$@"
}
begins() { # STAGE [OPTION|fact=value]...
  local stage=$1
  shift
  opens "$@"
  stands "$stage"
}

stands() { # STAGE [closed]
  local where
  where=$(svc --tsv --columns stage,state ticket show "$ticket" | tail -n 1)
  [ "$where" = "$1"$'\t'"${2:-open}" ] || {
    echo "$ticket stands at $where, not at $1 ${2:-open}"
    return 1
  }
}

# goes EVENT [fact=value]... to STAGE [closed]
goes() {
  local given=()
  while [ "$1" != to ]; do
    given+=("$1")
    shift
  done
  gives 0 ticket advance "$ticket" "${given[@]}"
  stands "$2" "${3:-open}"
}

# EXIT TEXT EVENT [fact=value]...: nothing is written, and the answer names the text (a clause, or what is missing)
keeps() {
  local wanted=$1 text=$2 before
  shift 2
  before=$(svc --tsv log | sha256sum)
  gives "$wanted" ticket advance "$ticket" "$@"
  says "$text"
  [ "$before" = "$(svc --tsv log | sha256sum)" ] || {
    echo "a refused step was written: $*"
    return 1
  }
}
refused() { # CLAUSE EVENT [fact=value]...
  keeps 6 "$@"
}
missing() { # FACT EVENT [fact=value]...
  keeps 3 "$@"
}

# Every guard in turn, said to be false and left unsaid, while the others hold: guarded EVENT fact:CLAUSE... [-- fact=value...]
guarded() {
  local event=$1 guards=() given=() guard other facts
  shift
  while (($#)) && [ "$1" != -- ]; do
    guards+=("$1")
    shift
  done
  given=("${@:2}")
  for guard in "${guards[@]}"; do
    facts=()
    for other in "${guards[@]}"; do
      [ "$other" = "$guard" ] || facts+=("${other%%:*}=true")
    done
    refused "${guard#*:}" "$event" "${facts[@]}" "${given[@]}" "${guard%%:*}=false"
    missing "${guard%%:*}" "$event" "${facts[@]}" "${given[@]}"
  done
}

# The story is told in the order in which it happened, and in both languages.
told() { # ENGLISH CHINESE, a phrase of the pack for one of its steps
  run svc ticket show "$ticket"
  says "$1"
  run svc --lang zh ticket show "$ticket"
  says "$2"
}

owes() { # TASK...: open tasks of the ticket
  local task
  run svc --tsv --columns name,state ticket tasks "$ticket"
  for task; do
    says "$task"$'\topen'
  done
}
owes_no() { # TASK
  run svc --tsv --columns name ticket tasks "$ticket"
  [[ $output != *"$1"* ]]
}
reworked() { # TIMES
  svc --json ticket show "$ticket" | json svc.ticket/1
  [ "$(field rework)" = "$1" ]
}
closes_by_hand() { # the document says no more
  gives 0 ticket close "$ticket"
}
