package dev.dbmigration.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;

/** What the Secret calls its keys; each has the name that most Secrets give it. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SecretKeys(
        @JsonPropertyDescription("Key of the user name.")
        @Default("username")
        @Size(min = 1, max = 253)
        @Pattern(SecretKeys.KEY)
        String username,

        @JsonPropertyDescription("Key of the password.")
        @Default("password")
        @Size(min = 1, max = 253)
        @Pattern(SecretKeys.KEY)
        String password,

        @JsonPropertyDescription("Key of the host.") @Default("host") @Size(min = 1, max = 253) @Pattern(SecretKeys.KEY)
        String host,

        @JsonPropertyDescription("Key of the port.") @Default("port") @Size(min = 1, max = 253) @Pattern(SecretKeys.KEY)
        String port,

        @JsonPropertyDescription("Key of the database's name.")
        @Default("dbname")
        @Size(min = 1, max = 253)
        @Pattern(SecretKeys.KEY)
        String dbname,

        @JsonPropertyDescription("Key of the connection URI.")
        @Default("uri")
        @Size(min = 1, max = 253)
        @Pattern(SecretKeys.KEY)
        String uri) {

    static final SecretKeys DEFAULTS = new SecretKeys(null, null, null, null, null, null);
    static final String KEY = "^[-._a-zA-Z0-9]+$";

    public SecretKeys {
        username = username == null ? "username" : username;
        password = password == null ? "password" : password;
        host = host == null ? "host" : host;
        port = port == null ? "port" : port;
        dbname = dbname == null ? "dbname" : dbname;
        uri = uri == null ? "uri" : uri;
    }
}
