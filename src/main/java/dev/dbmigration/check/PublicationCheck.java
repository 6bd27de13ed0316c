package dev.dbmigration.check;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** A publication: that it is there, or not, and what it publishes. What is absent is not looked at. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PublicationCheck(
        @JsonPropertyDescription("Name of the publication.") @Required @Size(min = 1, max = 63)
        String name,

        @JsonPropertyDescription("Whether it shall exist; absent: true. False: nothing else is compared.")
        Boolean exists,

        @JsonPropertyDescription(
                "Tables that it publishes at least, with their schema where that is not in the search_path.")
        @Size(max = 256)
        List<@Size(min = 1, max = 127) String> tables,

        @JsonPropertyDescription("Whether it publishes all tables, also those to come.")
        Boolean allTables,

        @JsonPropertyDescription("What it publishes, all of it, in any order.") @Size(max = 4)
        List<Operation> operations) {

    /** What is published of a table. */
    public enum Operation {
        Insert,
        Update,
        Delete,
        Truncate
    }
}
