/* Decisions derived again, each from what was kept with it, and held against the answer that was kept. */
#include "base/error.h"
#include "base/json.h"
#include "base/memory.h"
#include "desk.h"
#include "policy/pack.h"
#include "ruling.h"
#include "store/decision.h"
#include "verify_log.h"

#include <stdlib.h>
#include <string.h>

/* A pack text that decisions were made with: compiled once, or found unfit once. */
struct kept_pack {
	struct kept_pack *next;
	char hash[40];
	struct svc_policy *policy; /* NULL: see fault */
	char fault[512];
};

struct verify {
	struct svc_desk *desk;
	const struct svc_verifier *verifier;
	struct verify_log log;
	struct kept_pack *packs;
	struct svc_answer answer;
	struct arena arena; /* of this decision */
	enum svc_lang reader;
	int64_t count;
	int stopped; /* by the verifier */
};

static void speak(struct verify *verify, enum svc_lang lang)
{
	if (svc_language() != lang)
		verify->verifier->speak(verify->verifier->context, lang);
}

/* ---- the pack ---- */

static int read_includes(struct arena *arena, const char *json, struct svc_policy_include **out, size_t *count,
			 struct svc_error *err)
{
	struct node *map;
	int status = json_read(&map, arena, json, strlen(json), "", 1, err);
	if (status != SVC_OK)
		return status;
	*count = map->kind == NODE_MAP ? map->count : 0;
	*out = arena_alloc(arena, (*count + 1) * sizeof **out);
	for (size_t i = 0; i < *count; i++) {
		const char *text = map->items[i]->text ? map->items[i]->text : "";
		(*out)[i] = (struct svc_policy_include){map->keys[i]->text, text, strlen(text)};
	}
	return SVC_OK;
}

/* Opens the text that is kept under a hash, which has to be the hash of that text. */
static int open_kept(struct verify *verify, struct kept_pack *pack, const char *name, struct svc_error *err)
{
	struct kept_text kept;
	struct svc_policy_include *list;
	size_t count;
	int status = decision_pack_text(verify->desk->store, pack->hash, &verify->arena, &kept, err);
	if (status == SVC_OK && !kept.text)
		status = error_set(err, SVC_NOT_FOUND, "%s", _("the text of its pack is gone"));
	if (status == SVC_OK)
		status = read_includes(&verify->arena, kept.includes, &list, &count, err);
	if (status == SVC_OK)
		status = svc_policy_open_kept(&pack->policy, kept.text, strlen(kept.text), name, list, count, err);
	if (status != SVC_OK ||
	    (strcmp(svc_policy_hash(pack->policy), pack->hash) == 0 && pack->policy->head->includes.count == count &&
	     strcmp(svc_policy_id(pack->policy), kept.policy) == 0))
		return status;
	svc_policy_free(pack->policy);
	pack->policy = NULL;
	return error_set(err, SVC_BAD_INPUT, "%s", _("the kept text of its pack was altered"));
}

static const struct kept_pack *pack_of(struct verify *verify, const struct svc_decision *decision)
{
	struct kept_pack *pack = verify->packs;
	struct svc_error fault = {0};
	while (pack && strcmp(pack->hash, decision->hash) != 0)
		pack = pack->next;
	if (pack)
		return pack;
	pack = memory_get(sizeof *pack);
	snprintf(pack->hash, sizeof pack->hash, "%s", decision->hash);
	pack->next = verify->packs;
	verify->packs = pack;
	speak(verify, verify->reader);
	if (open_kept(verify, pack, decision->policy, &fault) != SVC_OK)
		snprintf(pack->fault, sizeof pack->fault, "%s", fault.text);
	return pack;
}

static void release_packs(struct kept_pack *pack)
{
	while (pack) {
		struct kept_pack *next = pack->next;
		svc_policy_free(pack->policy);
		free(pack);
		pack = next;
	}
}

/* ---- the answer ---- */

static int fill_facts(struct svc_facts *facts, const struct svc_decision *decision, struct svc_error *err)
{
	int status = svc_facts_read(facts, decision->facts, strlen(decision->facts), false, NULL, 0, err);
	if (status == SVC_OK)
		status = svc_facts_read_settings(facts, decision->settings, strlen(decision->settings), err);
	if (status == SVC_OK)
		svc_facts_now(facts, decision->now);
	return status;
}

/* The answer as JSON, in the language that is spoken now; the caller frees. */
static int derive(struct verify *verify, const struct svc_policy *policy, const struct svc_decision *decision,
		  char **json, struct svc_error *err)
{
	struct svc_facts *facts = NULL;
	if (decision->ask == SVC_ASK_COUNT)
		return error_set(err, SVC_BAD_INPUT, "%s", _("its question is not known"));
	int status = svc_facts_new(&facts, policy, err);
	if (status == SVC_OK)
		status = fill_facts(facts, decision, err);
	if (status == SVC_OK)
		status = svc_ask(policy, decision->ask, facts, false, &verify->answer, err);
	if (status == SVC_OK)
		*json = svc_answer_json(&verify->answer);
	svc_facts_free(facts);
	return status;
}

/* ---- what differs ---- */

struct deviations {
	struct svc_deviation *items;
	size_t count;
	struct arena *arena;
};

static void deviate(struct deviations *list, const char *field, const char *kept, const char *derived)
{
	for (size_t i = 0; i < list->count; i++)
		if (strcmp(list->items[i].field, field) == 0)
			return;
	list->items[list->count++] = (struct svc_deviation){field, kept, derived};
}

/* A member of an answer as JSON text; NULL: it has none. */
static const char *member_text(struct arena *arena, const struct node *map, const char *key)
{
	const struct node *node = node_get(map, key);
	struct strbuf text = {0};
	struct json json = {.out = &text};
	if (!node)
		return NULL;
	json_node(&json, NULL, node);
	const char *copy = arena_strdup(arena, text.text ? text.text : "");
	strbuf_release(&text);
	return copy;
}

static bool same_text(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

static void compare_member(struct deviations *list, const char *key, const struct node *kept,
			   const struct node *derived)
{
	const char *was = member_text(list->arena, kept, key), *is = member_text(list->arena, derived, key);
	if (!same_text(was, is))
		deviate(list, key, was, is);
}

static void compare_members(struct deviations *list, const struct node *kept, const struct node *derived)
{
	for (size_t i = 0; i < derived->count; i++)
		compare_member(list, derived->keys[i]->text, kept, derived);
	for (size_t i = 0; i < kept->count; i++)
		compare_member(list, kept->keys[i]->text, kept, derived);
}

/* What the decision says beside its answer: columns of the store that lists and tickets read. */
static void compare_columns(struct deviations *list, const struct svc_decision *decision, const struct node *derived)
{
	char version[16];
	svc_date_format(decision->version, version);
	const struct {
		const char *field, *kept;
	} columns[] = {{"verdict", decision->verdict}, {"policy", decision->policy}, {"version", version}};
	for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
		const struct node *node = node_get(derived, columns[i].field);
		const char *text = node && node->text ? node->text : "";
		if (strcmp(text, columns[i].kept) != 0)
			deviate(list, columns[i].field, arena_printf(list->arena, "\"%s\"", columns[i].kept),
				arena_printf(list->arena, "\"%s\"", text));
	}
}

/* An answer that differs only in its spelling (the order of its members, the spaces between them) is the same answer. */
static int compare(struct deviations *list, const struct svc_decision *decision, const char *answer,
		   struct svc_error *err)
{
	struct node *kept, *derived;
	int status = json_read(&derived, list->arena, answer, strlen(answer), "", 1, err);
	if (status == SVC_OK)
		status = json_read(&kept, list->arena, decision->answer, strlen(decision->answer), "", 1, err);
	if (status == SVC_OK && kept->kind != NODE_MAP)
		status = error_set(err, SVC_BAD_INPUT, "%s", _("its answer is no object"));
	if (status != SVC_OK)
		return status;
	list->items = arena_alloc(list->arena, (kept->count + derived->count + 3) * sizeof *list->items);
	if (strcmp(answer, decision->answer) != 0)
		compare_members(list, kept, derived);
	compare_columns(list, decision, derived);
	return SVC_OK;
}

static int check_once(struct verify *verify, const struct svc_policy *policy, const struct svc_decision *decision,
		      struct deviations *list, struct svc_error *err)
{
	char *answer = NULL;
	*list = (struct deviations){.arena = &verify->arena};
	int status = derive(verify, policy, decision, &answer, err);
	if (status == SVC_OK)
		status = compare(list, decision, answer, err);
	free(answer);
	return status;
}

/* Its sentences may be in the other language, which is then spoken on: the next one's may be so, too. Where neither gives what was
   kept, the one that comes nearer is shown. */
static int check(struct verify *verify, const struct svc_policy *policy, const struct svc_decision *decision,
		 struct deviations *list, struct svc_error *err)
{
	enum svc_lang other = svc_language() == SVC_LANG_EN ? SVC_LANG_ZH : SVC_LANG_EN;
	struct deviations there;
	int status = check_once(verify, policy, decision, list, err);
	if (status == SVC_OK && list->count) {
		speak(verify, other);
		status = check_once(verify, policy, decision, &there, err);
		if (status == SVC_OK && there.count < list->count)
			*list = there;
	}
	if (status == SVC_OK)
		return status;
	speak(verify, verify->reader); /* for the words of the fault */
	return check_once(verify, policy, decision, list, err);
}

/* ---- one after the other ---- */

static int report(struct verify *verify, const struct svc_verification *verification)
{
	const struct svc_verifier *verifier = verify->verifier;
	speak(verify, verify->reader);
	return verifier->seen(verifier->context, verification);
}

static int verify_one(void *context, const struct kept_decision *kept)
{
	struct verify *verify = context;
	struct svc_decision decision = ruling_kept(kept);
	struct svc_verification verification = {.decision = &decision, .altered = kept->altered};
	struct deviations list = {0};
	struct svc_error fault = {0};
	verify->count++;
	verification.unmade = !verify_log_meet(&verify->log, &decision) && !kept->altered;
	const struct kept_pack *pack = pack_of(verify, &decision);
	if (!pack->policy)
		verification.fault = pack->fault;
	else if (check(verify, pack->policy, &decision, &list, &fault) != SVC_OK)
		verification.fault = fault.text;
	else {
		verification.deviations = list.items;
		verification.deviation_count = list.count;
	}
	if (verification.altered || verification.unmade || verification.fault || list.count)
		verify->stopped = report(verify, &verification);
	arena_reset(&verify->arena);
	return verify->stopped;
}

int svc_decisions_verify(struct svc_desk *desk, int64_t ticket, const struct svc_verifier *verifier, int64_t *count,
			 struct svc_error *err)
{
	struct verify verify = {.desk = desk,
				.verifier = verifier,
				.log = {.desk = desk, .verifier = verifier, .ticket = ticket},
				.reader = svc_language()};
	int status = store_begin_reading(desk->store, err); /* so that log and decisions are of one moment */
	if (status == SVC_OK)
		status = verify_log_read(&verify.log, err);
	if (status == SVC_OK)
		status = decision_each(desk->store, ticket, verify_one, &verify, err);
	speak(&verify, verify.reader);
	if (status == SVC_OK && !verify.stopped)
		status = verify_log_report(&verify.log, err);
	store_rollback(desk->store);
	verify_log_release(&verify.log);
	svc_answer_release(&verify.answer);
	release_packs(verify.packs);
	arena_release(&verify.arena);
	*count = verify.count;
	return status;
}
