package dev.dbmigration.runner.fault;

import static java.util.Map.entry;

import dev.dbmigration.report.Reason;
import java.util.Map;
import java.util.Set;

/** The one table from PostgreSQL's SQLSTATE to our reasons: the exact code first, then its class. */
public final class SqlStates {

    /** Codes of the notices by which {@code IF NOT EXISTS} says that it did nothing. */
    private static final Set<String> SKIPPED = Set.of("42P07", "42701", "42710", "42P06");

    private static final Map<String, Reason> BY_CODE = Map.ofEntries(
            entry("42601", Reason.SyntaxError),
            entry("42602", Reason.SyntaxError),
            entry("42622", Reason.SyntaxError),
            entry("42P01", Reason.UndefinedObject),
            entry("42P02", Reason.UndefinedObject),
            entry("42703", Reason.UndefinedObject),
            entry("42704", Reason.UndefinedObject),
            entry("42883", Reason.UndefinedObject),
            entry("3D000", Reason.UndefinedObject),
            entry("3F000", Reason.UndefinedObject),
            entry("42P04", Reason.AlreadyExists),
            entry("42P06", Reason.AlreadyExists),
            entry("42P07", Reason.AlreadyExists),
            entry("42701", Reason.AlreadyExists),
            entry("42710", Reason.AlreadyExists),
            entry("42723", Reason.AlreadyExists),
            entry("42501", Reason.PermissionDenied),
            entry("2D000", Reason.TransactionState),
            entry("25006", Reason.ReadOnlyDatabase),
            entry("40001", Reason.SerializationFailure),
            entry("40P01", Reason.Deadlock),
            entry("53300", Reason.TooManyConnections),
            entry("55P03", Reason.LockTimeout),
            entry("57P01", Reason.ServerShutdown),
            entry("57P02", Reason.ServerShutdown),
            entry("57P03", Reason.ServerShutdown));

    private static final Map<String, Reason> BY_CLASS = Map.of(
            "08", Reason.ConnectionFailed,
            "0A", Reason.UnsupportedFeature,
            "22", Reason.DataError,
            "23", Reason.ConstraintViolation,
            "25", Reason.TransactionState,
            "28", Reason.AuthenticationFailed,
            "53", Reason.ServerResources);

    private SqlStates() {}

    /** The reason for a code; {@code message} decides only between the two causes of 57014. */
    public static Reason reason(String sqlState, String message) {
        if (sqlState == null || sqlState.length() != 5) {
            return Reason.StatementFailed;
        }
        if (sqlState.equals("57014")) {
            return message != null && message.contains("statement timeout") ? Reason.StatementTimeout : Reason.Canceled;
        }
        Reason exact = BY_CODE.get(sqlState);
        return exact != null ? exact : BY_CLASS.getOrDefault(sqlState.substring(0, 2), Reason.StatementFailed);
    }

    /** Whether a notice with this code says that the object was there already and the statement did nothing. */
    public static boolean saysSkipped(String sqlState) {
        return sqlState != null && SKIPPED.contains(sqlState);
    }

    /** Whether what failed so may run outside a transaction: it asked for that, or tried to end the one it is in. */
    public static boolean refusesTransaction(String sqlState) {
        return "25001".equals(sqlState) || "2D000".equals(sqlState);
    }

    /** Whether after this code nobody can say what became of a COMMIT under way. */
    public static boolean connectionLost(String sqlState) {
        return sqlState == null || sqlState.startsWith("08") || sqlState.startsWith("57P");
    }
}
