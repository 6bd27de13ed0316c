package dev.dbmigration.runner;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dbmigration.check.Check;
import dev.dbmigration.check.ExpectedSchemaCheck;
import dev.dbmigration.check.Scratch;
import java.util.List;
import java.util.Map;

/** The check in few words. */
final class ExpectedSchemas {

    private ExpectedSchemas() {}

    /** With a server beside the runner. */
    static Check check(String... ignore) {
        return check(new Scratch("postgres:17", null), ignore);
    }

    static Check check(Scratch scratch, String... ignore) {
        ExpectedSchemaCheck check = new ExpectedSchemaCheck(scratch, List.of(ignore));
        return new ObjectMapper()
                .convertValue(Map.of("name", "made by its files", "expectedSchema", check), Check.class);
    }
}
