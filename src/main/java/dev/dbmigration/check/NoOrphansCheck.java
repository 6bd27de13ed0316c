package dev.dbmigration.check;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Optional;

/**
 * No row refers to one that is not there: of every foreign key, or of one column without one. A NULL refers to nothing.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value =
                "has(self.table) ? has(self.column) && has(self.references) : !has(self.column) && !has(self.references)",
        message = NoOrphansCheck.WHOLE)
public record NoOrphansCheck(
        @JsonPropertyDescription(
                "Only foreign keys of tables in this schema; absent: in all but the system's. With table: its schema.")
        @Size(max = 63)
        String schema,

        @JsonPropertyDescription("Table whose column refers to another; absent: every foreign key is looked at.")
        @Size(min = 1, max = 63)
        String table,

        @JsonPropertyDescription("The column that refers to another; it needs no foreign key.") @Size(min = 1, max = 63)
        String column,

        @JsonPropertyDescription("What the column refers to.")
        References references)
        implements Ruled {

    static final String WHOLE = "set table, column and references together, or none of them for every foreign key";

    @Override
    public Optional<String> problem() {
        boolean whole = (table == null) == (column == null) && (table == null) == (references == null);
        return whole ? Optional.empty() : Optional.of(WHOLE);
    }

    /** The column in which each value must be found. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record References(
            @JsonPropertyDescription("Schema; absent: the first of the search_path that has it.") @Size(max = 63)
            String schema,

            @JsonPropertyDescription("Table that is referred to.") @Required @Size(min = 1, max = 63)
            String table,

            @JsonPropertyDescription("Its column.") @Required @Size(min = 1, max = 63)
            String column) {}
}
