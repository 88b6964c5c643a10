-- A store as version 2 of the schema made it, with one record of each kind. Never changed again.
PRAGMA application_id = 1937138532;
CREATE TABLE desk (id INTEGER PRIMARY KEY, name TEXT NOT NULL, policy TEXT, currency TEXT NOT NULL, currency_digits INTEGER NOT NULL, zone TEXT NOT NULL, created INTEGER NOT NULL) STRICT;
CREATE TABLE next_id (kind TEXT PRIMARY KEY, next INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE event (id INTEGER PRIMARY KEY, recorded_at INTEGER NOT NULL, occurred_at INTEGER NOT NULL, actor TEXT NOT NULL, key TEXT, subject_kind TEXT NOT NULL, subject_id INTEGER NOT NULL, verb TEXT NOT NULL, payload TEXT NOT NULL, corrects INTEGER REFERENCES event (id)) STRICT;
CREATE INDEX event_subject ON event (subject_kind, subject_id, occurred_at, id);
CREATE TABLE customer (id INTEGER PRIMARY KEY, name TEXT NOT NULL, phone TEXT, email TEXT, address TEXT, zone TEXT, distance_km INTEGER, language TEXT, kind TEXT, note TEXT, legacy TEXT, extra TEXT) STRICT;
CREATE TABLE unit (id INTEGER PRIMARY KEY, serial TEXT NOT NULL, product TEXT, component TEXT, model TEXT, brand TEXT, customer INTEGER REFERENCES customer (id) DEFERRABLE INITIALLY DEFERRED, policy TEXT, manufacture TEXT, shipment TEXT, purchase TEXT, invoice TEXT, payment TEXT, delivery TEXT, installation TEXT, acceptance TEXT, handover TEXT, replacement TEXT, repaired TEXT, sold_as TEXT, sold_via TEXT, bought_from TEXT, owner TEXT, price INTEGER, note TEXT, legacy TEXT, extra TEXT) STRICT;
CREATE UNIQUE INDEX unit_identity ON unit (serial, coalesce(brand, ''), coalesce(model, ''));
CREATE TABLE ticket (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, state TEXT NOT NULL, opened TEXT NOT NULL, closed TEXT, channel TEXT, product TEXT, brand TEXT, symptom TEXT, outcome TEXT, severity TEXT, customer INTEGER REFERENCES customer (id) DEFERRABLE INITIALLY DEFERRED, unit INTEGER REFERENCES unit (id) DEFERRABLE INITIALLY DEFERRED, technician TEXT, fee INTEGER, verdict TEXT, policy TEXT, note TEXT, legacy TEXT, extra TEXT) STRICT;
CREATE TABLE actor (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, role TEXT, note TEXT) STRICT;
CREATE TABLE legacy (kind TEXT, source TEXT, legacy_id TEXT, id INTEGER NOT NULL, fingerprint TEXT NOT NULL, PRIMARY KEY (kind, source, legacy_id)) STRICT, WITHOUT ROWID;
CREATE TABLE idempotency (key TEXT PRIMARY KEY, arguments TEXT NOT NULL, result TEXT, exit INTEGER NOT NULL, event INTEGER REFERENCES event (id)) STRICT;
CREATE TABLE setting (policy TEXT, name TEXT, effective TEXT, event INTEGER REFERENCES event (id), value TEXT NOT NULL, PRIMARY KEY (policy, name, effective, event)) STRICT, WITHOUT ROWID;
CREATE TABLE pack_text (hash TEXT PRIMARY KEY, policy TEXT NOT NULL, text TEXT NOT NULL, includes TEXT NOT NULL) STRICT;
CREATE TABLE decision (id INTEGER PRIMARY KEY, ticket INTEGER NOT NULL REFERENCES ticket (id) DEFERRABLE INITIALLY DEFERRED, event INTEGER NOT NULL REFERENCES event (id), ask TEXT NOT NULL, policy TEXT NOT NULL, version TEXT, hash TEXT NOT NULL REFERENCES pack_text (hash), settings TEXT NOT NULL, facts TEXT NOT NULL, verdict TEXT NOT NULL, answer TEXT NOT NULL, now INTEGER NOT NULL, engine INTEGER NOT NULL) STRICT;
CREATE INDEX decision_ticket ON decision (ticket);
CREATE INDEX customer_name ON customer (name, phone);
CREATE INDEX unit_customer ON unit (customer);
CREATE INDEX unit_product ON unit (product);
CREATE INDEX ticket_opened ON ticket (opened);
CREATE INDEX ticket_state ON ticket (state, opened);
CREATE INDEX ticket_product ON ticket (product);
CREATE INDEX ticket_customer ON ticket (customer);
CREATE INDEX ticket_unit ON ticket (unit);
PRAGMA user_version = 2;
INSERT INTO desk VALUES (1, 'service', NULL, 'CNY', 2, 'Asia/Shanghai', 1750000000);
INSERT INTO next_id VALUES ('customer', 2), ('unit', 2), ('ticket', 2), ('actor', 2), ('event', 5);
INSERT INTO event VALUES
 (1, 1750000000, 1750000000, 'desk', NULL, 'customer', 1, 'added', '{"v":1,"set":{"name":"customer A"}}', NULL),
 (2, 1750000000, 1750000000, 'desk', NULL, 'unit', 1, 'registered', '{"v":1,"set":{"serial":"SN1","customer":"C1"}}', NULL),
 (3, 1750000000, 1750000000, 'desk', 'k1', 'ticket', 1, 'opened',
  '{"v":1,"set":{"kind":"repair","state":"open","opened":"2025-06-01","unit":"U1","fee":"20.00"}}', NULL),
 (4, 1750000000, 1750000000, 'desk', NULL, 'actor', 1, 'added', '{"v":1,"set":{"name":"desk"}}', NULL);
INSERT INTO customer (id, name) VALUES (1, 'customer A');
INSERT INTO unit (id, serial, customer) VALUES (1, 'SN1', 1);
INSERT INTO ticket (id, kind, state, opened, unit, fee) VALUES (1, 'repair', 'open', '2025-06-01', 1, 2000);
INSERT INTO actor (id, name) VALUES (1, 'desk');
INSERT INTO pack_text VALUES ('0', 'kettles', 'policy: kettles', '{}');
INSERT INTO decision VALUES (1, 1, 3, 'warranty', 'kettles', '2024-01-01', '0', '{}', '{}', 'covered', '{}', 1750000000, 4);
INSERT INTO idempotency VALUES ('k1', 'ticket open', NULL, 0, 3);
PRAGMA journal_mode = WAL;
