package dev.dbmigration.check;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/**
 * A column of a table or view: that it is there, or not, and what it is. What is absent is not looked at.
 *
 * <p>The type is read by the server, so its aliases count: {@code varchar(20)} is {@code character varying(20)}. The
 * default is compared with what {@code pg_get_expr} prints; blanks and case outside quotes, parentheses around the
 * whole and the type of a constant make no difference, so {@code 'x'} is {@code 'x'::text}, and {@code -1} is
 * {@code '-1'::integer}. An identity or generated column has no default.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ColumnCheck(
        @JsonPropertyDescription("Schema; absent: the first of the search_path that has it.") @Size(max = 63)
        String schema,

        @JsonPropertyDescription("Table or view that has the column.") @Required @Size(min = 1, max = 63)
        String table,

        @JsonPropertyDescription("Name of the column.") @Required @Size(min = 1, max = 63)
        String name,

        @JsonPropertyDescription(
                "Whether it shall exist; absent: true. The table must exist either way; false: nothing else is compared.")
        Boolean exists,

        @JsonPropertyDescription(
                "Type as in DDL, with its modifier, such as text, varchar(20) or numeric(10,2); aliases are understood.")
        @Size(max = 256)
        String type,

        @JsonPropertyDescription(
                "Whether the column accepts NULL; false: nor does it hold one from before a NOT NULL that was not validated.")
        Boolean nullable,

        @JsonPropertyDescription(
                "Default as PostgreSQL prints it, such as now() or 'draft'; an empty string: no default.")
        @JsonProperty("default")
        @Size(max = 1024)
        String defaultValue,

        @JsonPropertyDescription(
                "Whether its values are counted up by itself, and whether an INSERT may give its own (ByDefault).")
        Identity identity,

        @JsonPropertyDescription("Whether it is computed from others, and when: as it is written or as it is read.")
        Generated generated,

        @JsonPropertyDescription("What it is computed from, as PostgreSQL prints it.") @Size(max = 1024)
        String expression,

        @JsonPropertyDescription("Collation by its name, such as C or de-x-icu; default: that of the database.")
        @Size(max = 63)
        String collation) {

    /** See https://www.postgresql.org/docs/current/ddl-identity-columns.html; {@code None}: no identity column. */
    public enum Identity {
        Always,
        ByDefault,
        None
    }

    /** See https://www.postgresql.org/docs/current/ddl-generated-columns.html; {@code Virtual} came with 18. */
    public enum Generated {
        Stored,
        Virtual,
        None
    }
}
