package dev.dbmigration.runner.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dbmigration.report.Masking;
import dev.dbmigration.runner.words.Secret;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Takes out of drafts what a check cannot hold, and what looks like a credential, with a note on each. */
record Fitting(Secret secret) {

    /** Of a text, or of each text of a list. Names are no longer than PostgreSQL lets them be, which always fits. */
    private static final Map<String, Integer> LONGEST = Map.ofEntries(
            Map.entry("arguments", 256),
            Map.entry("columns", 1024),
            Map.entry("default", 1024),
            Map.entry("definition", 1024),
            Map.entry("expression", 1024),
            Map.entry("labels", 63),
            Map.entry("minVersion", 63),
            Map.entry("partitionBy", 1024),
            Map.entry("predicate", 1024),
            Map.entry("returns", 1024),
            Map.entry("type", 256),
            Map.entry("using", 1024),
            Map.entry("withCheck", 1024));

    private static final int MOST = 256;
    private static final Map<String, Integer> FEWER = Map.of("roles", 64, "arguments", 100);

    /** Without it there is no such check. */
    private static final Set<String> REQUIRED = Set.of("labels");

    /** The draft without that. */
    Draft fit(Draft draft) {
        if (draft.body() == null) {
            return draft;
        }
        ObjectNode body = draft.body().deepCopy();
        List<String> notes = new ArrayList<>(draft.notes());
        boolean whole = !draft.kind().equals("enum") || body.has("labels");
        if (!whole) {
            notes.add(draft.label() + ": it has no labels");
        }
        Iterator<Map.Entry<String, JsonNode>> fields = body.fields();
        while (fields.hasNext()) {
            Map.Entry<String, JsonNode> field = fields.next();
            Optional<String> why = unfit(field.getKey(), field.getValue());
            if (why.isPresent()) {
                notes.add(draft.label() + ": its " + field.getKey() + " is left out, " + why.get());
                whole &= !REQUIRED.contains(field.getKey());
                fields.remove();
            }
        }
        return new Draft(draft.schema(), draft.group(), draft.label(), draft.kind(), whole ? body : null, notes);
    }

    private Optional<String> unfit(String field, JsonNode value) {
        int most = FEWER.getOrDefault(field, MOST);
        if (value.size() > most) {
            return Optional.of("a check holds " + most + " at most");
        }
        int longest = LONGEST.getOrDefault(field, Integer.MAX_VALUE);
        List<String> texts = texts(value).toList();
        if (texts.stream().anyMatch(text -> text.codePointCount(0, text.length()) > longest)) {
            return Optional.of("a check holds " + longest + " characters at most");
        }
        boolean telling = LONGEST.containsKey(field)
                && texts.stream()
                        .anyMatch(text -> !Masking.mask(secret.apply(text)).equals(text));
        return telling ? Optional.of("it looks like a credential") : Optional.empty();
    }

    private static Stream<String> texts(JsonNode value) {
        return value.isArray()
                ? StreamSupport.stream(value.spliterator(), false).map(JsonNode::asText)
                : Stream.of(value.asText());
    }
}
