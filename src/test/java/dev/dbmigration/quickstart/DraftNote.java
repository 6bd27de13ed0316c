package dev.dbmigration.quickstart;

import dev.dbmigration.api.v1alpha1.DatabaseMigration;
import dev.dbmigration.testing.Database;

/** What the user wanted all along: a note saved as a draft, and none of the others lost. */
record DraftNote(Database database) {

    private static final String EXAMPLE = "draft-fields-nullable";

    /** Whether it is the first example that was applied, or something else, of which nobody knows what it is for. */
    static boolean isMadeWritableBy(DatabaseMigration migration) {
        return migration.getMetadata().getName().equals(EXAMPLE)
                && Databases.EXAMPLES.equals(migration.getSpec().database().name());
    }

    void prove(Terminal terminal) {
        save();
        terminal.line("  A draft without appointmentId, sessionDate and dueDate is saved.");
        String rows = database.query("select count(*) from clinical_notes where id <> 'draft'");
        if (!rows.equals("1000")) {
            throw new Refused("There were 1,000 clinical notes, and now there are " + rows + ".");
        }
        terminal.line("  The 1,000 notes of before are still there.");
    }

    private void save() {
        try {
            database.execute("insert into clinical_notes (id, \"noteType\") values ('draft', 'SOAP')");
        } catch (IllegalStateException e) {
            throw new Refused("A draft can still not be saved: " + e.getCause().getMessage());
        }
    }
}
