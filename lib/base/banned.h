/* Functions that overrun, forget the terminator or share a buffer. Included before every file by the build, so that each
   of them fails to compile; beside it stands what to use instead. */
#ifndef BASE_BANNED_H
#define BASE_BANNED_H

#include <stdio.h>
#include <string.h>
#include <time.h>

#undef strcpy
#undef strcat
#undef strncpy
#undef strncat
#undef sprintf
#undef vsprintf
#undef strtok
#undef localtime
#undef gmtime

#define strcpy(...) banned_strcpy_use_strbuf_or_snprintf
#define strcat(...) banned_strcat_use_strbuf
#define strncpy(...) banned_strncpy_use_snprintf
#define strncat(...) banned_strncat_use_strbuf
#define sprintf(...) banned_sprintf_use_snprintf
#define vsprintf(...) banned_vsprintf_use_vsnprintf
#define strtok(...) banned_strtok_use_strcspn
#define localtime(...) banned_localtime_use_svc_zone
#define gmtime(...) banned_gmtime_use_svc_date_split

#endif
