-- A database on which each example of docs/checks.md passes.
CREATE SCHEMA billing AUTHORIZATION billing_owner;
CREATE TABLE measurements (taken date, value int, patient_id int) PARTITION BY RANGE (taken);
ALTER TABLE measurements ENABLE ROW LEVEL SECURITY;
CREATE TABLE clinical_notes ("appointmentId" text);
CREATE TYPE note_status AS ENUM ('draft', 'final', 'archived');
CREATE DOMAIN amount AS numeric(10,2) NOT NULL CHECK (VALUE > 0);
CREATE TABLE patients (id int PRIMARY KEY);
CREATE TABLE visits (patient_id int REFERENCES patients (id) ON DELETE CASCADE, room int, closed date);
CREATE UNIQUE INDEX one_open_visit ON visits (patient_id) INCLUDE (room) WHERE closed IS NULL;
CREATE TABLE orders (id bigserial PRIMARY KEY);
INSERT INTO orders DEFAULT VALUES;
CREATE MATERIALIZED VIEW monthly_report AS SELECT 1 AS month, 2 AS total;
CREATE FUNCTION total(int, numeric) RETURNS numeric LANGUAGE sql IMMUTABLE AS 'SELECT $1 * $2';
CREATE FUNCTION write_audit() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON orders FOR EACH ROW EXECUTE FUNCTION write_audit();
CREATE TABLE invoices (tenant text);
CREATE POLICY own_rows ON invoices FOR SELECT TO billing_reader USING (tenant = current_setting('app.tenant'));
GRANT SELECT ON orders TO billing_reader;
CREATE PUBLICATION warehouse FOR TABLE orders WITH (publish = 'insert, update');
CREATE TABLE system_configurations AS SELECT n FROM generate_series(1, 12) n;
CREATE TABLE tenants (tenant text, plan text);
INSERT INTO tenants VALUES ('acme', 'gold'), ('zeta', 'basic');
CREATE TABLE purchases AS SELECT 4192387.30 AS amount UNION SELECT 0.04;
CREATE TABLE accounts (email text, phone text, born date);
INSERT INTO accounts VALUES ('a@x', '1', '1900-01-01'), ('b@x', '2', '2025-12-31'), ('c@x', '3', NULL), (NULL, NULL, NULL);
CREATE UNIQUE INDEX one_name ON accounts (email);
CREATE FUNCTION open_visits() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM visits WHERE closed IS NULL';
CREATE TABLE flyway_schema_history (
    installed_rank int CONSTRAINT flyway_schema_history_pk PRIMARY KEY,
    version varchar(50),
    description varchar(200) NOT NULL,
    type varchar(20) NOT NULL,
    script varchar(1000) NOT NULL,
    checksum int,
    installed_by varchar(100) NOT NULL,
    installed_on timestamp NOT NULL DEFAULT now(),
    execution_time int NOT NULL,
    success boolean NOT NULL
);
INSERT INTO flyway_schema_history VALUES
    (1, '1', 'visits', 'SQL', 'V1__visits.sql', 1, 'app', now(), 5, true),
    (2, '1.1', 'patients', 'SQL', 'V1_1__patients.sql', 2, 'app', now(), 5, true),
    (3, '2', 'notes', 'SQL', 'V2__notes.sql', 3, 'app', now(), 5, true);
CREATE TABLE visit_notes (id int, visit_id int);
INSERT INTO visit_notes SELECT n, n FROM generate_series(1, 10000) AS n;
CREATE INDEX visit_notes_by_visit ON visit_notes (visit_id);
ANALYZE visit_notes;
