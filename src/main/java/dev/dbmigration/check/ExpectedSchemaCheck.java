package dev.dbmigration.check;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Optional;

/**
 * The database is what the files of the migration make of an empty one, object by object; the files are replayed into a
 * scratch database, and nothing is written to the one that is checked.
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ExpectedSchemaCheck(
        @JsonPropertyDescription("Where the files are replayed.") @Required
        Scratch scratch,

        @JsonPropertyDescription("Differences that do not count, by kind and name of the object, such as"
                + " index public.tmp_* or privileges of grafana *; an asterisk stands for anything.")
        @Size(max = 100)
        List<@Size(min = 1, max = 256) String> ignore)
        implements Ruled {

    public ExpectedSchemaCheck {
        ignore = ignore == null ? List.of() : List.copyOf(ignore);
    }

    @Override
    public Optional<String> problem() {
        return scratch == null ? Optional.of("set scratch") : scratch.problem();
    }
}
