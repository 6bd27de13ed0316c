package dev.dbmigration.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** An object of the same namespace, by name. */
public record NameReference(
        @JsonPropertyDescription("Name of the object, in the same namespace.")
        @Required
        @Size(min = 1, max = 253)
        @Pattern(ApiGroup.DNS_SUBDOMAIN_PATTERN)
        String name) {}
