package dev.dbmigration.runner;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.dbmigration.check.Check;
import dev.dbmigration.report.LogLine.Subject;
import dev.dbmigration.report.Masking;
import dev.dbmigration.report.Reason;
import dev.dbmigration.report.Report;
import dev.dbmigration.report.Report.Outcome;
import dev.dbmigration.report.RunInput;
import dev.dbmigration.report.TerminationMessage;
import dev.dbmigration.runner.connect.Environment;
import dev.dbmigration.runner.connect.PodName;
import dev.dbmigration.runner.execute.ApplyTask;
import dev.dbmigration.runner.execute.PlanTask;
import dev.dbmigration.runner.execute.RunLog;
import dev.dbmigration.runner.execute.Stop;
import dev.dbmigration.runner.fault.RunFailed;
import dev.dbmigration.runner.replay.ScratchEnd;
import dev.dbmigration.runner.words.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/** One run from its directory to its report; the process around it is {@link RunnerMain}. */
final class Runner {

    /** Where the kubelet looks for it, unless the pod says otherwise. */
    private static final String REPORT_PATH = "/dev/termination-log";

    private static final int REPORT_BYTES = 4096;

    private static final Set<Outcome> REACHED = Set.of(Outcome.Applied, Outcome.Planned, Outcome.Passed);

    private static final RunInput.ResourceName NOBODY = new RunInput.ResourceName(null, null, null);

    private final Map<String, String> environment;
    private final Secret secret;
    private final RunLog log;
    private final Stop stop;
    private final LongSupplier ticker;

    Runner(Map<String, String> environment, RunLog log, Stop stop, LongSupplier ticker) {
        this.environment = environment;
        this.secret = Environment.secret(environment);
        this.log = log;
        log.hide(secret);
        this.stop = stop;
        this.ticker = ticker;
    }

    /** Returns the exit code; the report is in its file and in the log by then. */
    int run(String task, Path directory) {
        int reportBytes = REPORT_BYTES;
        Report report;
        try {
            RunInput input = read(task, directory);
            log.about(subject(input));
            reportBytes = input.reportBytes() > 0 ? input.reportBytes() : REPORT_BYTES;
            report = perform(task, input, directory);
        } catch (RunFailed e) {
            report = Reports.failed(task, e);
        } catch (OutOfMemoryError e) {
            report = Reports.failed(
                    task, Reason.OutOfMemory, "the runner ran out of memory; raise spec.pod.resources.limits.memory");
        } catch (InterruptedException | RuntimeException | Error e) {
            log.problem("the runner failed unexpectedly", e);
            report = Reports.unexpected(task, e);
        }
        String untold = ScratchEnd.tell(environment);
        if (untold != null) {
            log.problem("the scratch server beside this container cannot be told to end: " + untold);
        }
        report = report.withTexts(text -> Masking.mask(secret.apply(text)));
        deliver(report, reportBytes);
        return reached(report) ? 0 : 1;
    }

    private static boolean reached(Report report) {
        return REACHED.contains(report.outcome());
    }

    private Subject subject(RunInput input) {
        RunInput.ResourceName whose = input.resource() == null ? NOBODY : input.resource();
        Integer attempt =
                PodName.of(environment.get("PGAPPNAME")).map(PodName::attempt).orElse(null);
        return new Subject(whose.kind(), whose.namespace(), whose.name(), input.run(), attempt);
    }

    private Report perform(String task, RunInput input, Path directory) throws InterruptedException {
        return switch (task) {
            case "apply" -> new ApplyTask(log, stop, ticker).run(withFiles(input), directory, environment);
            case "plan" -> new PlanTask(log, stop, ticker).run(withFiles(input), directory, environment);
            case "verify" -> verify(input, directory);
            default -> throw new IllegalArgumentException(task);
        };
    }

    private static RunInput withFiles(RunInput input) {
        if (input.sql() == null || input.session() == null || input.resource() == null) {
            throw RunFailed.because(Reason.InvalidSpec, RunInput.FILE + " does not say what to apply");
        }
        return input;
    }

    private Report verify(RunInput input, Path directory) {
        if (input.checks() == null || input.session() == null) {
            throw RunFailed.because(Reason.InvalidSpec, RunInput.FILE + " does not say what to check");
        }
        return new VerifyTask(log, stop, ticker).run(input, directory, environment);
    }

    private static RunInput read(String task, Path directory) {
        RunInput input;
        try {
            input = mapper(task).readValue(directory.resolve(RunInput.FILE).toFile(), RunInput.class);
        } catch (IOException e) {
            throw RunFailed.because(Reason.InvalidSpec, RunInput.FILE + " cannot be read: " + Reports.kind(e));
        }
        if (input.schemaVersion() != RunInput.SCHEMA_VERSION) {
            throw RunFailed.because(
                    Reason.InvalidSpec,
                    RunInput.FILE + " has schema version " + input.schemaVersion() + ", this runner reads "
                            + RunInput.SCHEMA_VERSION,
                    "operator and runner must be of the same release");
        }
        return input;
    }

    private static ObjectMapper mapper(String task) {
        ObjectMapper mapper = new ObjectMapper();
        return task.equals("verify") ? mapper : mapper.addMixIn(RunInput.class, WithoutChecks.class);
    }

    /** Input whose checks, if any, are passed over: to learn how to read them takes longer than to read all else. */
    private interface WithoutChecks {

        @JsonDeserialize(using = PassedOver.class)
        List<Check> checks();
    }

    private static final class PassedOver extends JsonDeserializer<List<Check>> {

        @Override
        public List<Check> deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            parser.skipChildren();
            return null;
        }
    }

    private void deliver(Report report, int maxBytes) {
        String told = report.outcome() + ": " + report.message();
        if (reached(report)) {
            log.line(told);
        } else {
            log.problem(told);
        }
        Path file = Path.of(environment.getOrDefault("DBMIGRATION_REPORT_PATH", REPORT_PATH));
        try {
            Files.writeString(file, TerminationMessage.encode(report, maxBytes));
        } catch (IOException e) {
            log.problem("the report cannot be written to " + file + ": " + Reports.kind(e));
        }
        log.report(report);
    }
}
