package dev.dbmigration.check;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** Values of a column, as text, match a regular expression of PostgreSQL's. A NULL complies. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RegexCheck(
        @JsonPropertyDescription("Schema; absent: the first of the search_path that has it.") @Size(max = 63)
        String schema,

        @JsonPropertyDescription("Table whose rows are looked at.") @Required @Size(min = 1, max = 63)
        String table,

        @JsonPropertyDescription("Column whose values are matched.") @Required @Size(min = 1, max = 63)
        String column,

        @JsonPropertyDescription(
                "Regular expression; it may match any part of the value, so ^ and $ are worth their letters.")
        @Required
        @Size(min = 1, max = 1024)
        String pattern,

        @JsonPropertyDescription("Share of rows that must comply at least, such as 99.97%; absent: all.")
        @Size(max = 16)
        @Pattern("^(100|[0-9]{1,2}([.][0-9]{1,6})?)%$")
        String minShare) {}
