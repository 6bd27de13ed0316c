package dev.dbmigration.check;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** A row security policy of a table: that it is there, or not, and what it is. What is absent is not looked at. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PolicyCheck(
        @JsonPropertyDescription("Schema; absent: the first of the search_path that has it.") @Size(max = 63)
        String schema,

        @JsonPropertyDescription("Table that has the policy.") @Required @Size(min = 1, max = 63)
        String table,

        @JsonPropertyDescription("Name of the policy.") @Required @Size(min = 1, max = 63)
        String name,

        @JsonPropertyDescription(
                "Whether it shall exist; absent: true. The table must exist either way; false: nothing else is compared.")
        Boolean exists,

        @JsonPropertyDescription("Command that it is for.") Command command,

        @JsonPropertyDescription("Whether it lets rows through (true) or holds rows back (false).")
        Boolean permissive,

        @JsonPropertyDescription("Roles that it is for, all of them, in any order; public: everybody.") @Size(max = 64)
        List<@Size(min = 1, max = 63) String> roles,

        @JsonPropertyDescription("USING, as PostgreSQL prints it; an empty string: none.") @Size(max = 1024)
        String using,

        @JsonPropertyDescription("WITH CHECK, as PostgreSQL prints it; an empty string: none.") @Size(max = 1024)
        String withCheck) {

    /** What a policy is for. */
    public enum Command {
        All,
        Select,
        Insert,
        Update,
        Delete
    }
}
