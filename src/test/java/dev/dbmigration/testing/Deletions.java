package dev.dbmigration.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Deletion as Kubernetes does it: preconditions, the grace of a Pod that has a node, finalizers, and the garbage
 * collection of what no living owner is left for. The collector works at once instead of some seconds later.
 */
final class Deletions {

    private static final int DEFAULT_GRACE = 30;

    private final ClusterDispatcher store;

    Deletions(ClusterDispatcher store) {
        this.store = store;
    }

    Answer delete(ApiPath path, String body) {
        ObjectNode options = body.isBlank() ? Updates.parse("{}") : Updates.parse(body);
        if (path.query().containsKey("gracePeriodSeconds")) {
            options.put("gracePeriodSeconds", Long.parseLong(path.query().get("gracePeriodSeconds")));
        }
        if (path.name().isEmpty()) {
            store.select(path).forEach(each -> delete(each, options));
            return Answer.json(200, "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Success\"}");
        }
        Stored object = store.require(path);
        Updates.checkPreconditions(object, options.path("preconditions"));
        delete(object, options);
        Stored left = store.find(path);
        return Answer.json(200, left == null ? object.json() : left.json());
    }

    /** An object that was only kept by its last finalizer goes with it. */
    void removeIfReleased(Stored object) {
        if (object.isTerminating()
                && !object.hasFinalizers()
                && object.metadata().path("deletionGracePeriodSeconds").asLong() == 0) {
            remove(object, true);
        }
    }

    /** What is created for owners that are all gone already is collected. */
    void collectIfOwnerless(ApiPath path) {
        Stored created = store.find(path);
        if (created != null && !created.ownerUids().isEmpty() && !hasLivingOwner(created, uids())) {
            delete(created, Updates.parse("{}"));
        }
    }

    private void delete(Stored object, JsonNode options) {
        long grace = grace(object, options.path("gracePeriodSeconds"));
        if (grace == 0 && !object.hasFinalizers()) {
            remove(object, !options.path("propagationPolicy").asText().equals("Orphan"));
        } else {
            mark(object, grace);
        }
    }

    /** Only a Pod with a node, whose containers may still run, is given time; and never more than it was given first. */
    private static long grace(Stored object, JsonNode requested) {
        String phase = object.json().at("/status/phase").asText();
        if (!object.path().isPods()
                || object.json().at("/spec/nodeName").asText("").isEmpty()
                || phase.equals("Succeeded")
                || phase.equals("Failed")) {
            return 0;
        }
        long own = object.json().at("/spec/terminationGracePeriodSeconds").asLong(DEFAULT_GRACE);
        long wanted = requested.isNumber() ? requested.asLong() : own;
        return object.isTerminating()
                ? Math.min(
                        wanted,
                        object.metadata().path("deletionGracePeriodSeconds").asLong(own))
                : wanted;
    }

    private void mark(Stored object, long grace) {
        ObjectNode marked = object.json().deepCopy();
        ObjectNode metadata = (ObjectNode) marked.get("metadata");
        if (object.isTerminating()
                && metadata.path("deletionGracePeriodSeconds").asLong() <= grace) {
            return;
        }
        metadata.put(
                "deletionTimestamp",
                Instant.now().plusSeconds(grace).truncatedTo(ChronoUnit.SECONDS).toString());
        metadata.put("deletionGracePeriodSeconds", grace);
        metadata.put("resourceVersion", String.valueOf(store.requestResourceVersion()));
        store.replace(object, marked);
    }

    private void remove(Stored object, boolean collect) {
        store.replace(object, null);
        if (collect) {
            Set<String> living = uids();
            for (Stored dependant : store.objects()) {
                if (dependant.ownerUids().contains(object.uid()) && !hasLivingOwner(dependant, living)) {
                    delete(dependant, Updates.parse("{}"));
                }
            }
        }
    }

    private Set<String> uids() {
        Set<String> uids = new HashSet<>();
        store.objects().forEach(each -> uids.add(each.uid()));
        return uids;
    }

    private static boolean hasLivingOwner(Stored object, Set<String> living) {
        List<String> owners = object.ownerUids();
        return owners.stream().anyMatch(living::contains);
    }
}
