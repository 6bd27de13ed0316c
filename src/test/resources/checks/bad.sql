-- A database on which each example of docs/checks.md fails as is told there.
CREATE SCHEMA billing;
CREATE TABLE measurements (taken date, value int, patient int);
CREATE TABLE clinical_notes ("appointmentId" text NOT NULL);
CREATE TYPE note_status AS ENUM ('draft', 'final');
CREATE DOMAIN amount AS numeric(8,2) CHECK (VALUE >= 0);
CREATE TABLE patients (id int PRIMARY KEY);
CREATE TABLE visits (patient_id int, room int, closed date);
INSERT INTO visits VALUES (7);
ALTER TABLE visits ADD FOREIGN KEY (patient_id) REFERENCES patients (id) NOT VALID;
CREATE INDEX one_open_visit ON visits (patient_id);
CREATE TABLE orders (id bigserial PRIMARY KEY);
INSERT INTO orders VALUES (45920);
CREATE MATERIALIZED VIEW monthly_report AS SELECT 1 AS month, 2 AS total WITH NO DATA;
CREATE FUNCTION total(int, numeric) RETURNS numeric LANGUAGE sql AS 'SELECT $1 * $2';
CREATE FUNCTION write_audit() RETURNS trigger LANGUAGE internal AS 'suppress_redundant_updates_trigger';
CREATE TRIGGER audit AFTER INSERT OR UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION write_audit();
ALTER TABLE orders DISABLE TRIGGER audit;
CREATE TABLE invoices (tenant text);
CREATE POLICY own_rows ON invoices FOR SELECT USING (true);
CREATE PUBLICATION warehouse FOR TABLE patients WITH (publish = 'insert');
CREATE TABLE system_configurations AS SELECT n FROM generate_series(1, 11) n;
CREATE TABLE tenants (tenant text, plan text);
INSERT INTO tenants VALUES ('acme', 'gold'), ('zeta', NULL);
CREATE TABLE purchases AS SELECT 4192387.30 AS amount UNION SELECT 0.03;
CREATE TABLE accounts (email text, phone text, born date);
INSERT INTO accounts VALUES
  ('a@x', '1', '1899-12-31'), ('a@x', '2', '2026-01-01'), ('c@x', '3', NULL), ('d', NULL, '2000-01-01'), (NULL, NULL, NULL);
-- As a failed CREATE INDEX CONCURRENTLY leaves one.
CREATE INDEX one_name ON accounts (email);
UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'one_name'::regclass;
DROP EXTENSION plpgsql;
-- As a change of a table leaves a function that nobody has looked at.
SET check_function_bodies = off;
CREATE FUNCTION open_visits() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM visits WHERE closd IS NULL';
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
    (3, '2', 'notes', 'SQL', 'V2__notes.sql', 3, 'app', now(), 5, false);
CREATE TABLE visit_notes (id int, visit_id int);
INSERT INTO visit_notes SELECT n, n FROM generate_series(1, 10000) AS n;
ANALYZE visit_notes;
