/* The desk itself: made, opened, and changed one transaction at a time. */
#include "desk.h"

#include "base/error.h"
#include "base/memory.h"
#include "policy/find.h"
#include "policy/pack.h"
#include "replay.h"
#include "store/kept.h"
#include "store/record.h"
#include "values.h"

#include <stdlib.h>
#include <string.h>

/* Names that stand in the log need as clean a text as any value. */
static int check_name(const char *what, const char *text, struct svc_error *err)
{
	const char *fault = value_text_fault(text, false);
	if (!fault)
		return SVC_OK;
	error_set(err, SVC_USAGE, "%s: %s", what, fault);
	error_field(err, what);
	return SVC_USAGE;
}

/* ---- making ---- */

static int read_pack_head(const struct svc_desk_options *options, const char *policy, struct store_about *about,
			  struct svc_policy **pack, struct svc_error *err)
{
	int status = svc_policy_open(pack, policy, SVC_DATE_NONE, &options->places, err);
	if (status != SVC_OK)
		return status;
	/* The desk counts its days where its default pack does. */
	about->zone = pack_text((*pack)->head, (*pack)->head->zone);
	about->currency = svc_policy_currency(*pack);
	about->currency_digits = svc_policy_currency_digits(*pack);
	return SVC_OK;
}

char *desk_pack_name(const char *policy)
{
	char *whole = pack_named_by_path(policy) ? realpath(policy, NULL) : NULL;
	return whole ? whole : memory_copy(policy);
}

struct creation {
	const struct svc_desk_options *options;
	const struct store_about *about;
};

static int log_creation(void *context, struct store *store, struct svc_error *err)
{
	const struct creation *creation = context;
	struct svc_desk desk = {.store = store, .options = *creation->options};
	int status = store_begin(store, err);
	if (status == SVC_OK)
		status = replay_creation(&desk, creation->about, err);
	return status == SVC_OK ? store_commit(store, err) : status;
}

int svc_desk_init(const struct svc_desk_options *options, const char *name, const char *policy, struct svc_error *err)
{
	struct svc_policy *pack = NULL;
	struct store_about about = {
		.name = name, .currency = "", .zone = "UTC", .currency_digits = 2, .created = options->now};
	struct creation creation = {options, &about};
	char *own = NULL;
	int status = check_name("name", name, err);
	if (status == SVC_OK)
		status = check_name("actor", options->actor, err);
	if (status == SVC_OK && policy) {
		about.policy = own = desk_pack_name(policy);
		status = read_pack_head(options, policy, &about, &pack, err);
	}
	if (status == SVC_OK)
		status = store_create(options->file, &about, log_creation, &creation, err);
	svc_policy_free(pack);
	free(own);
	return status;
}

/* ---- opening ---- */

int svc_desk_open(struct svc_desk **out, const struct svc_desk_options *options, struct svc_error *err)
{
	struct store *store;
	*out = NULL;
	int status = store_open(&store, options->file, options->read_only, options->wait_seconds, err);
	if (status != SVC_OK)
		return status;
	struct svc_desk *desk = memory_get(sizeof *desk);
	desk->store = store;
	desk->options = *options;
	desk->options.file = memory_copy(options->file);
	desk->options.actor = memory_copy(options->actor);
	desk->options.policy = options->policy ? memory_copy(options->policy) : NULL;
	*out = desk;
	return SVC_OK;
}

static void forget_change(struct svc_desk *desk)
{
	free(desk->key);
	free(desk->arguments);
	desk->key = desk->arguments = NULL;
	desk->first_event = 0;
	arena_reset(&desk->memory);
}

void svc_desk_close(struct svc_desk *desk)
{
	if (!desk)
		return;
	store_close(desk->store);
	forget_change(desk);
	arena_release(&desk->memory);
	svc_zone_free(desk->zone);
	free((char *)desk->options.file);
	free((char *)desk->options.actor);
	free((char *)desk->options.policy);
	free(desk);
}

int svc_desk_about(struct svc_desk *desk, struct svc_desk_about *out, struct svc_error *err)
{
	const struct store_about *about;
	int status = store_about(desk->store, &about, err);
	if (status == SVC_OK)
		*out = (struct svc_desk_about){about->name, about->policy, about->currency, about->zone,
					       about->currency_digits};
	return status;
}

int svc_desk_check(struct svc_desk *desk, svc_damage_seen seen, void *context, struct svc_error *err)
{
	return store_check(desk->store, seen, context, err);
}

int desk_zone(struct svc_desk *desk, const struct svc_zone **zone, struct svc_error *err)
{
	const struct store_about *about;
	int status = SVC_OK;
	if (!desk->zone) {
		status = store_about(desk->store, &about, err);
		if (status == SVC_OK)
			status = svc_zone_open(&desk->zone, about->zone, err);
	}
	*zone = desk->zone;
	return status;
}

/* ---- one change ---- */

int desk_writing(struct svc_desk *desk, struct svc_error *err)
{
	if (store_in_transaction(desk->store))
		return SVC_OK;
	return error_set(err, SVC_FAULT, _("a record can be changed only within a change of the desk"));
}

/* A desk without actors permits everything; this guards against mistakes, not against attackers. */
int desk_check_actor(struct svc_desk *desk, struct svc_error *err)
{
	int64_t ids[1], actors;
	size_t found;
	struct record_query all = {0};
	int status = check_name("actor", desk->options.actor, err);
	if (status == SVC_OK)
		status = record_find(desk->store, SVC_ACTOR, field_find(SVC_ACTOR, "name"), desk->options.actor,
				     FIELD_NONE, NULL, ids, 1, &found, err);
	if (status != SVC_OK || found)
		return status;
	status = record_count(desk->store, SVC_ACTOR, &all, &actors, err);
	if (status != SVC_OK || actors == 0)
		return status;
	error_set(err, SVC_DENIED, _("%s is not an actor of this desk"), desk->options.actor);
	error_hint(err, _("say who acts with --as ACTOR; svc actor list names them"));
	return SVC_DENIED;
}

int desk_role(struct svc_desk *desk, struct arena *arena, const char **role, struct svc_error *err)
{
	const char *values[FIELD_LIMIT];
	int64_t ids[1];
	size_t found;
	*role = NULL;
	int status = record_find(desk->store, SVC_ACTOR, field_find(SVC_ACTOR, "name"), desk->options.actor, FIELD_NONE,
				 NULL, ids, 1, &found, err);
	if (status == SVC_OK && found) {
		status = record_read(desk->store, SVC_ACTOR, ids[0], arena, values, err);
		*role = status == SVC_OK ? values[field_find(SVC_ACTOR, "role")] : NULL;
	}
	return status;
}

static int replay_key(struct svc_desk *desk, const char *key, const char *arguments, bool *replayed, char **result,
		      int *exit, struct svc_error *err)
{
	struct kept_key kept;
	bool found;
	int status = kept_key_find(desk->store, key, &desk->memory, &kept, &found, err);
	if (status != SVC_OK || !found)
		return status;
	if (strcmp(kept.arguments, arguments ? arguments : "") != 0) {
		error_set(err, SVC_REFUSED, _("the key was used for something else: %s"), key);
		error_hint(err, _("a key belongs to one command with its arguments; take another one"));
		return SVC_REFUSED;
	}
	*replayed = true;
	*result = kept.result ? memory_copy(kept.result) : NULL;
	*exit = kept.exit;
	return SVC_OK;
}

int svc_desk_begin(struct svc_desk *desk, const char *key, const char *arguments, bool *replayed, char **result,
		   int *exit, struct svc_error *err)
{
	bool seen = false;
	if (replayed)
		*replayed = false;
	if (store_in_transaction(desk->store))
		return error_set(err, SVC_FAULT, _("a change of the desk is under way already"));
	if (key && (!*key || strlen(key) > 200))
		return error_set(err, SVC_USAGE, _("a key has 1 to 200 bytes"));
	forget_change(desk);
	int status = key ? check_name("key", key, err) : SVC_OK;
	if (status == SVC_OK)
		status = store_begin(desk->store, err);
	if (status == SVC_OK)
		status = desk_check_actor(desk, err);
	if (status == SVC_OK && key)
		status = replay_key(desk, key, arguments, &seen, result, exit, err);
	if (status != SVC_OK || seen) {
		store_rollback(desk->store);
		if (seen)
			*replayed = true;
		return status;
	}
	if (key) {
		desk->key = memory_copy(key);
		desk->arguments = memory_copy(arguments ? arguments : "");
	}
	return SVC_OK;
}

int svc_desk_commit(struct svc_desk *desk, const char *result, int exit, struct svc_error *err)
{
	int status = SVC_OK;
	if (!store_in_transaction(desk->store) && desk->key)
		status = store_begin(desk->store, err);
	if (status == SVC_OK && desk->key) {
		struct kept_key kept = {desk->arguments, result, exit, desk->first_event};
		status = kept_key_put(desk->store, desk->key, &kept, err);
	}
	if (status == SVC_OK && store_in_transaction(desk->store))
		status = store_commit(desk->store, err);
	else
		store_rollback(desk->store);
	forget_change(desk);
	return status;
}

void svc_desk_rollback(struct svc_desk *desk)
{
	store_rollback(desk->store);
	forget_change(desk);
}

/* ---- many changes ---- */

int svc_desk_group_begin(struct svc_desk *desk, struct svc_error *err)
{
	if (store_in_transaction(desk->store))
		return error_set(err, SVC_FAULT, _("a change of the desk is under way already"));
	return store_group_begin(desk->store, err);
}

int svc_desk_group_commit(struct svc_desk *desk, struct svc_error *err)
{
	return store_group_commit(desk->store, err);
}

void svc_desk_group_rollback(struct svc_desk *desk)
{
	store_group_rollback(desk->store);
}

static void replace(const char **text, const char *with)
{
	if (*text && with && strcmp(*text, with) == 0)
		return;
	free((char *)*text);
	*text = with ? memory_copy(with) : NULL;
}

void svc_desk_present(struct svc_desk *desk, const char *actor, svc_time now, const char *policy)
{
	replace(&desk->options.actor, actor);
	replace(&desk->options.policy, policy);
	desk->options.now = now;
}
