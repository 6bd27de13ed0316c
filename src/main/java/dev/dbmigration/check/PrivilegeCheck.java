package dev.dbmigration.check;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Optional;

/** What a role may do with an object, or may not. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(value = "!has(self.column) || !has(self.on) || self.on == 'Table'", message = PrivilegeCheck.RULE)
public record PrivilegeCheck(
        @JsonPropertyDescription("Role, or public.") @Required @Size(min = 1, max = 63)
        String role,

        @JsonPropertyDescription("The privileges, all of them.") @Required @Size(min = 1, max = 12)
        List<Privilege> privileges,

        @JsonPropertyDescription(
                "Whether the role has each of them (true, also where absent), or none of them (false).")
        Boolean granted,

        @JsonPropertyDescription(
                "Effective (also where absent): also by membership, by ownership and through public; Direct: granted to the role itself.")
        Scope scope,

        @JsonPropertyDescription("Kind of the object; absent: Table, which is also a view.")
        On on,

        @JsonPropertyDescription("Schema; absent: the first of the search_path that has it.") @Size(max = 63)
        String schema,

        @JsonPropertyDescription("Name of the object.") @Required @Size(min = 1, max = 63)
        String name,

        @JsonPropertyDescription("A column of the table; absent: the whole table.") @Size(max = 63)
        String column,

        @JsonPropertyDescription("Types of a function's input arguments; absent: it is the only one of its name.")
        @Size(max = 100)
        List<@Size(min = 1, max = 256) String> arguments)
        implements Ruled {

    static final String RULE = "column is of a Table";

    @Override
    public Optional<String> problem() {
        return column == null || on == null || on == On.Table ? Optional.empty() : Optional.of(RULE);
    }

    /** Where a privilege may come from. */
    public enum Scope {
        Effective,
        Direct
    }

    /** What privileges are granted on. */
    public enum On {
        Table,
        Sequence,
        Function,
        Schema,
        Database
    }

    /** See https://www.postgresql.org/docs/current/ddl-priv.html; {@code Maintain} came with 17. */
    public enum Privilege {
        Select,
        Insert,
        Update,
        Delete,
        Truncate,
        References,
        Trigger,
        Maintain,
        Usage,
        Create,
        Connect,
        Temporary,
        Execute
    }
}
