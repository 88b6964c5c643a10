/* svc policy new: a small commented pack to begin with. */
#include "policy_new.h"
#include "show/text.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A line of the pack: what a comment says in the reader's language, or a line as it stands, in which ID, TITLE and DAY are filled in. */
struct sample {
	const char *comment, *line;
};

static const struct sample samples[] = {
	{N_("A service promise. Change what stands here, then run: svc policy check, svc policy lint, svc policy show."),
	 NULL},
	{NULL, "policy: ID"},
	{NULL, "title: {en: \"TITLE\", zh: \"TITLE\"}"},
	{N_("The first day on which it holds; goods keep the version under which they were sold."), NULL},
	{NULL, "effective: DAY"},
	{NULL, "currency: CNY"},
	{NULL, "timezone: Asia/Shanghai"},
	{NULL, ""},
	{N_("What this pack asks about a case beside the standard facts: purchase, claim, cause and others."), NULL},
	{NULL, "facts:"},
	{NULL, "  component:"},
	{NULL, "    one_of:"},
	{NULL, "      motor: {en: motor, zh: 电机}"},
	{NULL, "      battery: {en: battery, zh: 电池}"},
	{NULL, ""},
	{N_("Numbers that are changed without touching a rule: here, or for one desk with svc policy set."), NULL},
	{NULL, "settings:"},
	{NULL, "  return_days:"},
	{NULL, "    {type: duration, default: 7 days, clause: ID.06, title: {en: time for returns, zh: 退货期限}}"},
	{NULL, ""},
	{N_("Each rule names its clause: the id of the document, a point, the number there. This is what they say."),
	 NULL},
	{NULL, "clauses:"},
	{NULL, "  ID.01: {en: One year of free repair from the purchase., zh: 自购买之日起免费保修一年。}"},
	{NULL, "  ID.02: {en: The motor is repaired free for two years., zh: 电机免费保修两年。}"},
	{NULL, "  ID.03: {en: A faulty battery is replaced for six months., zh: 电池有故障的，六个月内更换。}"},
	{NULL, "  ID.04: {en: Misuse and accidents are not covered., zh: 使用不当和意外损坏不在保修范围内。}"},
	{NULL, "  ID.05: {en: Afterwards repairs are charged., zh: 保修期满后维修收费。}"},
	{NULL, "  ID.06: {en: Faulty goods may be returned., zh: 商品有质量问题的，可以退货。}"},
	{NULL, "  ID.07: {en: The company pays the freight of faulty goods., zh: 质量问题的运费由公司承担。}"},
	{NULL, "  ID.08: {en: Otherwise the customer pays the freight., zh: 其他情况运费由客户承担。}"},
	{NULL, ""},
	{NULL, "warranty:"},
	{N_("Every term that matches is open at once; the strongest remedy leads. The last day is inside."), NULL},
	{NULL, "  terms:"},
	{NULL,
	 "    - {clause: ID.01, when: {not: {component: battery}}, from: purchase, lasts: 1 year, remedy: repair}"},
	{NULL, "    - {clause: ID.02, when: {component: motor}, from: purchase, lasts: 2 years, remedy: repair}"},
	{NULL, "    - {clause: ID.03, when: {component: battery}, from: purchase, lasts: 6 months, remedy: replace}"},
	{N_("These beat every term."), NULL},
	{NULL, "  exclusions:"},
	{NULL,
	 "    - {clause: ID.04, when: {cause: [misuse, accident]}, remedy: paid_repair, labor: charge, parts: charge}"},
	{N_("What is owed when every term is over."), NULL},
	{NULL, "  after:"},
	{NULL, "    - {clause: ID.05, remedy: paid_repair, labor: charge, parts: charge}"},
	{NULL, ""},
	{NULL, "returns:"},
	{NULL, "  options:"},
	{NULL,
	 "    - {clause: ID.06, when: {fault: quality}, from: delivery, lasts: {setting: return_days}, remedy: refund}"},
	{NULL, ""},
	{N_("One answer: no two rules may match at once, unless the section says order: first."), NULL},
	{NULL, "freight:"},
	{NULL, "  rules:"},
	{NULL, "    - {clause: ID.07, when: {fault: quality}, freight_in: company, freight_out: company}"},
	{NULL, "    - {clause: ID.08, when: {not: {fault: quality}}, freight_in: customer, freight_out: customer}"},
};

struct filling {
	const char *word, *value;
};

static void add_filled(struct text *text, const char *line, const struct filling *fillings)
{
	while (*line) {
		const struct filling *filling = fillings;
		while (filling->word && strncmp(line, filling->word, strlen(filling->word)) != 0)
			filling++;
		if (filling->word) {
			text_puts(text, filling->value);
			line += strlen(filling->word);
		} else {
			text_add(text, line++, 1);
		}
	}
}

/* A comment stands as far in as the line that it speaks of. */
static void add_comment(struct text *text, const struct sample *sample)
{
	int inset = sample[1].line ? (int)strspn(sample[1].line, " ") : 0;
	text_print(text, "%*s# %s", inset, "", _(sample->comment));
}

static void add_pack(struct text *text, const struct filling *fillings)
{
	for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
		if (samples[i].line)
			add_filled(text, samples[i].line, fillings);
		else
			add_comment(text, &samples[i]);
		text_puts(text, "\n");
	}
}

/* A title stands between double quotes. */
static bool fits_quotes(const char *title)
{
	for (; *title; title++)
		if (*title == '"' || *title == '\\' || (unsigned char)*title < ' ')
			return false;
	return true;
}

/* An id or title that would not make a pack is wrong usage: nothing was read that could be bad. */
static int try_pack(struct command *command, const struct text *text)
{
	struct svc_policy *policy = NULL;
	struct svc_error *error = &command->error;
	int status = svc_policy_open_text(&policy, text->bytes, text->length, "", &command->places, error);
	svc_policy_free(policy);
	if (!status)
		return SVC_OK;
	error->line = error->column = 0;
	return error->code = SVC_USAGE;
}

static int cannot_write(struct command *command, const char *file)
{
	if (errno == EEXIST) {
		command_fail(command, SVC_REFUSED, _("%s is there already"), file);
		return command_hint(command, _("choose another file with --to"));
	}
	return command_fail(command, SVC_NOT_FOUND, _("%s can't be written: %s"), file, strerror(errno));
}

static int write_pack(struct command *command, const char *file, const struct text *text)
{
	int fd = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	if (fd < 0)
		return cannot_write(command, file);
	bool written = write(fd, text->bytes, text->length) == (ssize_t)text->length;
	if (close(fd) == 0 && written)
		return SVC_OK;
	int status = cannot_write(command, file);
	unlink(file);
	return status;
}

static int say_written(struct command *command, const char *id, const char *file)
{
	show_line(command->show, _("written: %s"), file);
	show_line(command->show, _("next: svc policy check %s"), file);
	return show_object(command->show,
			   json_pack("{s:s, s:s, s:s}", "schema", "svc.policy.new/1", "policy", id, "file", file));
}

int policy_new(struct command *command)
{
	const char *id = command_argument(command, "ID"), *title = command_text(command, "title");
	const char *file = command_text(command, "to");
	char day[16];
	svc_date_format(command_today(command), day);
	if (title && !fits_quotes(title))
		return command_fail(command, SVC_USAGE, "%s", _("a title has no quotes, backslashes or line ends"));
	if (!file)
		file = command_print(command, "./%s.yaml", id);
	struct text text = {0};
	add_pack(&text, (const struct filling[]){{"ID", id}, {"TITLE", title ? title : id}, {"DAY", day}, {0}});
	int status = try_pack(command, &text);
	if (!status)
		status = write_pack(command, file, &text);
	text_release(&text);
	return status ? status : say_written(command, id, file);
}
