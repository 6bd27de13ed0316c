package dev.dbmigration.operator;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.io.UncheckedIOException;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The operator's process: configured by its environment, ended by SIGTERM. */
public final class OperatorMain {

    private static final Logger log = LoggerFactory.getLogger(OperatorMain.class);
    private static final int USAGE = 64;

    private OperatorMain() {}

    public static void main(String[] args) {
        Thread.setDefaultUncaughtExceptionHandler((thread, e) -> log.error("uncaught in {}", thread.getName(), e));
        Settings settings;
        try {
            settings = Settings.from(System.getenv());
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(USAGE);
            return;
        }
        // Its first part is also the name under which the API server keeps whose fields are whose.
        Config cluster =
                new ConfigBuilder().withUserAgent("dbmigration-operator").build();
        OperatorProcess operator = wired(settings, cluster, Clock.systemUTC(), () -> {
            log.error("the lease was lost: another replica may work now, and this one ends");
            Runtime.getRuntime().halt(1);
        });
        Runtime.getRuntime().addShutdownHook(new Thread(operator::close, "shutdown"));
        operator.start();
        log.info("started; health, readiness and metrics on port {}", operator.httpPort());
    }

    private static OperatorProcess wired(Settings settings, Config cluster, Clock clock, Runnable leaseLost) {
        try {
            return new OperatorProcess(settings, cluster, clock, leaseLost);
        } catch (UncheckedIOException e) {
            System.err.println(e.getMessage() + ": " + e.getCause().getMessage());
            System.exit(USAGE);
            throw e;
        }
    }
}
