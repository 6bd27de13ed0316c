package dev.dbmigration.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.ValidationRule;

/** Encryption of the connection, in the terms of libpq's sslmode. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Tls(
        @JsonPropertyDescription("libpq's sslmode: Disable, Prefer, Require, VerifyCA or VerifyFull.")
        @Default("Prefer")
        Mode mode,

        @JsonPropertyDescription("Certificates of the authorities to trust, PEM.")
        CertificateSource ca) {

    static final Tls DEFAULTS = new Tls(null, null);

    public Tls {
        mode = mode == null ? Mode.Prefer : mode;
    }

    /** See https://www.postgresql.org/docs/current/libpq-ssl.html#LIBPQ-SSL-SSLMODE-STATEMENTS. */
    public enum Mode {
        Disable("disable"),
        Prefer("prefer"),
        Require("require"),
        VerifyCA("verify-ca"),
        VerifyFull("verify-full");

        private final String sslmode;

        Mode(String sslmode) {
            this.sslmode = sslmode;
        }

        /** The value of PGSSLMODE. */
        public String sslmode() {
            return sslmode;
        }
    }

    /** Where a certificate bundle is kept: exactly one of the two. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @ValidationRule(
            value = "has(self.configMapKeyRef) != has(self.secretKeyRef)",
            message = "set exactly one of configMapKeyRef and secretKeyRef")
    public record CertificateSource(
            @JsonPropertyDescription("A key of a ConfigMap.")
            KeyReference configMapKeyRef,

            @JsonPropertyDescription("A key of a Secret.") KeyReference secretKeyRef) {}
}
