/* The table of commands: dispatch, help, completions and the man pages' options all come from it. A noun stands at the end
   of its own file, as noun_NAME; to add one, add its row. */
#include "command.h"

/* clang-format off */
#define NOUNS(row) \
	row(init) \
	row(customer) \
	row(unit) \
	row(ticket) \
	row(technician) \
	row(dispatch) \
	row(visit) \
	row(warranty) \
	row(return) \
	row(repair) \
	row(fee) \
	row(part) \
	row(complaint) \
	row(conduct) \
	row(kb) \
	row(custody) \
	row(exchange) \
	row(refund) \
	row(policy) \
	row(import) \
	row(actor) \
	row(batch) \
	row(undo) \
	row(log) \
	row(doctor) \
	row(demo) \
	row(help) \
	row(version) \
	row(complete)
/* clang-format on */

#define DECLARE(name) extern const struct command_noun noun_##name;
#define ADDRESS(name) &noun_##name,

NOUNS(DECLARE)

const struct command_noun *const command_nouns[] = {NOUNS(ADDRESS) NULL};
