package dev.dbmigration.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** Where a database is and which Secret opens it. A literal wins over the Secret's key. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(value = "has(self.host) || has(self.secretRef)", message = "set host, secretRef or both")
public record Database(
        @JsonPropertyDescription("Host name or address of the server; absent: the Secret's host or uri.")
        @Size(min = 1, max = 253)
        @Pattern("^[A-Za-z0-9._:\\[\\]-]+$")
        String host,

        @JsonPropertyDescription("Port of the server; absent: the Secret's port, else 5432.") @Min(1) @Max(65535)
        Integer port,

        @JsonPropertyDescription("Name of the database; absent: the Secret's dbname, else that of the user.")
        @Size(min = 1, max = 63)
        String name,

        @JsonPropertyDescription("The search_path of each session; absent: the role's own.") @Size(min = 1, max = 63)
        String schema,

        @JsonPropertyDescription(
                "The role that each session becomes by SET ROLE, so that it owns what is made; absent: the user itself.")
        @Size(min = 1, max = 63)
        String role,

        @JsonPropertyDescription("Secret with the keys username and password, and host, port, dbname, uri as wanted.")
        NameReference secretRef,

        @JsonPropertyDescription("Other names for the Secret's keys.")
        SecretKeys secretKeys,

        @JsonPropertyDescription("How the connection is encrypted and the server authenticated.")
        Tls tls) {

    public Database {
        secretKeys = secretKeys == null ? SecretKeys.DEFAULTS : secretKeys;
        tls = tls == null ? Tls.DEFAULTS : tls;
    }
}
