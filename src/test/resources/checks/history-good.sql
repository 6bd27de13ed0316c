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
