package dev.dbmigration.check;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** No two rows have the same values in these columns. As in a unique constraint, a row with a NULL among them complies. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record UniqueCheck(
        @JsonPropertyDescription("Schema; absent: the first of the search_path that has it.") @Size(max = 63)
        String schema,

        @JsonPropertyDescription("Table whose rows are looked at.") @Required @Size(min = 1, max = 63)
        String table,

        @JsonPropertyDescription("The columns, together.") @Required @Size(min = 1, max = 32)
        List<@Size(min = 1, max = 63) String> columns,

        @JsonPropertyDescription("Share of rows that must comply at least, such as 99.97%; absent: all.")
        @Size(max = 16)
        @Pattern("^(100|[0-9]{1,2}([.][0-9]{1,6})?)%$")
        String minShare) {}
