package dev.dbmigration.check;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Optional;

/** A PostgreSQL for a short while. Exactly one of the two is set. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(value = "has(self.image) != has(self.sameServer)", message = Scratch.ONE)
public record Scratch(
        @JsonPropertyDescription("An image of PostgreSQL, of the same major version as the server that is checked; it"
                + " runs beside the checks in their Pod, reached by nobody else, and ends with them.")
        @Size(min = 1, max = 255)
        @Pattern(Scratch.IMAGE_PATTERN)
        String image,

        @JsonPropertyDescription("A database on the very server that is checked. Its user may neither be, nor become,"
                + " one with SUPERUSER, CREATEROLE or REPLICATION.")
        SameServer sameServer)
        implements Ruled {

    static final String ONE = "set exactly one of image and sameServer";

    public static final String IMAGE_PATTERN = "^[a-zA-Z0-9][-._:/@a-zA-Z0-9]*$";

    @Override
    public Optional<String> problem() {
        if ((image == null) == (sameServer == null)) {
            return Optional.of("scratch: " + ONE);
        }
        if (image != null && !image.matches(IMAGE_PATTERN)) {
            return Optional.of("scratch.image: \"" + image + "\" is not the name of an image");
        }
        return sameServer != null && sameServer.database() == null
                ? Optional.of("scratch.sameServer: set database")
                : Optional.empty();
    }

    /** A database that is made for the replay and dropped afterwards. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record SameServer(
            @JsonPropertyDescription("Its name; there must be no other database of this name. The user needs CREATEDB.")
            @Required
            @Size(min = 1, max = 63)
            String database,

            @JsonPropertyDescription("Whom to become by SET ROLE before the replay; absent: nobody else.")
            @Size(min = 1, max = 63)
            String role) {}
}
