#include "reason.h"

static const char *const codes[REASON_COUNT] = {
	[REASON_NONE] = "",
	[REASON_BAD_ENCODING] = "bad_encoding",
	[REASON_BAD_QUOTES] = "bad_quotes",
	[REASON_BAD_JSON] = "bad_json",
	[REASON_TOO_MANY_FIELDS] = "too_many_fields",
	[REASON_TOO_FEW_FIELDS] = "too_few_fields",
	[REASON_UNKNOWN_COLUMN] = "unknown_column",
	[REASON_MISSING] = "missing",
	[REASON_BAD_DATE] = "bad_date",
	[REASON_BAD_NUMBER] = "bad_number",
	[REASON_BAD_MONEY] = "bad_money",
	[REASON_BAD_VALUE] = "bad_value",
	[REASON_UNKNOWN_VALUE] = "unknown_value",
	[REASON_TOO_LONG] = "too_long",
	[REASON_CONTROL_CHARACTER] = "control_character",
	[REASON_DUPLICATE_IN_FILE] = "duplicate_in_file",
	[REASON_BEFORE_OPENED] = "before_opened",
	[REASON_UNKNOWN_UNIT] = "unknown_unit",
	[REASON_AMBIGUOUS_UNIT] = "ambiguous_unit",
	[REASON_AMBIGUOUS_CUSTOMER] = "ambiguous_customer",
	[REASON_CONFLICT] = "conflict",
};

const char *reason_code(enum reason reason)
{
	return codes[reason];
}
