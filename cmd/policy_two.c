#include "policy_two.h"

#include <string.h>

int chosen_asks(struct command *command, const char *usual, uint32_t *asks)
{
	const char *list = command_text(command, "ask");
	*asks = 0;
	for (const char *at = list ? list : usual; *at;) {
		size_t length = strcspn(at, ",");
		enum svc_ask ask;
		int status = svc_ask_find(command_print(command, "%.*s", (int)length, at), &ask, &command->error);
		if (status)
			return status;
		*asks |= UINT32_C(1) << ask;
		at += length + (at[length] == ',');
	}
	return SVC_OK;
}
