#!/usr/bin/env bash
# An installed svc finds its library, packs and translations, wherever it was put, and a program can be built on libsvc.
set -eu
build=$1
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
DESTDIR=$place meson install -C "$build" --no-rebuild --quiet >/dev/null
prefix=$(find "$place" -type d -name bin -printf '%h\n' | head -n 1)
export HOME=$place XDG_CONFIG_HOME=$place/config XDG_CACHE_HOME=$place/cache XDG_DATA_HOME=$place/data
unset SVC_DB SVC_POLICY SVC_POLICY_PATH

"$prefix/bin/svc" version >/dev/null
"$prefix/bin/svc" policy list | grep -q share/svc/policies/golf-carts.yaml
[ -z "$("$prefix/bin/svc" -v policy lint wardrobe-tracking 2>&1)" ]
[ "$(find "$prefix/share/svc/policies/cases" -type f -name '*.yaml' | wc -l)" -gt 40 ]
LANG=zh_CN.UTF-8 "$prefix/bin/svc" help | grep -q 售后
[ -f "$prefix/share/man/man1/svc.1" ] || [ -f "$prefix/share/man/man1/svc.1.gz" ]

cat >"$place/ask.c" <<'C'
#include "svc/ask.h"
#include <stdio.h>
int main(int count, char **arguments)
{
	const char *folders[] = {arguments[1], NULL};
	struct svc_policy_places places = {folders, NULL};
	struct svc_policy *policy;
	struct svc_facts *facts;
	struct svc_answer answer = {0};
	struct svc_error err = {0};

	if (count != 2 || svc_policy_open(&policy, "appliances", SVC_DATE_NONE, &places, &err) || svc_facts_new(&facts, policy, &err) ||
	    svc_facts_set(facts, "component", "probe", &err) || svc_ask(policy, SVC_ASK_WARRANTY, facts, false, &answer, &err))
		return 1;
	puts(svc_verdict_id(answer.verdict));
	svc_answer_release(&answer);
	svc_facts_free(facts);
	svc_policy_free(policy);
	return 0;
}
C
export PKG_CONFIG_PATH=$prefix/lib/pkgconfig PKG_CONFIG_SYSROOT_DIR=
pkg=$(find "$prefix" -name svc.pc)
# the file says the final prefix; here everything stands below DESTDIR
flags=$(PKG_CONFIG_PATH=$(dirname "$pkg") pkg-config --define-variable=prefix="$prefix" --cflags --libs svc)
# shellcheck disable=SC2086 # several flags are meant
cc "$place/ask.c" $flags -o "$place/ask"
[ "$(LD_LIBRARY_PATH=$(dirname "$(dirname "$pkg")") "$place/ask" "$prefix/share/svc/policies")" = excluded ]
