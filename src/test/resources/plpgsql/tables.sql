CREATE TYPE status AS ENUM ('draft', 'final');
CREATE TYPE pair AS (a int, b text);
CREATE DOMAIN positive AS int CHECK (value > 0);
CREATE TABLE patients (
    id int PRIMARY KEY, name text NOT NULL, born date, tags text[] NOT NULL DEFAULT '{}', doc jsonb NOT NULL DEFAULT '{}');
CREATE TABLE notes (
    id serial PRIMARY KEY, patient_id int REFERENCES patients, title text, body text, state status DEFAULT 'draft',
    pages int NOT NULL DEFAULT 1, changed timestamptz, "dueDate" date);
CREATE TABLE audit (at timestamptz NOT NULL DEFAULT now(), what text, note_id int, payload jsonb);
CREATE TABLE counters (name text PRIMARY KEY, hits bigint NOT NULL DEFAULT 0);
CREATE VIEW titles AS SELECT title FROM notes;
CREATE VIEW open_notes AS SELECT id, title, pages FROM notes WHERE state = 'draft';
INSERT INTO patients (id, name, born, tags, doc)
    VALUES (1, 'Ada', '1990-01-01', '{a,b}', '{"ward": {"bed": 7}}'), (2, 'Bo', NULL, '{}', '{}');
INSERT INTO notes (patient_id, title, body, pages) VALUES (1, 'one', 'x', 3), (1, 'two', 'y', 5), (2, 'three', NULL, 1);
