package dev.dbmigration.engine;

import dev.dbmigration.testing.Database;
import java.util.Map;

/**
 * Where a contender brings its load, and how it gets there.
 *
 * @param database as the contender's user
 * @param encrypted by TLS; else without
 */
record Target(Database database, boolean encrypted) {

    /** As libpq, pgjdbc and Go's driver know it; nobody checks the certificate. */
    String sslMode() {
        return encrypted ? "require" : "disable";
    }

    /** The variables that libpq knows, and the runner with it. */
    Map<String, String> environment() {
        Map<String, String> environment = database.environment();
        environment.put("PGSSLMODE", sslMode());
        return environment;
    }

    /** Without user and password. */
    String jdbc() {
        return "jdbc:" + address("");
    }

    /** With user and password. */
    String uri() {
        return address(database.user() + ":" + database.password() + "@");
    }

    private String address(String user) {
        return "postgresql://%s%s:%d/%s?sslmode=%s"
                .formatted(user, database.host(), database.port(), database.name(), sslMode());
    }
}
