package dev.dbmigration.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.mockwebserver.crud.AttributeSet;
import io.fabric8.mockwebserver.dsl.HttpMethod;
import io.fabric8.mockwebserver.http.Buffer;
import io.fabric8.mockwebserver.http.Headers;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * The mock's store and its create, with everything else of the API done here, since the mock's own update, patch,
 * delete, selectors and watch differ from Kubernetes in ways that an operator notices. One request at a time.
 */
final class ClusterDispatcher extends KubernetesCrudDispatcher {

    private static final String CRDS = "customresourcedefinitions";

    private final Watches watches = new Watches();
    private final Schemas schemas = new Schemas();
    private final Deletions deletions = new Deletions(this);
    private final SecureRandom random = new SecureRandom();
    private long version;

    synchronized Answer answer(ApiRequest request) {
        try {
            if ("All".equals(request.path().query().get("dryRun"))) {
                return Answer.failure(400, "BadRequest", "this server has no dry run");
            }
            return switch (request.verb()) {
                case "create" -> create(request.path(), Updates.parse(request.body()));
                case "update" -> update(request);
                case "patch" -> patch(request);
                case "delete" -> deletions.delete(request.path(), request.body());
                case "get" -> get(request.path());
                default -> list(request.path());
            };
        } catch (Refused refused) {
            return refused.answer();
        }
    }

    synchronized Watches.Watch watch(ApiPath path, Consumer<String> events) {
        return watches.open(path, select(path).stream().map(Stored::json).toList(), events);
    }

    synchronized void unwatch(Watches.Watch watch) {
        watches.close(watch);
    }

    private Answer create(ApiPath path, ObjectNode object) {
        ObjectNode metadata = object.withObjectProperty("metadata");
        if (metadata.path("name").asText("").isEmpty() && metadata.hasNonNull("generateName")) {
            metadata.put(
                    "name",
                    metadata.get("generateName").asText() + Integer.toString(random.nextInt(36 * 36 * 36 * 36), 36));
        }
        Updates.withoutStringData(path, object);
        schemas.applyTo(path, object);
        Validity.check(path, object);
        if (hasSeparateStatus(path)) {
            object.remove("status");
        }
        if (path.isPods()) {
            object.putObject("status").put("phase", "Pending").put("qosClass", "BestEffort");
        }
        Answer answer = byMock(path, object.toString());
        if (answer.code() == 201) {
            deletions.collectIfOwnerless(
                    path.named(path.namespace(), metadata.get("name").asText()));
        }
        return answer;
    }

    private Answer byMock(ApiPath path, String body) {
        MockResponse response = handleCreate(new RecordedRequest(
                "HTTP/1.1",
                HttpMethod.POST,
                path.collection(),
                Headers.builder().build(),
                new Buffer(body.getBytes(StandardCharsets.UTF_8))));
        if (response.code() == 409) {
            return Answer.failure(
                    409,
                    "AlreadyExists",
                    path.resource() + " \""
                            + Updates.parse(body).at("/metadata/name").asText() + "\" already exists");
        }
        return Answer.json(response.code(), new String(response.getBody().getBytes(), StandardCharsets.UTF_8));
    }

    private Answer update(ApiRequest request) {
        Stored current = require(request.path());
        return store(current, Updates.parse(request.body()), request.path());
    }

    private Answer patch(ApiRequest request) {
        ApiPath path = request.path();
        if (request.contentType().startsWith("application/apply-patch")) {
            return apply(path, Serialization.unmarshal(request.body(), ObjectNode.class));
        }
        Stored current = require(path);
        ObjectNode patched = Updates.patched(current.json(), request.contentType(), request.body());
        return store(current, patched, path);
    }

    /** Server-side apply: creates what is absent and else merges, so a field the applier drops is never removed. */
    private Answer apply(ApiPath path, ObjectNode object) {
        Stored current = find(path);
        if (current == null && !path.isStatus()) {
            return create(path, object);
        }
        Stored existing = require(path);
        return store(existing, Updates.merge(existing.json().deepCopy(), object), path);
    }

    private Answer store(Stored current, ObjectNode wanted, ApiPath path) {
        Updates.checkPreconditions(current, wanted.path("metadata"));
        Updates.withoutStringData(path, wanted);
        schemas.applyTo(path, wanted);
        ObjectNode result = Updates.result(current.json(), wanted, path.isStatus(), hasSeparateStatus(path));
        Validity.check(path, result);
        Validity.checkImmutable(path, current.json(), result);
        if (result.equals(current.json())) {
            return Answer.json(200, current.json());
        }
        ObjectNode metadata = (ObjectNode) result.get("metadata");
        metadata.put("resourceVersion", String.valueOf(requestResourceVersion()));
        replace(current, result);
        deletions.removeIfReleased(find(path));
        return Answer.json(200, result);
    }

    private Answer get(ApiPath path) {
        return path.resource().isEmpty()
                ? discovery(path)
                : Answer.json(200, require(path).json());
    }

    private Answer discovery(ApiPath path) {
        MockResponse response = handleGet(path.root());
        return response.getBody() == null
                ? Answer.notFound(path)
                : Answer.json(200, new String(response.getBody().getBytes(), StandardCharsets.UTF_8));
    }

    private Answer list(ApiPath path) {
        ObjectNode list =
                Updates.JSON.createObjectNode().put("apiVersion", "v1").put("kind", "List");
        list.putObject("metadata").put("resourceVersion", String.valueOf(version));
        list.putArray("items").addAll(select(path).stream().map(Stored::json).toList());
        return Answer.json(200, list);
    }

    /** Those of the collection that the path's selectors mean, by namespace and name. */
    List<Stored> select(ApiPath path) {
        Selector selector = Selector.of(path);
        return objects(path.root() + "/" + path.resource()).stream()
                .filter(each -> selector.test(each.json()))
                .sorted(Comparator.comparing((Stored each) -> each.text("namespace"))
                        .thenComparing(each -> each.text("name")))
                .toList();
    }

    /** Every object stored. */
    List<Stored> objects() {
        return new ArrayList<>(map.entrySet()).stream().map(Stored::of).toList();
    }

    private List<Stored> objects(String clusterWidePath) {
        AttributeSet query = getKey(clusterWidePath);
        return new ArrayList<>(map.entrySet())
                .stream()
                        .filter(entry -> entry.getKey().matches(query))
                        .map(Stored::of)
                        .toList();
    }

    Stored find(ApiPath path) {
        Map.Entry<AttributeSet, String> entry = findResource(getKey(path.object()));
        return entry == null ? null : new Stored(path, entry.getKey(), Updates.parse(entry.getValue()));
    }

    Stored require(ApiPath path) {
        Stored found = path.name().isEmpty() ? null : find(path);
        if (found == null) {
            throw new Refused(Answer.notFound(path));
        }
        return found;
    }

    void replace(Stored current, ObjectNode by) {
        processEvent(
                current.path().object(),
                getKey(current.path().object()),
                current.key(),
                null,
                by == null ? null : by.toString());
    }

    private boolean hasSeparateStatus(ApiPath path) {
        return path.isPods() || isStatusSubresourceEnabledForResource(path.object());
    }

    @Override
    public long requestResourceVersion() {
        version = super.requestResourceVersion();
        return version;
    }

    /** The one place through which every change of the store goes. */
    @Override
    public void processEvent(
            String path,
            AttributeSet pathAttributes,
            AttributeSet oldAttributes,
            GenericKubernetesResource resource,
            String newState) {
        String before = oldAttributes == null ? null : map.get(oldAttributes);
        super.processEvent(path, pathAttributes, oldAttributes, resource, newState);
        if (!Objects.equals(before, newState)) {
            ApiPath where = ApiPath.parse(path);
            JsonNode after = newState == null ? null : Updates.parse(newState);
            if (where.resource().equals(CRDS) && after != null) {
                schemas.learn(after);
            }
            long at = after == null
                    ? requestResourceVersion()
                    : after.at("/metadata/resourceVersion").asLong();
            watches.publish(new Watches.Change(
                    at, where.root(), where.resource(), before == null ? null : Updates.parse(before), after));
        }
    }
}
