package dev.dbmigration.check;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** A trigger of a table or view: that it is there, or not, and what it is. What is absent is not looked at. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TriggerCheck(
        @JsonPropertyDescription("Schema; absent: the first of the search_path that has it.") @Size(max = 63)
        String schema,

        @JsonPropertyDescription("Table or view that has the trigger.") @Required @Size(min = 1, max = 63)
        String table,

        @JsonPropertyDescription("Name of the trigger.") @Required @Size(min = 1, max = 63)
        String name,

        @JsonPropertyDescription(
                "Whether it shall exist; absent: true. The table must exist either way; false: nothing else is compared.")
        Boolean exists,

        @JsonPropertyDescription("When it fires.") Timing timing,

        @JsonPropertyDescription("What it fires on, all of it, in any order.") @Size(max = 4)
        List<Event> events,

        @JsonPropertyDescription("Whether it fires for each row or once a statement.")
        Level level,

        @JsonPropertyDescription("Function that it calls, with its schema where that is not in the search_path.")
        @Size(max = 127)
        String function,

        @JsonPropertyDescription("Whether it fires in ordinary sessions.")
        Boolean enabled) {

    /** Beside the event, or in its place. */
    public enum Timing {
        Before,
        After,
        InsteadOf
    }

    /** What a trigger fires on. */
    public enum Event {
        Insert,
        Update,
        Delete,
        Truncate
    }

    /** How often a trigger fires. */
    public enum Level {
        Row,
        Statement
    }
}
