-- What is not as it should be, beside what is.
CREATE TABLE sound (id integer PRIMARY KEY);
CREATE TABLE wrong (id serial, sound integer, amount integer, secret text DEFAULT 'postgres://me:hunter2@db/app');
INSERT INTO wrong (sound, amount) VALUES (1, 1), (2, 1);
ALTER TABLE wrong ADD CONSTRAINT unproven CHECK (amount > 1) NOT VALID;
ALTER TABLE wrong ADD CONSTRAINT orphaned FOREIGN KEY (sound) REFERENCES sound NOT VALID;
SELECT setval('wrong_id_seq', 1, false);
CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER stopped BEFORE UPDATE ON wrong FOR EACH ROW EXECUTE FUNCTION stamp();
ALTER TABLE wrong DISABLE TRIGGER stopped;
CREATE MATERIALIZED VIEW empty AS SELECT 1 AS one WITH NO DATA;
CREATE INDEX half_built ON wrong (amount);
UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'half_built'::regclass;
