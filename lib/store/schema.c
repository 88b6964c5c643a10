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

/* The desk: people and visits, repairs, money, parts, custody, knowledge, conduct. An event knows the command that it is of by that
   command's first event. */
static const char desk_tables[] =
	"ALTER TABLE ticket ADD COLUMN variant TEXT;"
	"ALTER TABLE ticket ADD COLUMN stage TEXT;"
	"ALTER TABLE ticket ADD COLUMN holder TEXT;"
	"ALTER TABLE ticket ADD COLUMN due TEXT;"
	"ALTER TABLE ticket ADD COLUMN priority TEXT;"
	"ALTER TABLE ticket ADD COLUMN rework INTEGER;"
	"ALTER TABLE ticket ADD COLUMN escalated TEXT;"
	"ALTER TABLE ticket ADD COLUMN repeats INTEGER;"
	"ALTER TABLE ticket ADD COLUMN merged INTEGER;"
	"ALTER TABLE unit ADD COLUMN replaces INTEGER;"
	"ALTER TABLE event ADD COLUMN command INTEGER;"
	/* decisions outlive a ticket whose opening was taken back */
	"CREATE TABLE decision_kept (id INTEGER PRIMARY KEY, ticket INTEGER NOT NULL,"
	" event INTEGER NOT NULL REFERENCES event (id), ask TEXT NOT NULL, policy TEXT NOT NULL, version TEXT,"
	" hash TEXT NOT NULL REFERENCES pack_text (hash), settings TEXT NOT NULL, facts TEXT NOT NULL,"
	" verdict TEXT NOT NULL, answer TEXT NOT NULL, now INTEGER NOT NULL, engine INTEGER NOT NULL, seal TEXT) STRICT;"
	"INSERT INTO decision_kept SELECT id, ticket, event, ask, policy, version, hash, settings, facts, verdict,"
	" answer, now, engine, seal FROM decision;"
	"DROP TABLE decision;"
	"ALTER TABLE decision_kept RENAME TO decision;"
	"CREATE INDEX decision_ticket ON decision (ticket);"
	"CREATE INDEX event_corrects ON event (corrects) WHERE corrects IS NOT NULL;"
	"CREATE INDEX ticket_stage ON ticket (stage) WHERE stage IS NOT NULL;"

	"CREATE TABLE technician (id INTEGER PRIMARY KEY, name TEXT NOT NULL, skills TEXT, zones TEXT, shift TEXT, "
	"phone TEXT, state TEXT NOT NULL, note TEXT) STRICT;"

	"CREATE TABLE absence (id INTEGER PRIMARY KEY, "
	"technician INTEGER NOT NULL REFERENCES technician (id) DEFERRABLE INITIALLY DEFERRED, "
	"starts TEXT NOT NULL, ends TEXT NOT NULL, reason TEXT) STRICT;"

	"CREATE TABLE visit (id INTEGER PRIMARY KEY, "
	"ticket INTEGER NOT NULL REFERENCES ticket (id) DEFERRABLE INITIALLY DEFERRED, "
	"technician INTEGER REFERENCES technician (id) DEFERRABLE INITIALLY DEFERRED, state TEXT NOT NULL, "
	"starts TEXT NOT NULL, ends TEXT NOT NULL, minutes INTEGER, travel INTEGER, needs TEXT, departed TEXT, "
	"arrived TEXT, started TEXT, finished TEXT, late INTEGER, remaining TEXT, "
	"follows INTEGER REFERENCES visit (id) DEFERRABLE INITIALLY DEFERRED, note TEXT) STRICT;"

	"CREATE TABLE work (id INTEGER PRIMARY KEY, "
	"ticket INTEGER NOT NULL REFERENCES ticket (id) DEFERRABLE INITIALLY DEFERRED, "
	"visit INTEGER REFERENCES visit (id) DEFERRABLE INITIALLY DEFERRED, "
	"technician INTEGER REFERENCES technician (id) DEFERRABLE INITIALLY DEFERRED, done TEXT, "
	"process TEXT NOT NULL, hours INTEGER, cost INTEGER, note TEXT) STRICT;"

	"CREATE TABLE fee (id INTEGER PRIMARY KEY, "
	"ticket INTEGER NOT NULL REFERENCES ticket (id) DEFERRABLE INITIALLY DEFERRED, item TEXT NOT NULL, "
	"state TEXT NOT NULL, quantity INTEGER, unit_price INTEGER, amount INTEGER, payer TEXT, basis TEXT, "
	"clause TEXT, cost INTEGER, paid INTEGER, receipt TEXT, reason TEXT, charged TEXT, note TEXT) STRICT;"

	"CREATE TABLE part (id INTEGER PRIMARY KEY, number TEXT NOT NULL, name TEXT, component TEXT, "
	"on_hand INTEGER, reserved INTEGER, minimum INTEGER, price INTEGER, cost INTEGER, place TEXT, "
	"note TEXT) STRICT;"

	"CREATE TABLE issue (id INTEGER PRIMARY KEY, "
	"part INTEGER NOT NULL REFERENCES part (id) DEFERRABLE INITIALLY DEFERRED, "
	"ticket INTEGER NOT NULL REFERENCES ticket (id) DEFERRABLE INITIALLY DEFERRED, "
	"technician INTEGER REFERENCES technician (id) DEFERRABLE INITIALLY DEFERRED, state TEXT NOT NULL, "
	"quantity INTEGER NOT NULL, used INTEGER, returned INTEGER, written_off INTEGER, old_part TEXT, "
	"approved_by TEXT, issued TEXT, cost INTEGER, due TEXT, reason TEXT, note TEXT) STRICT;"

	"CREATE TABLE goods (id INTEGER PRIMARY KEY, "
	"ticket INTEGER NOT NULL REFERENCES ticket (id) DEFERRABLE INITIALLY DEFERRED, kind TEXT NOT NULL, "
	"unit INTEGER REFERENCES unit (id) DEFERRABLE INITIALLY DEFERRED, serial TEXT, description TEXT, "
	"belongs TEXT, state TEXT NOT NULL, holder TEXT, since TEXT, place TEXT, receipt TEXT, carrier TEXT, "
	"tracking TEXT, freight INTEGER, freight_payer TEXT, due TEXT, signed_by TEXT, note TEXT) STRICT;"

	"CREATE TABLE article (id INTEGER PRIMARY KEY, title TEXT NOT NULL, state TEXT NOT NULL, product TEXT, "
	"component TEXT, symptom TEXT, cause TEXT, solution TEXT, used INTEGER, note TEXT) STRICT;"

	"CREATE VIRTUAL TABLE article_text USING fts5 (title, product, component, symptom, cause, solution);"

	"CREATE TABLE violation (id INTEGER PRIMARY KEY, person TEXT NOT NULL, rule TEXT NOT NULL, "
	"occurred TEXT NOT NULL, state TEXT NOT NULL, "
	"ticket INTEGER REFERENCES ticket (id) DEFERRABLE INITIALLY DEFERRED, facts TEXT, evidence TEXT, "
	"reason TEXT, note TEXT) STRICT;"

	"CREATE TABLE task (id INTEGER PRIMARY KEY, name TEXT NOT NULL, "
	"ticket INTEGER NOT NULL REFERENCES ticket (id) DEFERRABLE INITIALLY DEFERRED, state TEXT NOT NULL, "
	"holder TEXT, due TEXT, done TEXT, clause TEXT, note TEXT) STRICT;"

	"CREATE UNIQUE INDEX technician_name ON technician (name);"
	"CREATE UNIQUE INDEX part_number ON part (number);"
	"CREATE INDEX absence_technician ON absence (technician, starts);"
	"CREATE INDEX visit_technician ON visit (technician, starts);"
	"CREATE INDEX visit_starts ON visit (starts);"
	"CREATE INDEX visit_ticket ON visit (ticket);"
	"CREATE INDEX work_ticket ON work (ticket);"
	"CREATE INDEX fee_ticket ON fee (ticket);"
	"CREATE INDEX issue_ticket ON issue (ticket);"
	"CREATE INDEX issue_part ON issue (part);"
	"CREATE INDEX goods_ticket ON goods (ticket);"
	"CREATE INDEX goods_serial ON goods (serial);"
	"CREATE INDEX goods_unit ON goods (unit);"
	"CREATE INDEX violation_person ON violation (person, occurred);"
	"CREATE INDEX task_ticket ON task (ticket);";

static const char *const steps[STORE_VERSION] = {tables, list_indexes, seals, desk_tables};

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
