package dev.dbmigration.runner.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.report.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlStatesTest {

    @ParameterizedTest
    @CsvSource({
        "42601, SyntaxError",
        "42P01, UndefinedObject",
        "42703, UndefinedObject",
        "42883, UndefinedObject",
        "42704, UndefinedObject",
        "3F000, UndefinedObject",
        "3D000, UndefinedObject",
        "42P07, AlreadyExists",
        "42701, AlreadyExists",
        "42710, AlreadyExists",
        "42P06, AlreadyExists",
        "42P04, AlreadyExists",
        "0A000, UnsupportedFeature",
        "42501, PermissionDenied",
        "28P01, AuthenticationFailed",
        "28000, AuthenticationFailed",
        "23505, ConstraintViolation",
        "22P02, DataError",
        "55P03, LockTimeout",
        "40P01, Deadlock",
        "40001, SerializationFailure",
        "53300, TooManyConnections",
        "53100, ServerResources",
        "57P01, ServerShutdown",
        "57P03, ServerShutdown",
        "08006, ConnectionFailed",
        "25006, ReadOnlyDatabase",
        "25001, TransactionState",
        "2D000, TransactionState",
        "XX000, StatementFailed",
        "P0001, StatementFailed"
    })
    void eachCodeHasItsReason(String sqlState, Reason reason) {
        assertThat(SqlStates.reason(sqlState, "some message")).isEqualTo(reason);
    }

    @Test
    void aTimeoutIsNoCancel() {
        assertThat(SqlStates.reason("57014", "canceling statement due to statement timeout"))
                .isEqualTo(Reason.StatementTimeout);
        assertThat(SqlStates.reason("57014", "canceling statement due to user request"))
                .isEqualTo(Reason.Canceled);
    }

    @Test
    void withoutCodeItIsJustAFailure() {
        assertThat(SqlStates.reason(null, null)).isEqualTo(Reason.StatementFailed);
    }
}
