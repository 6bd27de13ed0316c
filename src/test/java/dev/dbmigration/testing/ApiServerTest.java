package dev.dbmigration.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.IntNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaPropsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ApiServerTest {

    private final ApiServer api = new ApiServer();
    private final KubernetesClient user = api.client();

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void server_side_apply_creates_and_then_merges() {
        user.resource(configMap("a", Map.of("x", "1"))).serverSideApply();
        user.resource(configMap("a", Map.of("y", "2"))).serverSideApply();

        assertThat(user.configMaps().withName("a").get().getData()).isEqualTo(Map.of("x", "1", "y", "2"));
    }

    @Test
    void a_second_create_is_a_conflict() {
        user.resource(configMap("a", Map.of())).create();

        assertRefused(409, () -> user.resource(configMap("a", Map.of())).create());
    }

    @Test
    void a_stale_put_is_a_conflict_on_object_and_status() {
        GenericKubernetesResource created = user.resource(migration("m")).create();
        edit("m", "changed");

        assertRefused(409, () -> user.resource(created).update());
        assertRefused(409, () -> user.resource(withStatus(created, "Running")).updateStatus());
        assertRefused(409, () -> user.resource(withStatus(created, "Running")).patchStatus());
    }

    @Test
    void status_and_spec_are_written_apart() {
        GenericKubernetesResource created = user.resource(migration("m")).create();
        created.setAdditionalProperty("spec", Map.of("text", "not by way of the status"));
        user.resource(withStatus(created, "Running")).updateStatus();
        assertThat(spec("m")).isEqualTo("first");
        assertThat(phase("m")).isEqualTo("Running");
        assertThat(get("m").getMetadata().getGeneration()).isEqualTo(1);

        GenericKubernetesResource changed = withStatus(get("m"), "Forged");
        changed.setAdditionalProperty("spec", Map.of("text", "second"));
        user.resource(changed).update();
        assertThat(spec("m")).isEqualTo("second");
        assertThat(phase("m")).isEqualTo("Running");
        assertThat(get("m").getMetadata().getGeneration()).isEqualTo(2);
    }

    @Test
    void a_write_that_changes_nothing_keeps_the_version() {
        GenericKubernetesResource created = user.resource(migration("m")).create();

        user.resource(created).update();

        assertThat(get("m").getMetadata().getResourceVersion())
                .isEqualTo(created.getMetadata().getResourceVersion());
    }

    @Test
    void a_null_in_a_merge_patch_removes() {
        user.resource(configMap("a", Map.of("x", "1", "y", "2"))).create();

        user.configMaps().withName("a").patch(PatchContext.of(PatchType.JSON_MERGE), "{\"data\":{\"x\":null}}");

        assertThat(user.configMaps().withName("a").get().getData()).isEqualTo(Map.of("y", "2"));
    }

    @Test
    void an_immutable_configmap_stays_as_it_is() {
        user.resource(new ConfigMapBuilder(configMap("a", Map.of("x", "1")))
                        .withImmutable(true)
                        .build())
                .create();

        assertRefused(
                422,
                () -> user.configMaps()
                        .withName("a")
                        .edit(map ->
                                new ConfigMapBuilder(map).addToData("x", "2").build()));
    }

    @Test
    void a_delete_minds_its_precondition() {
        ConfigMap created = user.resource(configMap("a", Map.of("x", "1"))).create();
        user.configMaps()
                .withName("a")
                .edit(map -> new ConfigMapBuilder(map).addToData("x", "2").build());

        assertRefused(
                409,
                () -> user.resource(created)
                        .lockResourceVersion(created.getMetadata().getResourceVersion())
                        .delete());
        assertThat(user.configMaps().withName("a").get()).isNotNull();

        user.resource(created)
                .lockResourceVersion(
                        user.configMaps().withName("a").get().getMetadata().getResourceVersion())
                .delete();
        assertThat(user.configMaps().withName("a").get()).isNull();
    }

    @Test
    void a_pod_without_node_goes_at_once_and_one_with_a_node_waits_for_its_kubelet() {
        user.resource(pod("unscheduled", null)).create();
        user.resource(pod("running", "node-1")).create();

        user.pods().delete();

        assertThat(user.pods().withName("unscheduled").get()).isNull();
        assertThat(user.pods().withName("running").get().getMetadata().getDeletionTimestamp())
                .isNotNull();
        user.pods().withName("running").withGracePeriod(0).delete();
        assertThat(user.pods().withName("running").get()).isNull();
    }

    @Test
    void the_status_of_a_terminating_pod_can_be_written() {
        user.resource(pod("p", "node-1")).create();
        user.pods().withName("p").delete();

        user.pods()
                .withName("p")
                .editStatus(pod -> new PodBuilder(pod)
                        .editStatus()
                        .withPhase("Running")
                        .endStatus()
                        .build());

        assertThat(user.pods().withName("p").get().getStatus().getPhase()).isEqualTo("Running");
    }

    @Test
    void what_a_deleted_owner_owned_is_collected_through_all_generations() {
        GenericKubernetesResource owner = user.resource(migration("m")).create();
        ConfigMap child =
                user.resource(owned(configMap("child", Map.of()), owner)).create();
        user.resource(owned(configMap("grandchild", Map.of()), child)).create();
        user.resource(configMap("stranger", Map.of())).create();

        user.resource(owner).delete();

        assertThat(user.configMaps().list().getItems())
                .extracting(each -> each.getMetadata().getName())
                .containsExactly("stranger");
    }

    @Test
    void what_is_created_for_a_dead_owner_is_collected() {
        GenericKubernetesResource owner = user.resource(migration("m")).create();
        user.resource(owner).delete();

        user.resource(owned(configMap("late", Map.of()), owner)).create();

        assertThat(user.configMaps().withName("late").get()).isNull();
    }

    @Test
    void a_finalizer_keeps_an_object_until_it_is_taken_away() {
        ConfigMap map = configMap("a", Map.of());
        map.getMetadata().setFinalizers(List.of("example.com/wait"));
        user.resource(map).create();
        user.configMaps().withName("a").delete();
        assertThat(user.configMaps().withName("a").get().isMarkedForDeletion()).isTrue();

        user.configMaps()
                .withName("a")
                .edit(each -> new ConfigMapBuilder(each)
                        .editMetadata()
                        .withFinalizers()
                        .endMetadata()
                        .build());

        assertThat(user.configMaps().withName("a").get()).isNull();
    }

    @Test
    void selectors_select() {
        user.resource(labelled("a", Map.of("tier", "db"))).create();
        user.resource(labelled("b", Map.of("tier", "web"))).create();
        user.resource(labelled("c", Map.of())).create();

        assertThat(names(user.configMaps().withLabel("tier").list().getItems())).containsExactly("a", "b");
        assertThat(names(user.configMaps().withoutLabel("tier").list().getItems()))
                .containsExactly("c");
        assertThat(names(user.configMaps().withLabel("tier", "db").list().getItems()))
                .containsExactly("a");
        assertThat(names(user.configMaps()
                        .withLabelIn("tier", "web", "db")
                        .list()
                        .getItems()))
                .containsExactly("a", "b");
        assertThat(names(user.configMaps().withLabelNotIn("tier", "web").list().getItems()))
                .containsExactly("a", "c");
        assertThat(names(
                        user.configMaps().withField("metadata.name", "b").list().getItems()))
                .containsExactly("b");
    }

    @Test
    void names_and_labels_too_long_are_refused() {
        assertRefused(
                422, () -> user.resource(configMap("a".repeat(254), Map.of())).create());
        assertRefused(
                422,
                () -> user.resource(labelled("a", Map.of("x", "y".repeat(64)))).create());
        assertRefused(
                422,
                () -> user.resource(configMap("a", Map.of("x", "y".repeat(1024 * 1024 + 1))))
                        .create());
    }

    @Test
    void an_informer_sees_every_change_and_a_selector_that_no_longer_fits_as_a_deletion() {
        try (SharedIndexInformer<ConfigMap> informer =
                user.configMaps().withLabel("tier").inform()) {
            user.resource(labelled("a", Map.of("tier", "db"))).create();
            await().until(() -> informer.getStore().list().size() == 1);
            user.configMaps()
                    .withName("a")
                    .edit(map -> new ConfigMapBuilder(map).addToData("x", "1").build());
            await().until(() -> informer.getStore().list().get(0).getData().containsKey("x"));

            user.configMaps()
                    .withName("a")
                    .edit(map -> new ConfigMapBuilder(map)
                            .editMetadata()
                            .withLabels(Map.of())
                            .endMetadata()
                            .build());

            await().until(() -> informer.getStore().list().isEmpty());
        }
    }

    @Test
    void a_watch_tells_what_happened_since_its_list() {
        ConfigMap created = user.resource(configMap("a", Map.of())).create();
        String version = user.configMaps().list().getMetadata().getResourceVersion();
        user.resource(created).delete();
        user.resource(configMap("b", Map.of())).create();
        List<String> seen = new CopyOnWriteArrayList<>();

        try (Watch watch = user.configMaps()
                .watch(new ListOptionsBuilder().withResourceVersion(version).build(), new Watcher<>() {
                    @Override
                    public void eventReceived(Action action, ConfigMap map) {
                        seen.add(action + " " + map.getMetadata().getName());
                    }

                    @Override
                    public void onClose(WatcherException cause) {}
                })) {
            assertThat(watch).isNotNull();
            await().untilAsserted(() -> assertThat(seen).containsExactly("DELETED a", "ADDED b"));
        }
    }

    @Test
    void an_informer_survives_a_cut_connection() {
        try (SharedIndexInformer<ConfigMap> informer = user.configMaps().inform()) {
            ConfigMap created = user.resource(configMap("a", Map.of())).create();
            await().until(() -> informer.getStore().list().size() == 1);

            api.dropWatches();
            user.resource(created).delete();

            await().until(() -> informer.getStore().list().isEmpty());
        }
        assertThat(api.requests().count(each -> each.verb().equals("watch"))).isGreaterThan(1);
    }

    @Test
    void every_change_of_many_writers_reaches_an_informer_in_order() {
        List<Long> versions = new CopyOnWriteArrayList<>();
        user.resource(configMap("a", Map.of("x", "0"))).create();
        try (SharedIndexInformer<ConfigMap> informer = user.configMaps().inform()) {
            informer.addEventHandler(new ResourceEventHandler<>() {
                @Override
                public void onAdd(ConfigMap map) {}

                @Override
                public void onUpdate(ConfigMap old, ConfigMap map) {
                    versions.add(Long.parseLong(map.getMetadata().getResourceVersion()));
                }

                @Override
                public void onDelete(ConfigMap map, boolean unknown) {}
            });
            IntStream.range(0, 200)
                    .parallel()
                    .forEach(i -> user.configMaps()
                            .withName("a")
                            .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"data\":{\"k" + i + "\":\"1\"}}"));

            await().untilAsserted(() -> assertThat(versions).hasSize(200).isSorted());
        }
        assertThat(user.configMaps().withName("a").get().getData()).hasSize(201);
    }

    @Test
    void a_schema_brings_defaults_in_and_sends_unknown_fields_out() {
        user.resource(widgetDefinition()).create();
        GenericKubernetesResource widget = new GenericKubernetesResourceBuilder()
                .withApiVersion("example.com/v1")
                .withKind("Widget")
                .withNewMetadata()
                .withName("w")
                .withNamespace("default")
                .endMetadata()
                .addToAdditionalProperties("spec", Map.of("unknown", 1, "free", Map.of("any", "thing")))
                .addToAdditionalProperties("status", Map.of("phase", "Forged"))
                .build();

        GenericKubernetesResource created = user.resource(widget).create();

        assertThat(created.<Map<String, Object>>get("spec"))
                .isEqualTo(Map.of("size", 3, "free", Map.of("any", "thing")));
        assertThat(created.getAdditionalProperties()).doesNotContainKey("status");
    }

    @Test
    void a_hook_edits_the_spec_just_before_a_status_write() {
        GenericKubernetesResource created = user.resource(migration("m")).create();
        KubernetesClient operator = api.client("operator");
        Interception hook = api.intercept(
                request -> request.by("operator") && request.isStatusWrite("databasemigrations"),
                Interceptor.before(() -> edit("m", "second")));

        assertRefused(
                409, () -> operator.resource(withStatus(created, "Running")).updateStatus());

        assertThat(hook.hits()).isEqualTo(1);
        assertThat(spec("m")).isEqualTo("second");
        assertThat(get("m").getAdditionalProperties()).doesNotContainKey("status");
    }

    @Test
    void a_refused_request_is_not_processed() {
        api.intercept(each -> each.creates("pods"), 1, Interceptor.refuse(403, "Forbidden", "exceeded quota: pods"));

        assertRefused(403, () -> user.resource(pod("p", null)).create());
        assertThat(user.resource(pod("p", null)).create()).isNotNull();
    }

    @Test
    void a_dropped_request_is_not_processed_and_a_lost_answer_was() {
        KubernetesClient once = api.client("once", config -> config.withRequestRetryBackoffLimit(0));
        api.intercept(each -> each.name().isEmpty() && each.body().contains("dropped"), Interceptor.drop());
        api.intercept(each -> each.name().isEmpty() && each.body().contains("unanswered"), Interceptor.loseAnswer());

        assertThatThrownBy(() -> once.resource(configMap("dropped", Map.of())).create())
                .isInstanceOf(KubernetesClientException.class);
        assertThatThrownBy(
                        () -> once.resource(configMap("unanswered", Map.of())).create())
                .isInstanceOf(KubernetesClientException.class);

        assertThat(names(user.configMaps().list().getItems())).containsExactly("unanswered");
    }

    @Test
    void writes_are_counted_by_client() {
        api.client("operator").resource(configMap("a", Map.of())).create();
        user.resource(configMap("b", Map.of())).create();
        api.client("operator").configMaps().list();

        assertThat(api.requests().writesBy("operator"))
                .extracting(ApiRequest::verb, ApiRequest::resource)
                .containsExactly(tuple("create", "configmaps"));
    }

    @Test
    void logs_are_those_that_were_set() {
        user.resource(pod("p", null)).create();
        assertRefused(400, () -> user.pods().withName("p").getLog());
        api.setLogs("default", "p", "main", () -> "one\ntwo\nthree\n");

        assertThat(user.pods().withName("p").getLog()).isEqualTo("one\ntwo\nthree\n");
        assertThat(user.pods().withName("p").tailingLines(2).getLog()).isEqualTo("two\nthree\n");
        assertThat(user.pods().withName("p").limitBytes(5).getLog()).isEqualTo("one\nt");
    }

    private static void assertRefused(int code, Supplier<?> request) {
        assertThatThrownBy(request::get)
                .isInstanceOfSatisfying(
                        KubernetesClientException.class,
                        e -> assertThat(e.getCode()).isEqualTo(code));
    }

    private Resource<GenericKubernetesResource> migrations(String name) {
        return user.genericKubernetesResources("dbmigration.dev/v1alpha1", "DatabaseMigration")
                .inNamespace("default")
                .withName(name);
    }

    private GenericKubernetesResource get(String name) {
        return migrations(name).get();
    }

    private void edit(String name, String text) {
        migrations(name).edit(each -> {
            each.setAdditionalProperty("spec", Map.of("text", text));
            return each;
        });
    }

    private Object spec(String name) {
        return get(name).get("spec", "text");
    }

    private Object phase(String name) {
        return get(name).get("status", "phase");
    }

    private static GenericKubernetesResource withStatus(GenericKubernetesResource of, String phase) {
        GenericKubernetesResource copy = new GenericKubernetesResourceBuilder(of).build();
        copy.setAdditionalProperty("status", Map.of("phase", phase));
        return copy;
    }

    static GenericKubernetesResource migration(String name) {
        return new GenericKubernetesResourceBuilder()
                .withApiVersion("dbmigration.dev/v1alpha1")
                .withKind("DatabaseMigration")
                .withNewMetadata()
                .withName(name)
                .withNamespace("default")
                .endMetadata()
                .addToAdditionalProperties("spec", Map.of("text", "first"))
                .build();
    }

    private static CustomResourceDefinition widgetDefinition() {
        return new CustomResourceDefinitionBuilder()
                .withNewMetadata()
                .withName("widgets.example.com")
                .endMetadata()
                .withNewSpec()
                .withGroup("example.com")
                .withScope("Namespaced")
                .withNewNames()
                .withKind("Widget")
                .withPlural("widgets")
                .endNames()
                .addNewVersion()
                .withName("v1")
                .withNewSubresources()
                .withNewStatus()
                .endStatus()
                .endSubresources()
                .withNewSchema()
                .withNewOpenAPIV3Schema()
                .addToProperties(
                        "spec",
                        new JSONSchemaPropsBuilder()
                                .addToProperties(
                                        "size",
                                        new JSONSchemaPropsBuilder()
                                                .withType("integer")
                                                .withDefault(IntNode.valueOf(3))
                                                .build())
                                .addToProperties(
                                        "free",
                                        new JSONSchemaPropsBuilder()
                                                .withNewAdditionalProperties()
                                                .withAllows(true)
                                                .endAdditionalProperties()
                                                .build())
                                .build())
                .endOpenAPIV3Schema()
                .endSchema()
                .endVersion()
                .endSpec()
                .build();
    }

    private static ConfigMap configMap(String name, Map<String, String> data) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("default")
                .endMetadata()
                .withData(data)
                .build();
    }

    private static ConfigMap labelled(String name, Map<String, String> labels) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .withLabels(labels)
                .endMetadata()
                .build();
    }

    private static <T extends HasMetadata> T owned(T object, HasMetadata owner) {
        object.addOwnerReference(owner);
        return object;
    }

    private static Pod pod(String name, String node) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withNodeName(node)
                .addNewContainer()
                .withName("main")
                .withImage("shell")
                .endContainer()
                .endSpec()
                .build();
    }

    private static List<String> names(List<? extends HasMetadata> objects) {
        return objects.stream().map(each -> each.getMetadata().getName()).toList();
    }
}
