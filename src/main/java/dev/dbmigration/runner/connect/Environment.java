package dev.dbmigration.runner.connect;

import dev.dbmigration.report.Reason;
import dev.dbmigration.runner.fault.RunFailed;
import dev.dbmigration.runner.words.Secret;
import java.util.List;
import java.util.Map;

/**
 * Which database, and as whom, as the pod's environment says it in libpq's words. Read once.
 *
 * @param sslMode libpq's word
 * @param sslRootCert path of the CA certificates; null: none given
 * @param applicationName the pod's name
 */
public record Environment(
        String host,
        int port,
        String database,
        String user,
        String password,
        String sslMode,
        String sslRootCert,
        String applicationName,
        int connectTimeoutSeconds) {

    private static final int LAST_PORT = 65535;

    private static final List<String> SSL_MODES =
            List.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full");

    /** The database's URL counts only where no host is set, and the user and password beside it win over its own. */
    public static Environment of(Map<String, String> variables) {
        Variables env = new Variables(variables);
        List.of("PGHOST", "PGDATABASE", "PGUSER").forEach(env::refuseUri);
        DatabaseUrl url = env.get("PGHOST") == null ? url(env) : DatabaseUrl.NONE;
        String user = first(env.get("PGUSER"), url.user());
        if (user == null) {
            throw RunFailed.because(
                    Reason.InvalidSpec,
                    "no database user is given",
                    "the Secret needs the key username, or spec.database.secretKeys a name for it");
        }
        return new Environment(
                first(env.get("PGHOST"), url.host()),
                port(first(url.port(), env.number("PGPORT"), 5432)),
                first(url.database(), env.get("PGDATABASE"), user),
                user,
                first(env.get("PGPASSWORD"), url.password()),
                stricter(env.get("PGSSLMODE"), url.parameters().get("sslmode")),
                first(env.get("PGSSLROOTCERT"), url.parameters().get("sslrootcert")),
                first(env.get("PGAPPNAME"), "dbmigration-runner"),
                first(env.number("PGCONNECT_TIMEOUT"), 10));
    }

    /** What of these variables must be told nobody: the password, and the URL with its own, in each of their forms. */
    public static Secret secret(Map<String, String> variables) {
        Variables env = new Variables(variables);
        String url = env.get("DATABASE_URL");
        return new Secret(
                env.get("PGPASSWORD"), url, DatabaseUrl.password(url, true), DatabaseUrl.password(url, false));
    }

    private static int port(int port) {
        if (port < 1 || port > LAST_PORT) {
            throw RunFailed.because(Reason.InvalidSpec, port + " is not a port", "give one from 1 to " + LAST_PORT);
        }
        return port;
    }

    private static DatabaseUrl url(Variables env) {
        String url = env.get("DATABASE_URL");
        if (url == null) {
            throw RunFailed.because(
                    Reason.InvalidSpec,
                    "no database host is given",
                    "set spec.database.host, or give the Secret the key host or uri");
        }
        return DatabaseUrl.parse(url);
    }

    /** The resource's mode has a default, so neither it nor the URL's may weaken the other. */
    private static String stricter(String one, String other) {
        int strictest = Math.max(strength(one), strength(other));
        return strictest < 0 ? "prefer" : SSL_MODES.get(strictest);
    }

    private static int strength(String sslMode) {
        int strength = sslMode == null ? -1 : SSL_MODES.indexOf(sslMode);
        if (sslMode != null && strength < 0) {
            throw RunFailed.because(Reason.InvalidSpec, "unknown sslmode", "one of " + String.join(", ", SSL_MODES));
        }
        return strength;
    }

    @SafeVarargs
    private static <T> T first(T... values) {
        for (T value : values) {
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    /** Where and as whom, for people; never the password. */
    @Override
    public String toString() {
        return "database " + database + " at " + host + ":" + port + " as " + user;
    }

    private record Variables(Map<String, String> map) {

        String get(String name) {
            String value = map.get(name);
            return value == null || value.isEmpty() ? null : value;
        }

        /** Its value would be told as the name of a host, a database or a user. */
        void refuseUri(String name) {
            if (get(name) != null && get(name).contains("://")) {
                throw RunFailed.because(
                        Reason.InvalidSpec,
                        name + " holds a URI, where a name is expected",
                        "a URI is given by the Secret's key uri; keys of other names by spec.database.secretKeys");
            }
        }

        Integer number(String name) {
            String value = get(name);
            if (value == null) {
                return null;
            }
            try {
                return Integer.valueOf(value.trim());
            } catch (NumberFormatException e) {
                throw RunFailed.because(Reason.InvalidSpec, name + " is not a number");
            }
        }
    }
}
