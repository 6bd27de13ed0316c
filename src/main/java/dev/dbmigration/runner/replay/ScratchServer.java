package dev.dbmigration.runner.replay;

import dev.dbmigration.report.Masking;
import dev.dbmigration.report.Reason;
import dev.dbmigration.report.RunInput.Session;
import dev.dbmigration.runner.connect.Connections;
import dev.dbmigration.runner.connect.Environment;
import dev.dbmigration.runner.connect.SessionSettings;
import dev.dbmigration.runner.execute.Deadline;
import dev.dbmigration.runner.execute.RunLog;
import dev.dbmigration.runner.execute.Stop;
import dev.dbmigration.runner.fault.RunFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** The PostgreSQL beside the runner, as the pod's environment tells of it; nobody else reaches it, so it trusts. */
record ScratchServer(Map<String, String> variables, RunLog log, Stop stop, LongSupplier ticker) {

    /** Variables by which the pod tells of it. */
    static final String HOST = "DBMIGRATION_SCRATCH_HOST";

    static final String PORT = "DBMIGRATION_SCRATCH_PORT";
    static final String WAIT_SECONDS = "DBMIGRATION_SCRATCH_WAIT_SECONDS";

    /** Its superuser, which is nobody of the target's. */
    private static final String SUPERUSER = "dbmigration_scratch";

    /** The database that each server has, and nobody's. */
    private static final String ANY_DATABASE = "template1";

    private static final long PAUSE_MILLIS = 250;

    boolean isThere() {
        return variables.get(HOST) != null;
    }

    /** A session of its superuser in {@code database}, once the server is up. */
    Connection open(String database) throws InterruptedException {
        long wait = 1_000L * Long.parseLong(variables.getOrDefault(WAIT_SECONDS, "60"));
        Deadline deadline = Deadline.in(wait, ticker);
        while (true) {
            try {
                return connections(as(SUPERUSER, database)).open();
            } catch (RunFailed e) {
                if (!mayHeal(e.reason())) {
                    throw e;
                }
                refuseFailed();
                if (deadline.passed()) {
                    throw RunFailed.because(
                            Reason.ConnectionFailed,
                            "the scratch server has not come up: " + e.getMessage(),
                            "look at the container scratch of this Pod: its image may not be there, or its log says why");
                }
            }
            if (stop.await(PAUSE_MILLIS)) {
                throw RunFailed.because(Reason.PodEvicted, "the pod was told to stop");
            }
        }
    }

    Connection open() throws InterruptedException {
        return open(ANY_DATABASE);
    }

    private static boolean mayHeal(Reason reason) {
        return reason == Reason.ConnectionFailed || reason == Reason.ServerShutdown;
    }

    /** It writes why it could not begin. */
    private void refuseFailed() {
        String signals = variables.get(ScratchEnd.DIRECTORY);
        if (signals == null) {
            return;
        }
        Path failed = Path.of(signals).resolve("failed");
        if (Files.exists(failed)) {
            throw RunFailed.because(
                    Reason.ContainerFailed,
                    "the scratch server could not begin: " + words(failed),
                    "is scratch.image one of PostgreSQL, and does pod.securityContext let it run?");
        }
    }

    private static String words(Path file) {
        try {
            return Masking.mask(Files.readString(file).strip());
        } catch (IOException e) {
            return "its log says why";
        }
    }

    /** What a run is told of a database of this server. */
    Map<String, String> as(String user, String database) {
        Map<String, String> there = new HashMap<>(variables);
        there.keySet().removeIf(name -> name.startsWith("PG") || name.equals("DATABASE_URL"));
        there.put("PGHOST", variables.get(HOST));
        there.put("PGPORT", variables.get(PORT));
        there.put("PGDATABASE", database);
        there.put("PGUSER", user);
        there.put("PGSSLMODE", "disable");
        there.put("PGCONNECT_TIMEOUT", "5");
        there.computeIfAbsent("PGAPPNAME", name -> variables.get("PGAPPNAME"));
        return there;
    }

    private static Connections connections(Map<String, String> there) {
        Environment environment = Environment.of(there);
        return new Connections(
                environment, new SessionSettings(environment.applicationName(), new Session(null, null, null)));
    }
}
