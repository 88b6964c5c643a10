/* The message catalogue: which language the library speaks. */
#ifndef SVC_TEXT_H
#define SVC_TEXT_H

#include "svc/error.h"

#ifdef __cplusplus
extern "C" {
#endif

enum svc_lang { SVC_LANG_EN, SVC_LANG_ZH };

/* Chooses the language of all later messages. `mo_file` is a compiled gettext catalogue, mapped for the life of the
   process (the same path once); NULL or an unreadable file leaves the messages in English. Not while another thread runs. */
SVC_PUBLIC void svc_language_set(enum svc_lang lang, const char *mo_file);
SVC_PUBLIC enum svc_lang svc_language(void);

/* The translation of an English message, or the message itself. Borrowed; valid for the life of the process. */
SVC_PUBLIC const char *svc_text(const char *message) __attribute__((format_arg(1)));

/* What an errno of the system means, such as "permission denied", in the reader's language. Borrowed likewise. */
SVC_PUBLIC const char *svc_system_reason(int number);

#ifdef __cplusplus
}
#endif
#endif
