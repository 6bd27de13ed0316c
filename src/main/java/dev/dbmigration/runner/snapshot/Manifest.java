package dev.dbmigration.runner.snapshot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.util.StringQuotingChecker;
import dev.dbmigration.runner.connect.Environment;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Resources of kind MigrationVerification as YAML, with comments at the head of each.
 *
 * @param arguments with a name
 * @param environment which database they are for
 * @param hide takes passwords out of a note
 */
record Manifest(SnapshotArguments arguments, Environment environment, UnaryOperator<String> hide) {

    /** The kinds of encryption that are not the default, by libpq's words. */
    private static final Map<String, String> TLS =
            Map.of("disable", "Disable", "require", "Require", "verify-ca", "VerifyCA", "verify-full", "VerifyFull");

    private static final ObjectMapper YAML = new ObjectMapper(YAMLFactory.builder()
            .stringQuotingChecker(new Careful())
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
            .build());

    /** Quotes all but plain words: readers of YAML differ in what else they take for a number, a date or a word of theirs. */
    private static final class Careful extends StringQuotingChecker.Default {

        private static final long serialVersionUID = 1;
        private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][\\w.(),/-]*(?: [\\w.(),/-]+)*");

        @Override
        public boolean needToQuoteValue(String value) {
            return super.needToQuoteValue(value) || !PLAIN.matcher(value).matches();
        }
    }

    /** All of them, one behind the other. */
    String of(List<Document> documents) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < documents.size(); i++) {
            text.append(i == 0 ? "" : "---\n").append(head(documents, i)).append(resource(documents, i));
        }
        return text.toString();
    }

    private String head(List<Document> documents, int index) {
        StringBuilder head = new StringBuilder();
        String which = documents.size() == 1 ? "" : " (" + (index + 1) + " of " + documents.size() + ")";
        comment(
                head,
                "What is in database " + environment.database() + which + ". Each check held when it was written.");
        if (arguments.secret() == null) {
            comment(head, "spec.database.secretRef: name the Secret with the keys username and password.");
        }
        if (environment.sslRootCert() != null) {
            comment(head, "spec.database.tls.ca: name the ConfigMap or Secret with the certificates.");
        }
        List<String> notes = documents.get(index).notes();
        if (!notes.isEmpty()) {
            comment(head, "Not told, or not all of it:");
            notes.forEach(note -> comment(head, "- " + hide.apply(note)));
        }
        return head.toString();
    }

    /** A name may hold a line's end, behind which nothing would be a comment. */
    private static void comment(StringBuilder head, String text) {
        head.append("# ")
                .append(text.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " "))
                .append('\n');
    }

    private String resource(List<Document> documents, int index) {
        ObjectNode resource = YAML.createObjectNode()
                .put("apiVersion", "dbmigration.dev/v1alpha1")
                .put("kind", "MigrationVerification");
        ObjectNode metadata = resource.putObject("metadata").put("name", name(documents.size(), index + 1));
        if (arguments.namespace() != null) {
            metadata.put("namespace", arguments.namespace());
        }
        ObjectNode spec = resource.putObject("spec");
        spec.set("database", database());
        spec.set("checks", YAML.valueToTree(documents.get(index).checks()));
        try {
            return YAML.writeValueAsString(resource);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private ObjectNode database() {
        ObjectNode database = YAML.createObjectNode()
                .put("host", environment.host())
                .put("port", environment.port())
                .put("name", environment.database());
        if (arguments.searchPath() != null) {
            database.put("schema", arguments.searchPath());
        }
        String secret = arguments.secret() == null ? SnapshotArguments.REPLACE : arguments.secret();
        database.putObject("secretRef").put("name", secret);
        if (TLS.containsKey(environment.sslMode())) {
            database.putObject("tls").put("mode", TLS.get(environment.sslMode()));
        }
        return database;
    }

    /** With as many digits for each, so that they stay in order. */
    private String name(int all, int number) {
        int digits = String.valueOf(all).length();
        return all == 1
                ? arguments.name()
                : arguments.name() + "-"
                        + ("0".repeat(digits) + number)
                                .substring(String.valueOf(number).length());
    }
}
