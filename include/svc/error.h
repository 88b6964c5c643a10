/* Status codes and the error object that every fallible function of libsvc fills. */
#ifndef SVC_ERROR_H
#define SVC_ERROR_H

#ifdef __cplusplus
extern "C" {
#endif

#define SVC_PUBLIC __attribute__((visibility("default")))

/* The exit codes of the command line (design, section 6) are the status codes of the library. */
enum svc_code {
	SVC_OK = 0,
	SVC_NO = 1, /* a check answered no */
	SVC_USAGE = 2, /* wrong usage: an unknown name, a missing argument */
	SVC_INCOMPLETE = 3, /* facts are missing, and named */
	SVC_BAD_INPUT = 4, /* bad data or a bad pack; nothing was changed */
	SVC_NOT_FOUND = 5,
	SVC_REFUSED = 6, /* by rule or state: conflict, duplicate, ambiguous serial */
	SVC_BUSY = 7, /* the store is busy or out of reach; try again */
	SVC_DENIED = 8,
	SVC_PARTIAL = 9, /* done in part; what was set aside is named */
	SVC_FAULT = 70 /* a fault of svc itself (out of memory included) */
};

/* One fault: what went wrong, where, and what to do next. Strings are "" and numbers 0 where they do not apply.
   `text` is one sentence without a full stop, already in the reader's language. */
struct svc_error {
	enum svc_code code;
	int line, column; /* 1-based */
	char text[512];
	char file[256];
	char field[64];
	char hint[256];
};

#ifdef __cplusplus
}
#endif
#endif
