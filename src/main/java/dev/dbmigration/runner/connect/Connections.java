package dev.dbmigration.runner.connect;

import dev.dbmigration.report.Reason;
import dev.dbmigration.runner.fault.RunFailed;
import dev.dbmigration.runner.fault.SqlStates;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGConnection;
import org.postgresql.PGProperty;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Opens sessions: each statement goes to the server as it stands, and a failure comes back as a reason. */
public record Connections(Environment environment, SessionSettings settings) {

    /** Servers from 14 on say so when a session begins. */
    private static final String REPLICA = "in_hot_standby";

    /**
     * A session with its settings made.
     *
     * @throws RunFailed where there is none to be had, or where it would be shared with others
     */
    public Connection open() {
        try {
            Connection connection = connect();
            try {
                Pooler.refuse(connection, this::connect);
                settings.apply(connection);
                return connection;
            } catch (SQLException | RunFailed e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private Connection connect() throws SQLException {
        Connection connection = new Driver().connect(url(), properties());
        if ("on".equals(connection.unwrap(PGConnection.class).getParameterStatus(REPLICA))) {
            notSerializable(connection);
        }
        return connection;
    }

    /** A replica refuses whatever is serializable, where that is the default too; what only looks needs no such thing. */
    private static void notSerializable(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET default_transaction_isolation = 'repeatable read'");
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private String url() {
        String host = environment.host().contains(":") ? '[' + environment.host() + ']' : environment.host();
        String database = URLEncoder.encode(environment.database(), StandardCharsets.UTF_8)
                .replace("+", "%20");
        return "jdbc:postgresql://" + host + ":" + environment.port() + "/" + database;
    }

    private Properties properties() {
        Properties properties = new Properties();
        PGProperty.USER.set(properties, environment.user());
        if (environment.password() != null) {
            PGProperty.PASSWORD.set(properties, environment.password());
        }
        PGProperty.APPLICATION_NAME.set(properties, environment.applicationName());
        PGProperty.CONNECT_TIMEOUT.set(properties, environment.connectTimeoutSeconds());
        PGProperty.LOGIN_TIMEOUT.set(properties, environment.connectTimeoutSeconds());
        // Cancelling happens while the pod is being stopped, and has less time.
        PGProperty.CANCEL_SIGNAL_TIMEOUT.set(properties, 2);
        PGProperty.TCP_KEEP_ALIVE.set(properties, true);
        PGProperty.SOCKET_FACTORY.set(properties, WakefulSockets.class.getName());
        PGProperty.PREFER_QUERY_MODE.set(properties, "simple");
        PGProperty.GSS_ENC_MODE.set(properties, "disable");
        encrypt(properties);
        return properties;
    }

    private void encrypt(Properties properties) {
        PGProperty.SSL_MODE.set(properties, environment.sslMode());
        String rootCert = environment.sslRootCert();
        if (rootCert != null && !rootCert.equals("system")) {
            PGProperty.SSL_ROOT_CERT.set(properties, rootCert);
        } else if (environment.sslMode().startsWith("verify-")) {
            // The image's own certificate authorities, as libpq does for "system".
            PGProperty.SSL_FACTORY.set(properties, "org.postgresql.ssl.DefaultJavaSSLFactory");
        }
    }

    private RunFailed failed(SQLException e) {
        String message = "cannot connect to " + environment + ": " + words(e);
        return RunFailed.because(reason(e), message, hint(e));
    }

    private static Reason reason(SQLException e) {
        // The driver's own 08004 means that it could not or would not authenticate; waiting cures none of them.
        if ("08004".equals(e.getSQLState())) {
            return mentionsTls(e) ? Reason.InvalidSpec : Reason.AuthenticationFailed;
        }
        return e.getSQLState() == null ? Reason.ConnectionFailed : SqlStates.reason(e.getSQLState(), e.getMessage());
    }

    private static String words(SQLException e) {
        if (cause(e) instanceof UnknownHostException) {
            return "the host name is not known";
        }
        return String.valueOf(cause(e) instanceof IOException network ? network.getMessage() : message(e));
    }

    private static String message(SQLException e) {
        ServerErrorMessage server = e instanceof PSQLException postgres ? postgres.getServerErrorMessage() : null;
        return server == null ? e.getMessage() : server.getMessage();
    }

    private static String hint(SQLException e) {
        if (mentionsTls(e)) {
            return "see spec.database.tls.mode";
        }
        if ("3D000".equals(e.getSQLState())) {
            return "see spec.database.name, or the Secret's key dbname";
        }
        return switch (reason(e)) {
            case AuthenticationFailed -> "correct username and password in the Secret, then ask for a new run";
            case ConnectionFailed -> "is it up? check host, port and network policies";
            case TooManyConnections -> "free connections, or raise the limit of the server, database or role";
            default -> null;
        };
    }

    /** Whether the driver speaks of encryption, or of a certificate that names another host. */
    private static boolean mentionsTls(SQLException e) {
        return e.getMessage() != null
                && (e.getMessage().contains("SSL") || e.getMessage().contains("hostnameverifier"));
    }

    private static Throwable cause(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return cause;
    }
}
