/* The schema by numbered steps, and all that is SQLite's own: STRICT tables, settings of files and connections. A step that
   has been released is never changed; tests/store keeps a sample of each. */
#include "base/error.h"
#include "sqlite.h"

#include <stdio.h>

static const char tables[] =
	"CREATE TABLE desk (id INTEGER PRIMARY KEY, name TEXT NOT NULL, policy TEXT, currency TEXT NOT NULL,"
	" currency_digits INTEGER NOT NULL, zone TEXT NOT NULL, created INTEGER NOT NULL) STRICT;"

	"CREATE TABLE next_id (kind TEXT PRIMARY KEY, next INTEGER NOT NULL) STRICT, WITHOUT ROWID;"

	"CREATE TABLE event (id INTEGER PRIMARY KEY, recorded_at INTEGER NOT NULL, occurred_at INTEGER NOT NULL,"
	" actor TEXT NOT NULL, key TEXT, subject_kind TEXT NOT NULL, subject_id INTEGER NOT NULL, verb TEXT NOT NULL,"
	" payload TEXT NOT NULL, corrects INTEGER REFERENCES event (id)) STRICT;"
	"CREATE INDEX event_subject ON event (subject_kind, subject_id, occurred_at, id);"

	"CREATE TABLE customer (id INTEGER PRIMARY KEY, name TEXT NOT NULL, phone TEXT, email TEXT, address TEXT, zone "
	"TEXT,"
	" distance_km INTEGER, language TEXT, kind TEXT, note TEXT, legacy TEXT, extra TEXT) STRICT;"

	"CREATE TABLE unit (id INTEGER PRIMARY KEY, serial TEXT NOT NULL, product TEXT, component TEXT, model TEXT,"
	" brand TEXT, customer INTEGER REFERENCES customer (id) DEFERRABLE INITIALLY DEFERRED, policy TEXT,"
	" manufacture TEXT, shipment TEXT, purchase TEXT, invoice TEXT, payment TEXT, delivery TEXT, installation TEXT,"
	" acceptance TEXT, handover TEXT, replacement TEXT, repaired TEXT, sold_as TEXT, sold_via TEXT, bought_from "
	"TEXT,"
	" owner TEXT, price INTEGER, note TEXT, legacy TEXT, extra TEXT) STRICT;"
	"CREATE UNIQUE INDEX unit_identity ON unit (serial, coalesce(brand, ''), coalesce(model, ''));"

	"CREATE TABLE ticket (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, state TEXT NOT NULL, opened TEXT NOT NULL,"
	" closed TEXT, channel TEXT, product TEXT, brand TEXT, symptom TEXT, outcome TEXT, severity TEXT,"
	" customer INTEGER REFERENCES customer (id) DEFERRABLE INITIALLY DEFERRED,"
	" unit INTEGER REFERENCES unit (id) DEFERRABLE INITIALLY DEFERRED, technician TEXT, fee INTEGER, verdict TEXT,"
	" policy TEXT, note TEXT, legacy TEXT, extra TEXT) STRICT;"

	"CREATE TABLE actor (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, role TEXT, note TEXT) STRICT;"

	"CREATE TABLE legacy (kind TEXT, source TEXT, legacy_id TEXT, id INTEGER NOT NULL, fingerprint TEXT NOT NULL,"
	" PRIMARY KEY (kind, source, legacy_id)) STRICT, WITHOUT ROWID;"

	"CREATE TABLE idempotency (key TEXT PRIMARY KEY, arguments TEXT NOT NULL, result TEXT, exit INTEGER NOT NULL,"
	" event INTEGER REFERENCES event (id)) STRICT;"

	"CREATE TABLE setting (policy TEXT, name TEXT, effective TEXT, event INTEGER REFERENCES event (id),"
	" value TEXT NOT NULL, PRIMARY KEY (policy, name, effective, event)) STRICT, WITHOUT ROWID;"

	"CREATE TABLE pack_text (hash TEXT PRIMARY KEY, policy TEXT NOT NULL, text TEXT NOT NULL, includes TEXT NOT "
	"NULL)"
	" STRICT;"

	"CREATE TABLE decision (id INTEGER PRIMARY KEY, ticket INTEGER NOT NULL REFERENCES ticket (id)"
	" DEFERRABLE INITIALLY DEFERRED, event INTEGER NOT NULL REFERENCES event (id), ask TEXT NOT NULL,"
	" policy TEXT NOT NULL, version TEXT, hash TEXT NOT NULL REFERENCES pack_text (hash), settings TEXT NOT NULL,"
	" facts TEXT NOT NULL, verdict TEXT NOT NULL, answer TEXT NOT NULL, now INTEGER NOT NULL, engine INTEGER NOT "
	"NULL)"
	" STRICT;"
	"CREATE INDEX decision_ticket ON decision (ticket);";

/* What lists and counts look by. */
static const char list_indexes[] = "CREATE INDEX customer_name ON customer (name, phone);"
				   "CREATE INDEX unit_customer ON unit (customer);"
				   "CREATE INDEX unit_product ON unit (product);"
				   "CREATE INDEX ticket_opened ON ticket (opened);"
				   "CREATE INDEX ticket_state ON ticket (state, opened);"
				   "CREATE INDEX ticket_product ON ticket (product);"
				   "CREATE INDEX ticket_customer ON ticket (customer);"
				   "CREATE INDEX ticket_unit ON ticket (unit);";

/* What tells a decision that was altered in the file; those of before have none. */
static const char seals[] = "ALTER TABLE decision ADD COLUMN seal TEXT";

static const char *const steps[STORE_VERSION] = {tables, list_indexes, seals};

static int step_up(struct store *store, int to, struct svc_error *err)
{
	char version[48];
	int64_t now_at;
	snprintf(version, sizeof version, "PRAGMA user_version = %d", to);
	int status = store_execute(store, "BEGIN IMMEDIATE", err);
	if (status != SVC_OK)
		return status;
	/* Somebody else may have taken this step while we waited. */
	status = store_number(store, "PRAGMA user_version", &now_at, err);
	if (status == SVC_OK && now_at < to) {
		status = store_execute(store, steps[to - 1], err);
		if (status == SVC_OK)
			status = store_execute(store, version, err);
	}
	if (status == SVC_OK)
		status = store_execute(store, "COMMIT", err);
	if (status != SVC_OK)
		store_rollback(store);
	return status;
}

int schema_upgrade(struct store *store, int from, struct svc_error *err)
{
	int status = SVC_OK;
	for (int to = from + 1; status == SVC_OK && to <= STORE_VERSION; to++)
		status = step_up(store, to, err);
	return status;
}

#define STRING_OF(number) #number
#define PRAGMA_NUMBER(name, number) "PRAGMA " name " = " STRING_OF(number)

int schema_settle(struct store *store, struct svc_error *err)
{
	int status = store_execute(store, PRAGMA_NUMBER("application_id", STORE_APPLICATION), err);
	return status == SVC_OK ? store_execute(store, "PRAGMA journal_mode = WAL", err) : status;
}

int schema_prepare_writer(struct store *store, struct svc_error *err)
{
	return store_execute(store, "PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL", err);
}
