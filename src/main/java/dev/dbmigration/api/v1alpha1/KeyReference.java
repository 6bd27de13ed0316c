package dev.dbmigration.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** One key of a ConfigMap or Secret of the same namespace. */
public record KeyReference(
        @JsonPropertyDescription("Name of the object, in the same namespace.")
        @Required
        @Size(min = 1, max = 253)
        @Pattern(ApiGroup.DNS_SUBDOMAIN_PATTERN)
        String name,

        @JsonPropertyDescription("The key in its data.")
        @Required
        @Size(min = 1, max = 253)
        @Pattern("^[-._a-zA-Z0-9]+$")
        String key) {}
