/* Opening a pack: found, taken from the cache or compiled, and given back. */
#include "cache.h"
#include "compile.h"
#include "find.h"

#include "base/error.h"
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

/* The first fault speaks for all; the hint says how to see the others. */
static int first_fault(struct faults *faults, const char *file, struct svc_error *err)
{
	const struct fault *fault;

	faults_sort(faults);
	fault = faults->list.items;
	if (err)
		*err = fault->error;
	if (file && faults->list.count > 1)
		error_hint(err, _("%zu faults in all; svc policy check %s shows them"), faults->list.count, file);
	return SVC_BAD_INPUT;
}

static int compile_text(struct svc_policy *policy, const struct strbuf *text, const struct origin *origin,
			struct svc_error *err)
{
	struct faults faults = {0};
	struct parsed_pack parsed;
	char *block;
	int status = SVC_OK;

	parse_pack(&parsed, text->text ? text->text : "", text->length, origin, &faults);
	if (compile_pack(&parsed, &faults, &block, &policy->size, &policy->zone))
		policy->head = (const struct pack_head *)block;
	else
		status = first_fault(&faults, origin->beside, err);
	faults_release(&faults);
	parsed_release(&parsed);
	return status;
}

static int open_pack(struct svc_policy **out, const struct strbuf *text, const struct origin *origin,
		     struct svc_error *err)
{
	struct svc_policy *policy = memory_get(sizeof *policy);
	const char *cache = origin->places ? origin->places->cache : NULL;
	struct fingerprint source = fingerprint_of(text->text ? text->text : "", text->length);
	int status = SVC_OK;

	policy->head = cache ? cache_read(cache, source, origin, &policy->size) : NULL;
	policy->mapped = policy->head != NULL;
	if (policy->mapped) {
		status = svc_zone_open(&policy->zone, pack_text(policy->head, policy->head->zone), err);
	} else {
		status = compile_text(policy, text, origin, err);
		if (!status && cache)
			cache_write(cache, policy->head);
	}
	if (status) {
		svc_policy_free(policy);
		return status;
	}
	fingerprint_format(policy->head->whole, policy->hash);
	*out = policy;
	return SVC_OK;
}

/* A pack that was found by its id bears it, and a version that is named by its date begins then. */
static int check_name(const struct svc_policy *policy, const struct found_pack *found, struct svc_error *err)
{
	const char *slash = strrchr(found->path, '/'), *name = slash ? slash + 1 : found->path;
	char stem[16] = "";
	svc_date date;

	if (*found->id && strcmp(found->id, svc_policy_id(policy)) != 0) {
		error_set(err, SVC_BAD_INPUT, _("the pack of policy %s calls itself %s"), found->id,
			  svc_policy_id(policy));
		error_at(err, found->path, 1, 1);
		error_hint(err, "%s", _("name the file after its policy"));
		return SVC_BAD_INPUT;
	}
	if (strlen(name) == 15)
		memcpy(stem, name, 10);
	if (*found->id && svc_date_parse(stem, &date) && date != svc_policy_effective(policy)) {
		error_set(err, SVC_BAD_INPUT, _("this version is named %s and says another effective date"), stem);
		error_at(err, found->path, 1, 1);
		error_hint(err, "%s", _("name the file after its effective date"));
		return SVC_BAD_INPUT;
	}
	return SVC_OK;
}

int svc_policy_open(struct svc_policy **out, const char *name, svc_date sale, const struct svc_policy_places *places,
		    struct svc_error *err)
{
	struct found_pack found;
	struct strbuf text = {0};
	int status = pack_find(&found, name, sale, places, err);

	if (!status)
		status = file_read(&text, found.path, FILE_TEXT_MAX, err);
	if (!status)
		status = open_pack(out, &text,
				   &(struct origin){.file = found.path, .beside = found.path, .places = places}, err);
	strbuf_release(&text);
	if (!status) {
		status = check_name(*out, &found, err);
		(*out)->file = found.path;
		found.path = NULL;
		if (status) {
			svc_policy_free(*out);
			*out = NULL;
		}
	}
	free(found.path);
	return status;
}

/* The text goes with the pack. */
static int open_copy(struct svc_policy **out, const char *text, size_t length, const struct origin *origin,
		     struct svc_error *err)
{
	struct strbuf copy = {0};
	int status;

	strbuf_add(&copy, text, length);
	status = open_pack(out, &copy, origin, err);
	if (status) {
		strbuf_release(&copy);
		return status;
	}
	(*out)->text = copy.text;
	(*out)->text_length = copy.length;
	(*out)->file = origin->file ? memory_copy(origin->file) : NULL;
	return SVC_OK;
}

int svc_policy_open_text(struct svc_policy **out, const char *text, size_t length, const char *file,
			 const struct svc_policy_places *places, struct svc_error *err)
{
	return open_copy(out, text, length, &(struct origin){.file = file, .places = places}, err);
}

int svc_policy_open_kept(struct svc_policy **out, const char *text, size_t length, const char *file,
			 const struct svc_policy_include *includes, size_t count, struct svc_error *err)
{
	static const struct svc_policy_include none[1];

	return open_copy(out, text, length,
			 &(struct origin){.file = file, .kept = includes ? includes : none, .kept_count = count}, err);
}

void svc_policy_free(struct svc_policy *policy)
{
	if (!policy)
		return;
	if (policy->mapped)
		munmap((void *)(uintptr_t)policy->head, policy->size);
	else
		free((void *)(uintptr_t)policy->head);
	svc_zone_free(policy->zone);
	free(policy->file);
	free(policy->text);
	free(policy);
}

int svc_policy_text(const struct svc_policy *policy, char **out, size_t *length, struct svc_error *err)
{
	struct strbuf text = {0};
	struct fingerprint now;
	int status = SVC_OK;

	if (policy->text)
		strbuf_add(&text, policy->text, policy->text_length);
	else
		status = file_read(&text, policy->file, FILE_TEXT_MAX, err);
	now = fingerprint_of(text.text ? text.text : "", text.length);
	if (!status && (now.high != policy->head->source.high || now.low != policy->head->source.low)) {
		status = error_set(err, SVC_BAD_INPUT, _("%s has been changed since it was opened"), policy->file);
		error_hint(err, "%s", _("run the command again"));
	}
	if (status) {
		strbuf_release(&text);
		return status;
	}
	*out = text.text;
	*length = text.length;
	return SVC_OK;
}

/* The line of a text, for people to see a fault in; in `memory`. */
static const char *line_of(struct arena *memory, const struct source *source, int line)
{
	const char *start = source->text, *end = source->text + source->length, *stop;

	for (; line > 1 && start < end; line--) {
		start = memchr(start, '\n', (size_t)(end - start));
		start = start ? start + 1 : end;
	}
	stop = memchr(start, '\n', (size_t)(end - start));
	stop = stop ? stop : end;
	if (stop > start && stop[-1] == '\r')
		stop--;
	return arena_strndup(memory, start, (size_t)(stop - start));
}

static void tell_faults(struct parsed_pack *parsed, struct faults *faults, svc_fault_seen seen, void *context)
{
	const struct fault *fault = faults->list.items;

	faults_sort(faults);
	fault = faults->list.items;
	for (size_t i = 0; i < faults->list.count; i++)
		seen(context, &fault[i].error,
		     line_of(&parsed->memory, source_at(parsed, fault[i].source), fault[i].error.line));
}

int svc_policy_check(const char *path, const struct svc_policy_places *places, svc_fault_seen fault, void *context,
		     struct svc_error *err)
{
	struct found_pack found;
	struct strbuf text = {0};
	struct faults faults = {0};
	struct parsed_pack parsed;
	struct svc_zone *zone = NULL;
	char *block;
	size_t size;
	int status = pack_find(&found, path, SVC_DATE_NONE, places, err);

	if (!status)
		status = file_read(&text, found.path, FILE_TEXT_MAX, err);
	if (!status) {
		parse_pack(&parsed, text.text ? text.text : "", text.length,
			   &(struct origin){.file = found.path, .beside = found.path, .places = places}, &faults);
		if (compile_pack(&parsed, &faults, &block, &size, &zone)) {
			free(block);
		} else {
			tell_faults(&parsed, &faults, fault, context);
			status = first_fault(&faults, NULL, err);
		}
		svc_zone_free(zone);
		parsed_release(&parsed);
	}
	faults_release(&faults);
	strbuf_release(&text);
	free(found.path);
	return status;
}
