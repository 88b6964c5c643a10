#!/usr/bin/env bats
# The knowledge base: articles are written, published, found, linked to the tickets that they served for.
load setup
load reply

setup() {
  scratch
  export SVC_NOW=2026-03-02T09:30:00+08:00
  svc init >/dev/null
}

articles() {
  svc kb add 'Charger clicks and stops' --product cart --component charger --symptom 'clicks every second' --solution 'replace the relay K2'
  svc kb add '电池充不进电E04' --product 球车 --symptom '充电灯不亮，电池电压低' --solution '更换充电器保险丝'
  svc kb add 'Brakes squeal' --symptom 'noise; the charger is not to blame' --solution 'clean the discs'
  for article in K1 K2 K3; do svc kb publish $article; done
} >/dev/null

found() { # WORD...: the ids that are found, in order
  svc --tsv --columns id kb search "$@" | tail -n +2 | tr '\n' ' '
}

@test "an article is a draft until it is published, and then it is found" {
  run -0 svc -q kb add 'Charger clicks' --symptom clicking
  [ "$output" = K1 ]
  svc --json kb show K1 | json svc.article/1
  [ "$(field state)" = draft ]
  [ "$(found clicking)" = "" ]
  [ "$(found --all clicking)" = "K1 " ]
  run -6 svc kb publish K1
  says 'K1 says no solution yet'
  svc kb edit K1 --solution 'replace the relay' >/dev/null
  run -0 svc kb publish K1
  run -6 svc kb publish K1
  [ "$(found clicking)" = "K1 " ]
  run -0 svc kb retire K1
  [ "$(found clicking)" = "" ]
  run -0 svc kb publish K1
  [ "$(found clicking)" = "K1 " ]
}

@test "every row of Chinese characters is found, of one and of two as well" {
  articles
  for word in 电 电池 池充 充不进电 保险 电压低 '充电灯 保险丝'; do
    [ "$(found $word)" = "K2 " ] || { echo "not found: $word"; return 1; }
  done
  [ "$(found 电灯泡)" = "K2 " ] # not as it stands, but a pair of it
  [ "$(found 冰箱)" = "" ]
  svc --json kb search 电压 >reply
  grep -q '"snippet":"充电灯不亮，电池\[电压\]低"' reply
}

@test "Latin words are found by their beginning, in either case, beside Chinese" {
  articles
  [ "$(found CHARG click)" = "K1 " ]
  [ "$(found e04)" = "K2 " ]
  [ "$(found harger)" = "" ]
}

@test "what is in the title comes first, and some of the words are better than none" {
  articles
  [ "$(found charger)" = "K1 K3 " ]
  [ "$(found charger discs)" = "K3 " ]
  [ "$(found charger nonsense)" = "K1 K3 " ]
  [ "$(found --limit 1 charger)" = "K1 " ]
  [ "$(found --component charger charger)" = "K1 " ]
}

@test "no sign means anything to the search" {
  articles
  for word in '"' '*' 'a"b OR' 'NOT' '(' '-charger"' 'title:charger' "'; DROP TABLE article; --"; do
    run -0 svc kb search -- "$word"
  done
  [ "$(found 'charger"*')" = "K1 K3 " ]
}

@test "a change of an article changes what is found" {
  articles
  svc kb edit K3 --symptom 'whistling' >/dev/null
  [ "$(found charger)" = "K1 " ]
  [ "$(found whistling)" = "K3 " ]
  svc --now 2026-03-01T08:00:00+08:00 kb edit K3 --symptom humming >/dev/null # it happened before: the later one stands
  [ "$(found humming)" = "" ]
}

@test "a link counts as a use and is told in the story of the ticket" {
  articles
  svc ticket open --symptom 'does not charge' >/dev/null
  svc ticket open --symptom 'does not charge' >/dev/null
  run -0 svc kb link K1 T1
  run -0 svc kb link K1 T2
  svc --json kb show K1 | json svc.article/1
  [ "$(field used)" = 2 ]
  run -0 svc ticket show T1
  says 'linked' 'Charger clicks and stops'
  before=$(svc --json log | sha256sum)
  run -6 svc kb link K1 T1
  says 'K1 is linked to T1 already'
  [ "$before" = "$(svc --json log | sha256sum)" ]
  svc kb link K2 T1 --key a >/dev/null
  svc kb link K2 T1 --key a >/dev/null
  svc --json kb show K2 | json svc.article/1
  [ "$(field used)" = 1 ]
  svc kb retire K3 >/dev/null
  run -6 svc kb link K3 T1
  run -0 svc policy verify
}

@test "replay gives the articles and what is found again" {
  articles
  svc kb edit K1 --cause 'worn relay' >/dev/null
  svc --json kb list >before
  run -0 svc doctor --rebuild
  svc --json kb list | cmp before -
  [ "$(found 电池)" = "K2 " ]
  [ "$(found worn)" = "K1 " ]
}

@test "an index that was tampered with is found out, and mended" {
  articles
  tamper() { python3 -c 'import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute(sys.argv[2]); c.commit()' "$HOME/.local/share/svc/desk.db" "$1"; }
  for sql in "UPDATE article_text SET title = 'other' WHERE rowid = 1" "DELETE FROM article_text WHERE rowid = 1" \
    "INSERT INTO article_text (rowid, title) VALUES (99, 'stray')"; do
    tamper "$sql"
    run -1 svc doctor
    svc doctor --rebuild >/dev/null
    [ "$(found clicks)" = "K1 " ]
    run -0 svc doctor
  done
}

@test "bad input: one sentence, and nothing is written" {
  articles
  svc ticket open --symptom x >/dev/null
  before=$(svc --json log | sha256sum)
  long=$(printf 'x%.0s' {1..1100})
  gives 4 kb add "$long"
  gives 4 kb add $'bell\a'
  gives 4 kb add ''
  gives 2 kb add title --used 7
  gives 2 kb add title --state published
  gives 5 kb show K99
  gives 5 kb edit K99 --cause x
  gives 5 kb publish K99
  gives 5 kb retire K99
  gives 5 kb link K99 T1
  gives 5 kb link K1 T99
  gives 2 kb search
  gives 4 kb search "$long"
  gives 4 kb search $'\a'
  gives 2 kb search --limit 0 charger
  gives 2 kb edit K1
  python3 -c 'print("x" * 1100000)' >big
  run -4 "$PROGRAM" kb edit K1 --solution "$(head -c 130000 big)$(printf '\a')"
  [ "$before" = "$(svc --json log | sha256sum)" ]
}
