package dev.dbmigration.scenario;

import dev.dbmigration.testing.Database;

/** The table whose drafts cannot be saved, with a thousand rows, in a database without any migration table. */
public final class ClinicalNotes {

    private ClinicalNotes() {}

    public static void create(Database database) {
        database.execute("""
                create table clinical_notes (
                    id text primary key,
                    "noteType" text,
                    "appointmentId" text not null,
                    "sessionDate" timestamp not null,
                    "dueDate" timestamp not null,
                    unique ("appointmentId", "noteType"))
                """);
        database.execute("""
                insert into clinical_notes
                select 'note-' || n, 'SOAP', 'appointment-' || n, now(), now() from generate_series(1, 1000) n
                """);
    }
}
