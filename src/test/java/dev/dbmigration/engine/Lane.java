package dev.dbmigration.engine;

import dev.dbmigration.testing.Database;
import dev.dbmigration.testing.DelayingProxy;
import dev.dbmigration.testing.Postgres;
import java.io.IOException;
import java.nio.file.Path;

/**
 * One load, brought on one way.
 *
 * @param server wants passwords and TLS of everybody but its superuser
 */
record Lane(Load load, Way way, Postgres server, Stopwatch stopwatch) {

    String title() {
        return load.title() + way.words();
    }

    /**
     * Lets a contender bring what it has prepared to a fresh database, and start again with nothing to do.
     *
     * @throws IllegalStateException where it fails, or the database does not hold the whole load
     */
    Turn run(Contender contender, Path prepared) throws IOException, InterruptedException {
        Database owned = server.newDatabase("engine");
        Database admin = server.admin().named(owned.name());
        Database user = way.encrypted() ? owned : admin;
        try {
            if (way.delayMillis() == 0) {
                return turn(contender, prepared, user, admin);
            }
            try (DelayingProxy proxy = DelayingProxy.of(user, way.delayMillis())) {
                return turn(contender, prepared, proxy.front(), admin);
            }
        } finally {
            server.admin().execute("DROP DATABASE " + owned.name() + " WITH (FORCE)");
        }
    }

    private Turn turn(Contender contender, Path prepared, Database user, Database admin)
            throws IOException, InterruptedException {
        Target target = new Target(user, way.encrypted());
        Spent run = stopwatch.time(contender.apply(prepared, target));
        prove(contender, admin);
        Spent again = stopwatch.time(contender.nothing(prepared, target));
        prove(contender, admin);
        System.err.printf(
                "%s: %s %.3f s, of a processor %.3f s; nothing to do %.3f s%n",
                title(), contender.name(), run.seconds(), run.cpu(), again.seconds());
        return new Turn(run, again);
    }

    private void prove(Contender contender, Database admin) {
        String found = admin.query(load.proof());
        if (!load.expected().equals(found)) {
            throw new IllegalStateException("%s brought «%s» to the database instead of «%s»"
                    .formatted(contender.name(), found, load.expected()));
        }
    }
}
