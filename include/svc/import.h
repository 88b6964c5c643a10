/* Legacy records in (contract: import). */
#ifndef SVC_IMPORT_H
#define SVC_IMPORT_H

#include "svc/desk.h"

#ifdef __cplusplus
extern "C" {
#endif

struct svc_import_options {
	enum svc_kind kind;
	const char *file; /* "-": standard input */
	const char *map; /* a map file; NULL: columns bear the fields' own names, source "import" */
	const char *encoding; /* an iconv name, or "auto"; NULL: auto */
	const char *format; /* csv, tsv or jsonl; NULL: by the file's name */
	const char *rejects; /* file for rows that can't be taken; NULL: FILE with ".rejects" before its ending */
	bool dry_run, all_or_nothing;
	/* Told now and then how far the reading is; `of` is 0 when the size is not known. May be NULL. */
	void (*progress)(void *context, int64_t bytes, int64_t of, int64_t rows);
	void *context;
};
struct svc_import_result {
	int64_t read, added, updated, unchanged, rejected; /* read = added + updated + unchanged + rejected */
	char rejects_file[256]; /* "" when nothing was rejected */
};
/* Runs in transactions of its own, some thousand rows each, so that a killed import leaves whole rows (with all_or_nothing or
   dry_run: in one). `key` as in svc_desk_begin. SVC_OK, SVC_PARTIAL when rows were rejected, SVC_BAD_INPUT when nothing
   was changed (bad map, bad encoding, unreadable file, all_or_nothing with a bad row). */
SVC_PUBLIC int svc_import(struct svc_desk *desk, const struct svc_import_options *options,
			  struct svc_import_result *result, struct svc_error *err);

#ifdef __cplusplus
}
#endif
#endif
