package dev.dbmigration.runner;

import java.util.List;

/**
 * One way in which a database comes to differ from what its files made, in the schema of
 * {@code src/test/resources/expected-schema}. They can all be done to one database.
 *
 * @param sql does it
 * @param found what the check says of it
 * @param check that finds it, as YAML where it is another than {@code expectedSchema}
 */
record Damage(String name, String sql, List<String> found, String check) {

    /** What {@code expectedSchema} finds. */
    static final List<Damage> SEEN = List.of(
            of("column missing", "ALTER TABLE clinic.tasks DROP COLUMN title", "missing column clinic.tasks.title"),
            of("column too many", "ALTER TABLE clinic.nurses ADD nick text", "extra column clinic.nurses.nick"),
            of(
                    "type changed",
                    "ALTER TABLE clinic.rooms ALTER number TYPE varchar(10)",
                    "different column clinic.rooms.number"),
            of(
                    "default lost",
                    "ALTER TABLE clinic.visits ALTER kind DROP DEFAULT",
                    "different column clinic.visits.kind"),
            of(
                    "default changed",
                    "ALTER TABLE clinic.waiting_list ALTER priority SET DEFAULT 9",
                    "different column clinic.waiting_list.priority"),
            of(
                    "NOT NULL gone",
                    "ALTER TABLE clinic.messages ALTER body DROP NOT NULL",
                    "different column clinic.messages.body"),
            of(
                    "expression of a generated column gone",
                    "ALTER TABLE clinic.patients ALTER name DROP EXPRESSION",
                    "different column clinic.patients.name"),
            of(
                    "identity of another kind",
                    "ALTER TABLE clinic.offices ALTER id SET GENERATED ALWAYS",
                    "different column clinic.offices.id"),
            of(
                    "label missing",
                    "DELETE FROM pg_enum WHERE enumlabel = 'amended' AND enumtypid = 'clinic.note_status'::regtype",
                    "different type clinic.note_status"),
            of(
                    "label too many",
                    "ALTER TYPE clinic.visit_kind ADD VALUE 'other' BEFORE 'home'",
                    "different type clinic.visit_kind"),
            of(
                    "domain's rule gone",
                    "ALTER DOMAIN clinic.email DROP CONSTRAINT email_check",
                    "different type clinic.email"),
            of(
                    "attribute of a type gone",
                    "ALTER TYPE clinic.address DROP ATTRIBUTE zip",
                    "different type clinic.address"),
            of(
                    "index invalid",
                    "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'clinic.visits_by_day'::regclass",
                    "different index clinic.visits_by_day"),
            of("index lost", "DROP INDEX clinic.open_tasks", "missing index clinic.open_tasks"),
            of(
                    "index on something else",
                    "DROP INDEX clinic.patients_by_name; CREATE INDEX patients_by_name ON clinic.patients (last_name)",
                    "different index clinic.patients_by_name"),
            of(
                    "index no longer unique",
                    "DROP INDEX clinic.settings_by_name;"
                            + " CREATE INDEX settings_by_name ON clinic.settings (coalesce(office_id, 0), name)",
                    "different index clinic.settings_by_name"),
            of("index too many", "CREATE INDEX left_over ON clinic.notes (body)", "extra index clinic.left_over"),
            of(
                    "constraint NOT VALID",
                    "ALTER TABLE clinic.treatments DROP CONSTRAINT treatments_price_check,"
                            + " ADD CONSTRAINT treatments_price_check CHECK (price >= 0) NOT VALID",
                    "different constraint treatments_price_check of clinic.treatments"),
            of(
                    "check gone",
                    "ALTER TABLE clinic.notes DROP CONSTRAINT notes_signed",
                    "missing constraint notes_signed of clinic.notes"),
            of(
                    "primary key gone",
                    "ALTER TABLE clinic.surveys DROP CONSTRAINT surveys_pkey",
                    "missing constraint surveys_pkey of clinic.surveys"),
            of(
                    "unique key gone",
                    "ALTER TABLE clinic.consents DROP CONSTRAINT consents_patient_id_topic_key",
                    "missing constraint consents_patient_id_topic_key of clinic.consents"),
            of(
                    "exclusion gone",
                    "ALTER TABLE clinic.absences DROP CONSTRAINT absences_during_excl",
                    "missing constraint absences_during_excl of clinic.absences"),
            of(
                    "foreign key to the wrong table",
                    "ALTER TABLE clinic.rooms DROP CONSTRAINT rooms_kind_id_fkey,"
                            + " ADD CONSTRAINT rooms_kind_id_fkey FOREIGN KEY (kind_id) REFERENCES clinic.countries",
                    "different constraint rooms_kind_id_fkey of clinic.rooms"),
            of(
                    "foreign key that no longer cascades",
                    "ALTER TABLE clinic.contacts DROP CONSTRAINT contacts_patient_id_fkey,"
                            + " ADD CONSTRAINT contacts_patient_id_fkey FOREIGN KEY (patient_id) REFERENCES clinic.patients",
                    "different constraint contacts_patient_id_fkey of clinic.contacts"),
            of(
                    "foreign key whose triggers are off",
                    "ALTER TABLE clinic.task_comments DISABLE TRIGGER ALL",
                    "different constraint task_comments_task_id_fkey of clinic.task_comments"),
            of(
                    "policy gone",
                    "DROP POLICY own_office ON clinic.patients",
                    "missing policy own_office on clinic.patients"),
            of(
                    "policy that lets everything through",
                    "ALTER POLICY signed_only ON clinic.notes USING (true)",
                    "different policy signed_only on clinic.notes"),
            of(
                    "policy for others",
                    "ALTER POLICY drafts ON clinic.notes TO PUBLIC",
                    "different policy drafts on clinic.notes"),
            of(
                    "row security off",
                    "ALTER TABLE clinic.patients DISABLE ROW LEVEL SECURITY",
                    "different row security of table clinic.patients"),
            of(
                    "row security not for the owner",
                    "ALTER TABLE clinic.notes NO FORCE ROW LEVEL SECURITY",
                    "different row security of table clinic.notes"),
            of(
                    "trigger disabled",
                    "ALTER TABLE clinic.visits DISABLE TRIGGER visits_touch",
                    "different trigger visits_touch on clinic.visits"),
            of(
                    "trigger gone",
                    "DROP TRIGGER notes_touch ON clinic.notes",
                    "missing trigger notes_touch on clinic.notes"),
            of(
                    "trigger on other columns",
                    "DROP TRIGGER patients_touch ON clinic.patients; CREATE TRIGGER patients_touch BEFORE UPDATE"
                            + " ON clinic.patients FOR EACH ROW EXECUTE FUNCTION clinic.touch()",
                    "different trigger patients_touch on clinic.patients"),
            of(
                    "rule gone",
                    "DROP RULE settings_stay ON clinic.settings",
                    "missing rule settings_stay on clinic.settings"),
            of(
                    "function's body changed",
                    "CREATE OR REPLACE FUNCTION clinic.full_name(first text, last text) RETURNS text LANGUAGE sql"
                            + " IMMUTABLE AS $$ SELECT last || ', ' || first $$",
                    "different function clinic.full_name(text,text)"),
            of(
                    "function with its owner's rights",
                    "ALTER FUNCTION clinic.touch() SECURITY DEFINER",
                    "different function clinic.touch()"),
            of(
                    "function too many",
                    "CREATE FUNCTION clinic.full_name(text) RETURNS text LANGUAGE sql AS 'SELECT $1'",
                    "extra function clinic.full_name(text)"),
            of("aggregate gone", "DROP AGGREGATE clinic.longest(text)", "missing aggregate clinic.longest(text)"),
            of(
                    "sequence with other steps",
                    "ALTER SEQUENCE clinic.invoice_numbers INCREMENT 1",
                    "different sequence clinic.invoice_numbers"),
            of(
                    "grant lost",
                    "REVOKE UPDATE ON clinic.visits FROM clinic_writer",
                    "different privileges of clinic_writer on table clinic.visits"),
            of(
                    "all grants of a role lost",
                    "REVOKE ALL ON FUNCTION clinic.current_office() FROM clinic_writer",
                    "missing privileges of clinic_writer on function clinic.current_office()"),
            of(
                    "everybody may read",
                    "GRANT SELECT ON clinic.documents TO PUBLIC",
                    "extra privileges of PUBLIC on table clinic.documents"),
            of(
                    "grant of a column lost",
                    "REVOKE UPDATE (done) ON clinic.tasks FROM clinic_writer",
                    "missing privileges of clinic_writer on column clinic.tasks.done"),
            of(
                    "somebody else's table",
                    "ALTER MATERIALIZED VIEW clinic.load OWNER TO clinic_writer",
                    "different owner of materialized view clinic.load"),
            of(
                    "view of other rows",
                    "CREATE OR REPLACE VIEW clinic.open_visits AS SELECT v.id, p.name, v.visit_date"
                            + " FROM clinic.visits v JOIN clinic.patients p ON p.id = v.patient_id",
                    "different view clinic.open_visits"),
            of(
                    "view no longer a barrier",
                    "ALTER VIEW clinic.balances RESET (security_barrier)",
                    "different options of view clinic.balances"),
            of("table gone", "DROP TABLE clinic.deliveries", "missing table clinic.deliveries"),
            of("table too many", "CREATE TABLE clinic.notes_backup (id int)", "extra table clinic.notes_backup"),
            of("table unlogged", "ALTER TABLE clinic.referrals SET UNLOGGED", "different table clinic.referrals"),
            of("partition gone", "DROP TABLE audit.events_2026", "missing table audit.events_2026"),
            of(
                    "statistics gone",
                    "DROP STATISTICS clinic.visits_together",
                    "missing statistics clinic.visits_together"),
            of(
                    "replica identity lost",
                    "ALTER TABLE clinic.stock REPLICA IDENTITY DEFAULT",
                    "different replica identity of table clinic.stock"),
            of("comment lost", "COMMENT ON TABLE clinic.notes IS NULL", "missing comment on table clinic.notes"));

    /** What the checks of whole schemas, and of what moves with the data, find. */
    static final List<Damage> SEEN_BY_OTHERS = List.of(
            by(
                    "noBrokenFunctions: {}",
                    "function's body refers to a lost column",
                    "ALTER TABLE clinic.visits RENAME closed TO is_closed",
                    "column \"closed\" of relation \"visits\" does not exist"),
            by(
                    "sequence: {schema: clinic, name: countries_id_seq, ahead: true}",
                    "sequence behind its column",
                    "INSERT INTO clinic.countries (id, code, label) OVERRIDING SYSTEM VALUE VALUES (1, 'xx', 'nowhere')",
                    "greatest clinic.countries.id is 1"),
            by(
                    "noInvalidIndexes: {}",
                    "index INVALID",
                    "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'clinic.countries_pkey'::regclass",
                    "clinic.countries_pkey on countries"),
            by(
                    "noUnvalidatedConstraints: {}",
                    "constraint NOT VALID",
                    "ALTER TABLE clinic.countries ADD CONSTRAINT short CHECK (length(code) < 3) NOT VALID",
                    "clinic.short on countries"),
            by(
                    "noDisabledTriggers: {}",
                    "foreign keys held by nothing",
                    "ALTER TABLE clinic.countries DISABLE TRIGGER ALL",
                    "foreign key offices_country_id_fkey on clinic.offices"),
            by(
                    "noOrphans: {}",
                    "row without the one that it refers to",
                    "SET session_replication_role = replica;"
                            + " INSERT INTO clinic.offices (country_id, name) VALUES (4711, 'nowhere')",
                    "clinic.offices(country_id) without one of clinic.countries"));

    private static Damage by(String check, String name, String sql, String found) {
        return new Damage(name, sql, List.of(found), check);
    }

    private static Damage of(String name, String sql, String... found) {
        return new Damage(name, sql, List.of(found), "expectedSchema");
    }

    @Override
    public String toString() {
        return name;
    }
}
