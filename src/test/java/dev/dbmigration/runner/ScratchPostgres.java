package dev.dbmigration.runner;

import dev.dbmigration.testing.Postgres;

/** A server that stands beside a runner. */
final class ScratchPostgres {

    private ScratchPostgres() {}

    /** One of its own, which the caller stops, with the superuser by whom the runner comes. */
    static Postgres start() {
        Postgres server = Postgres.start();
        server.admin().execute("CREATE ROLE dbmigration_scratch LOGIN SUPERUSER");
        return server;
    }
}
