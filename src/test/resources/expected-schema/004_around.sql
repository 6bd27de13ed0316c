-- What belongs to the tables: indexes, triggers, policies, views, rights.
CREATE TABLE audit.events (
    id bigint GENERATED ALWAYS AS IDENTITY,
    at timestamptz NOT NULL DEFAULT now(),
    what text NOT NULL,
    PRIMARY KEY (id, at)
) PARTITION BY RANGE (at);
CREATE TABLE audit.events_2026 PARTITION OF audit.events FOR VALUES FROM ('2026-01-01+00') TO ('2027-01-01+00');
CREATE TABLE audit.events_rest PARTITION OF audit.events DEFAULT;

CREATE INDEX visits_by_day ON clinic.visits (visit_date, doctor_id);
CREATE UNIQUE INDEX settings_by_name ON clinic.settings (coalesce(office_id, 0), name);
CREATE INDEX open_tasks ON clinic.tasks (due) WHERE NOT done;
CREATE INDEX documents_by_word ON clinic.documents USING gin (words);
CREATE INDEX patients_by_name ON clinic.patients (lower(last_name), lower(first_name));

CREATE TRIGGER visits_touch BEFORE UPDATE ON clinic.visits FOR EACH ROW EXECUTE FUNCTION clinic.touch();
CREATE TRIGGER notes_touch BEFORE UPDATE ON clinic.notes FOR EACH ROW EXECUTE FUNCTION clinic.touch();
CREATE TRIGGER patients_touch BEFORE UPDATE OF first_name, last_name ON clinic.patients
    FOR EACH ROW EXECUTE FUNCTION clinic.touch();
CREATE RULE settings_stay AS ON DELETE TO clinic.settings DO INSTEAD NOTHING;

ALTER TABLE clinic.patients ENABLE ROW LEVEL SECURITY;
ALTER TABLE clinic.notes ENABLE ROW LEVEL SECURITY;
ALTER TABLE clinic.notes FORCE ROW LEVEL SECURITY;
CREATE POLICY own_office ON clinic.patients TO clinic_reader, clinic_writer
    USING (office_id = clinic.current_office());
CREATE POLICY signed_only ON clinic.notes FOR SELECT TO clinic_reader USING (status <> 'draft');
CREATE POLICY drafts ON clinic.notes FOR UPDATE TO clinic_writer
    USING (status = 'draft') WITH CHECK (status IN ('draft', 'signed'));

CREATE VIEW clinic.open_visits AS
    SELECT v.id, p.name, v.visit_date FROM clinic.visits v JOIN clinic.patients p ON p.id = v.patient_id
     WHERE NOT v.closed;
CREATE VIEW clinic.balances WITH (security_barrier) AS
    SELECT i.patient_id, sum(i.total) AS total FROM clinic.invoices i GROUP BY i.patient_id;
CREATE MATERIALIZED VIEW clinic.load AS
    SELECT doctor_id, visit_date, count(*) AS visits FROM clinic.visits GROUP BY 1, 2;
CREATE STATISTICS clinic.visits_together (dependencies) ON doctor_id, room_id FROM clinic.visits;

GRANT SELECT ON ALL TABLES IN SCHEMA clinic TO clinic_reader;
GRANT SELECT, INSERT, UPDATE ON clinic.visits, clinic.notes, clinic.patients TO clinic_writer;
GRANT UPDATE (done) ON clinic.tasks TO clinic_writer;
REVOKE EXECUTE ON FUNCTION clinic.current_office() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION clinic.current_office() TO clinic_reader, clinic_writer;

COMMENT ON TABLE clinic.notes IS 'One page of a visit';
COMMENT ON COLUMN clinic.notes.signed_at IS 'Empty as long as it is a draft';
ALTER TABLE clinic.measurements SET (fillfactor = 80);
ALTER TABLE clinic.stock REPLICA IDENTITY FULL;
CREATE AGGREGATE clinic.longest(text) (SFUNC = pg_catalog.text_larger, STYPE = text);
