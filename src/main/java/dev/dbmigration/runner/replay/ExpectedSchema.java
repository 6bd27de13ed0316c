package dev.dbmigration.runner.replay;

import dev.dbmigration.check.ExpectedSchemaCheck;
import dev.dbmigration.report.Reason;
import dev.dbmigration.report.Report;
import dev.dbmigration.report.RunInput;
import dev.dbmigration.report.RunInput.Session;
import dev.dbmigration.runner.catalogue.Catalogue;
import dev.dbmigration.runner.connect.Environment;
import dev.dbmigration.runner.execute.ApplyTask;
import dev.dbmigration.runner.execute.RunLog;
import dev.dbmigration.runner.execute.Stop;
import dev.dbmigration.runner.fault.RunFailed;
import dev.dbmigration.runner.schema.Comparison;
import dev.dbmigration.runner.schema.Schema;
import dev.dbmigration.runner.schema.SchemaReader;
import dev.dbmigration.runner.script.MigrationFile;
import dev.dbmigration.runner.script.Parameters;
import dev.dbmigration.runner.script.Scripts;
import dev.dbmigration.runner.verify.SchemaComparison;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Replays the migration's files into an empty database, by the task that applies them, and compares what comes of it
 * with the target. The target is only read.
 *
 * @param root below which the sources are
 * @param variables the environment of the pod
 */
public record ExpectedSchema(
        RunInput input, Path root, Map<String, String> variables, RunLog log, Stop stop, LongSupplier ticker)
        implements SchemaComparison {

    private static final long LOCK_WAIT_MILLIS = 60_000;

    @Override
    public Compared compare(ExpectedSchemaCheck check) throws SQLException {
        if (input.sql() == null) {
            throw RunFailed.because(
                    Reason.InvalidSpec,
                    "there are no files to replay",
                    "let migrationRef name a migration of sql files");
        }
        Environment environment = Environment.of(variables);
        Target target = new Target(environment, input.session(), stop);
        List<MigrationFile> files = files(environment);
        target.look(connection -> {
            new Foundation(files, input.sql(), input.session().schema()).check(connection);
            return null;
        });
        TargetFacts facts = target.facts();
        try (Scratch scratch = scratch(check, environment, facts, files)) {
            return compared(check, target, scratch);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw RunFailed.because(Reason.PodEvicted, "the pod was told to stop");
        }
    }

    private List<MigrationFile> files(Environment environment) {
        Parameters parameters = new Parameters(input.sql().variables(), environment::database);
        return Scripts.read(root, input.sql().sources(), parameters).files();
    }

    private Scratch scratch(
            ExpectedSchemaCheck check, Environment environment, TargetFacts facts, List<MigrationFile> files)
            throws SQLException, InterruptedException {
        FileNames made = FileNames.of(files);
        if (check.scratch().sameServer() != null) {
            FileNames.actingOnCluster(files).ifPresent(ExpectedSchema::refuse);
            return Scratch.onSameServer(
                    check.scratch().sameServer(), environment, input.session().schema(), facts, made, log);
        }
        ScratchServer server = new ScratchServer(variables, log, stop, ticker);
        if (!server.isThere()) {
            throw RunFailed.because(
                    Reason.InvalidSpec,
                    "there is no scratch server beside the runner",
                    "operator and runner must be of the same release");
        }
        return Scratch.beside(server, input.session().schema(), facts, made, log);
    }

    private static void refuse(String place) {
        throw RunFailed.because(
                Reason.UnsupportedFeature,
                place + " acts on the whole server, so it is not replayed on the one that is checked",
                "give scratch.image instead of scratch.sameServer");
    }

    private Compared compared(ExpectedSchemaCheck check, Target target, Scratch scratch)
            throws SQLException, InterruptedException {
        OwnTables ours = new OwnTables(input.sql().ledgerSchema());
        Schema before = scratch.read();
        SkippedStatements skipped = new SkippedStatements();
        replay(scratch, skipped);
        Schema after = ours.leftOutOf(scratch.read());
        Schema found =
                ours.leftOutOf(target.look(connection -> new SchemaReader(new Catalogue(connection), Map.of()).all()));
        List<Skipped> atTheEnd =
                skipped.found().stream().map(each -> each.at(after)).toList();
        return new Judgement(new Comparison(before, after, found), atTheEnd, check.ignore(), log).compared();
    }

    private void replay(Scratch scratch, SkippedStatements skipped) throws InterruptedException {
        log.line("replaying the files into the scratch database " + scratch.name());
        Report report = new ApplyTask(log, stop, ticker, skipped).run(forReplay(scratch), root, scratch.variables());
        if (report.outcome() != Report.Outcome.Applied) {
            throw RunFailed.because(
                    report.reason() == null ? Reason.StatementFailed : report.reason(),
                    "the files do not apply to an empty database: " + report.message(),
                    "see the Pod's log; what they need beside themselves must be in the scratch server");
        }
    }

    /** From the first file on, whatever was there before or was found out on the way. */
    private RunInput forReplay(Scratch scratch) {
        RunInput.Sql sql = input.sql();
        return new RunInput(
                input.schemaVersion(),
                input.resource(),
                input.run(),
                input.inputsDigest(),
                input.reportBytes(),
                new Session(input.session().schema(), null, null, scratch.role()),
                new RunInput.Sql(
                        sql.ledgerSchema(),
                        sql.scope(),
                        LOCK_WAIT_MILLIS,
                        0,
                        sql.transaction(),
                        null,
                        sql.sources(),
                        sql.variables(),
                        null),
                null);
    }
}
