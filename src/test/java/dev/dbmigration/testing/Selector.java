package dev.dbmigration.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The label and field selectors of a list or watch. Fields are looked up by their dotted path, so any field can be
 * selected on, which is more than Kubernetes allows.
 */
final class Selector implements Predicate<JsonNode> {

    private static final Pattern COMMA_OUTSIDE_SET = Pattern.compile(",(?![^(]*\\))");
    private static final Pattern IN = Pattern.compile("(\\S+)\\s+(in|notin)\\s+\\(([^)]*)\\)");
    private static final Pattern EQUALITY = Pattern.compile("([^!=]+?)\\s*(==|!=|=)\\s*(.*)");

    private final String namespace;
    private final List<String> labels;
    private final List<String> fields;

    private Selector(String namespace, List<String> labels, List<String> fields) {
        this.namespace = namespace;
        this.labels = labels;
        this.fields = fields;
    }

    static Selector of(ApiPath path) {
        String name = path.name();
        List<String> fields = split(path.query().get("fieldSelector"));
        return new Selector(
                path.namespace(),
                split(path.query().get("labelSelector")),
                name.isEmpty() ? fields : List.of("metadata.name=" + name));
    }

    @Override
    public boolean test(JsonNode object) {
        JsonNode metadata = object.path("metadata");
        return (namespace.isEmpty()
                        || namespace.equals(metadata.path("namespace").asText()))
                && labels.stream().allMatch(each -> holds(each, key -> value(metadata.path("labels"), key)))
                && fields.stream().allMatch(each -> holds(each, key -> field(object, key)));
    }

    private static boolean holds(String requirement, java.util.function.Function<String, String> values) {
        Matcher in = IN.matcher(requirement);
        if (in.matches()) {
            String value = values.apply(in.group(1));
            boolean contained = value != null
                    && Arrays.stream(in.group(3).split(",")).map(String::trim).anyMatch(value::equals);
            return contained == in.group(2).equals("in");
        }
        Matcher equality = EQUALITY.matcher(requirement);
        if (equality.matches()) {
            boolean same = equality.group(3).equals(values.apply(equality.group(1)));
            return same != equality.group(2).equals("!=");
        }
        return requirement.startsWith("!")
                ? values.apply(requirement.substring(1).trim()) == null
                : values.apply(requirement) != null;
    }

    private static String value(JsonNode labels, String key) {
        return labels.hasNonNull(key) ? labels.get(key).asText() : null;
    }

    /** A field that is not set equals the empty string, as in Kubernetes. */
    private static String field(JsonNode object, String path) {
        return object.at("/" + path.replace('.', '/')).asText("");
    }

    private static List<String> split(String text) {
        return text == null || text.isBlank()
                ? List.of()
                : COMMA_OUTSIDE_SET.splitAsStream(text).map(String::trim).toList();
    }
}
