package dev.dbmigration.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Consumer;

/**
 * The changes of the store, and who follows them. A watch that names a resourceVersion is told every change since, so
 * nothing falls between a list and its watch; one that names none is told of what exists first. Its callers hold the
 * store's lock.
 */
final class Watches {

    private static final int REMEMBERED = 10_000;

    private final Deque<Change> changes = new ArrayDeque<>();
    private final Set<Watch> open = new CopyOnWriteArraySet<>();
    private long forgotten;

    /** A change of one object; {@code before} is null when it is new, {@code after} when it is gone. */
    record Change(long version, String root, String resource, JsonNode before, JsonNode after) {}

    record Watch(ApiPath path, Selector selector, Consumer<String> events) {

        void tell(Change change) {
            if (!change.root().equals(path.root()) || !change.resource().equals(path.resource())) {
                return;
            }
            boolean was = change.before() != null && selector.test(change.before());
            boolean is = change.after() != null && selector.test(change.after());
            if (is) {
                send(was ? "MODIFIED" : "ADDED", change.after());
            } else if (was) {
                send("DELETED", versioned(change.before(), change.version()));
            }
        }

        void send(String type, Object object) {
            ObjectNode event = Updates.JSON.createObjectNode().put("type", type);
            event.set("object", Updates.JSON.valueToTree(object));
            events.accept(event.toString());
        }
    }

    void publish(Change change) {
        changes.addLast(change);
        if (changes.size() > REMEMBERED) {
            forgotten = changes.removeFirst().version();
        }
        open.forEach(watch -> watch.tell(change));
    }

    Watch open(ApiPath path, Iterable<? extends JsonNode> existing, Consumer<String> events) {
        Watch watch = new Watch(path, Selector.of(path), events);
        String since = path.query().getOrDefault("resourceVersion", "");
        if (since.isEmpty() || since.equals("0")) {
            existing.forEach(object -> watch.send("ADDED", object));
        } else if (Long.parseLong(since) < forgotten) {
            watch.send("ERROR", gone());
        } else {
            changes.stream()
                    .filter(change -> change.version() > Long.parseLong(since))
                    .forEach(watch::tell);
        }
        open.add(watch);
        return watch;
    }

    void close(Watch watch) {
        open.remove(watch);
    }

    /** The last state of a removed object carries the version of its removal. */
    private static JsonNode versioned(JsonNode object, long version) {
        JsonNode copy = object.deepCopy();
        ((ObjectNode) copy.path("metadata")).put("resourceVersion", String.valueOf(version));
        return copy;
    }

    private static Object gone() {
        return new StatusBuilder()
                .withStatus("Failure")
                .withCode(410)
                .withReason("Expired")
                .withMessage("too old resource version")
                .build();
    }
}
