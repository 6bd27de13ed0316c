package dev.dbmigration.runner.execute;

import dev.dbmigration.report.Report.FileResult.FileOutcome;
import dev.dbmigration.runner.connect.Message;
import dev.dbmigration.runner.ledger.LedgerEntry;
import dev.dbmigration.runner.script.MigrationFile;
import dev.dbmigration.runner.script.Statement;
import java.sql.SQLException;
import java.util.Optional;

/**
 * One file as part of a message: what it takes alone, except that nothing is looked at on the way, so what must hold
 * fails where it does not. An instance is used once.
 */
final class SharedFile {

    private static final String BEGUN = "dbmigration.begun";

    /** Seconds since 1970 by the server's clock, in a setting that a reset of the session forgets. */
    private static final String NOTE_BEGIN = "SELECT pg_catalog.set_config('" + BEGUN
            + "', pg_catalog.date_part('epoch', pg_catalog.clock_timestamp())::pg_catalog.text, false)";

    /** Milliseconds since then; 0 where the file has reset the session itself, or the clock was set back. */
    private static final String SINCE_BEGIN = "GREATEST(0, pg_catalog.float8mul(1000, pg_catalog.float8mi("
            + "pg_catalog.date_part('epoch', pg_catalog.clock_timestamp()),"
            + " NULLIF(pg_catalog.current_setting('" + BEGUN + "', true), '')::pg_catalog.float8))::pg_catalog.int8)";

    private final Workplace at;
    private final MigrationFile file;
    private final Execution execution;
    private final HeldLocks held;
    private Optional<Integer> storage;
    private int begin;
    private int locks;
    private int row;
    private int commit;

    SharedFile(Workplace at, MigrationFile file) {
        this.at = at;
        this.file = file;
        this.execution = new Execution(at, file);
        this.held = new HeldLocks(at, file);
    }

    MigrationFile file() {
        return file;
    }

    void addTo(Message message) throws SQLException {
        message.add("BEGIN");
        at.fresh().statements(file.options().settings()).forEach(message::add);
        message.add(MigrationLock.RENEW_OR_FAIL);
        storage = Storage.question(file.statements()).map(message::add);
        message.add(NOTE_BEGIN);
        message.add(Opening.END);
        begin = message.add("BEGIN");
        file.statements().forEach(statement -> message.addCounted(statement.text()));
        message.add(Workplace.CHECK_CONSTRAINTS);
        at.ourselves().forEach(message::add);
        message.add(MigrationLock.CONFIRM_OR_FAIL);
        locks = message.add(HeldLocks.question());
        LedgerEntry entry =
                new LedgerEntry(file, FileOutcome.Applied, file.statements().size(), 0);
        row = message.add(at.insertion(entry, SINCE_BEGIN));
        commit = message.add("COMMIT");
    }

    /** Whether the server has answered its COMMIT, and as one. */
    boolean isKept(Message message) {
        return message.answered() > commit && message.answer(commit).tag().equals("COMMIT");
    }

    /** What became of it; called where it is kept. */
    FileEnd.Kept kept(Message message) throws SQLException {
        int place = begin;
        for (Statement statement : file.statements()) {
            execution.ran(statement, message.answer(++place));
        }
        held.before(storage.map(message::answer).orElse(null));
        execution.holds(held.news(message.answer(locks)));
        return execution.kept(FileOutcome.Applied, message.answer(row).number(0, 0));
    }
}
