package dev.dbmigration.check;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Optional;

/**
 * A constraint of a table: that it is there, or not, and what it is. What is absent is not looked at.
 *
 * <p>Without a name, that of the table's constraints of the type is meant which is nearest to the rest.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(value = "has(self.name) || has(self.type)", message = ConstraintCheck.RULE)
public record ConstraintCheck(
        @JsonPropertyDescription("Schema; absent: the first of the search_path that has it.") @Size(max = 63)
        String schema,

        @JsonPropertyDescription("Table that has the constraint.") @Required @Size(min = 1, max = 63)
        String table,

        @JsonPropertyDescription("Name of the constraint; absent: any of the type.") @Size(max = 63)
        String name,

        @JsonPropertyDescription(
                "Whether it shall exist; absent: true. The table must exist either way; false: nothing else is compared.")
        Boolean exists,

        @JsonPropertyDescription("What it is.") Type type,

        @JsonPropertyDescription("Its columns in order, all of them.") @Size(max = 32)
        List<@Size(min = 1, max = 63) String> columns,

        @JsonPropertyDescription(
                "Table that a foreign key refers to, with its schema where that is not in the search_path.")
        @Size(max = 127)
        String references,

        @JsonPropertyDescription("Columns that a foreign key refers to, in order.") @Size(max = 32)
        List<@Size(min = 1, max = 63) String> referencedColumns,

        @JsonPropertyDescription("What a foreign key does when the row it refers to is deleted.")
        Action onDelete,

        @JsonPropertyDescription("What a foreign key does when the key it refers to is changed.")
        Action onUpdate,

        @JsonPropertyDescription("Condition of a check, as PostgreSQL prints it, such as amount > 0.") @Size(max = 1024)
        String expression,

        @JsonPropertyDescription(
                "The whole of it as pg_get_constraintdef prints it, such as EXCLUDE USING gist (room WITH =).")
        @Size(max = 1024)
        String definition,

        @JsonPropertyDescription("Whether it holds for the rows that were there before it.")
        Boolean validated,

        @JsonPropertyDescription("Whether it is enforced; NOT ENFORCED came with PostgreSQL 18.")
        Boolean enforced)
        implements Ruled {

    static final String RULE = "set name or type";

    @Override
    public Optional<String> problem() {
        return name != null || type != null ? Optional.empty() : Optional.of(RULE);
    }

    /** Before PostgreSQL 18, NOT NULL is a constraint without a name. */
    public enum Type {
        PrimaryKey,
        Unique,
        Check,
        ForeignKey,
        Exclusion,
        NotNull
    }

    /** See https://www.postgresql.org/docs/current/sql-createtable.html, referential actions. */
    public enum Action {
        NoAction,
        Restrict,
        Cascade,
        SetNull,
        SetDefault
    }
}
