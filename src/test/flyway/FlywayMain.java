import org.flywaydb.core.Flyway;

/** Flyway with its defaults and what its own variables say: FLYWAY_URL and so on. See docs/benchmarks.md. */
public final class FlywayMain {

    private FlywayMain() {}

    public static void main(String[] args) {
        Flyway.configure().envVars().load().migrate();
    }
}
