package dev.dbmigration.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The SDK works against this API as against a real one: leader election, informers, status writes. */
class OperatorOnApiServerTest {

    private final ApiServer api = new ApiServer();
    private final KubernetesClient user = api.client();
    private final List<Operator> operators = new ArrayList<>();

    @Group("dbmigration.dev")
    @Version("v1alpha1")
    @Plural("databasemigrations")
    public static class DatabaseMigration extends CustomResource<Map<String, String>, Map<String, String>>
            implements Namespaced {}

    /** Copies {@code spec.text} to a ConfigMap by server-side apply and to the status. */
    private static final class Copying implements Reconciler<DatabaseMigration> {

        @Override
        public UpdateControl<DatabaseMigration> reconcile(
                DatabaseMigration resource, Context<DatabaseMigration> context) {
            String text = resource.getSpec().get("text");
            context.getClient()
                    .resource(new ConfigMapBuilder()
                            .withNewMetadata()
                            .withName(resource.getMetadata().getName())
                            .withNamespace(resource.getMetadata().getNamespace())
                            .endMetadata()
                            .addToData("text", text)
                            .build())
                    .serverSideApply();
            if (resource.getStatus() != null && text.equals(resource.getStatus().get("text"))) {
                return UpdateControl.noUpdate();
            }
            resource.setStatus(Map.of("text", text));
            return UpdateControl.patchStatus(resource);
        }
    }

    @AfterEach
    void stop() {
        operators.forEach(Operator::stop);
        api.close();
    }

    @Test
    void reconciles_creations_and_edits() {
        operator("operator").start();
        user.resource(ApiServerTest.migration("m")).create();
        await().until(() -> "first".equals(status("m")));

        edit("m", "second");

        await().until(() -> "second".equals(status("m")));
        assertThat(user.configMaps().withName("m").get().getData()).containsEntry("text", "second");
        assertThat(user.resources(DatabaseMigration.class).withName("m").get().getSpec())
                .containsEntry("text", "second");
    }

    @Test
    void an_edit_just_before_a_status_write_is_never_lost() {
        user.resource(ApiServerTest.migration("m")).create();
        AtomicInteger edits = new AtomicInteger();
        Interception hook = api.intercept(
                each -> each.by("operator") && each.isStatusWrite("databasemigrations"),
                50,
                Interceptor.before(() -> edit("m", "edit " + edits.incrementAndGet())));

        operator("operator").start();

        await().atMost(Duration.ofSeconds(60)).until(() -> "edit 50".equals(status("m")));
        assertThat(hook.hits()).isEqualTo(50);
    }

    @Test
    void one_of_two_leads() {
        Operator first = operator("first");
        first.start();
        await().until(() -> "first".equals(holder()));
        Thread second = new Thread(() -> operator("second").start());
        second.setDaemon(true);
        second.start();
        await().until(() -> api.requests()
                        .matching(each -> each.by("second") && each.resource().equals("leases"))
                        .size()
                > 2);

        user.resource(ApiServerTest.migration("m")).create();
        await().until(() -> "first".equals(status("m")));

        assertThat(holder()).isEqualTo("first");
        assertThat(api.requests().writesBy("second")).isEmpty();
    }

    private Operator operator(String identity) {
        KubernetesClient client = api.client(identity);
        Operator operator = new Operator(overrider -> overrider
                .withKubernetesClient(client)
                .withCloseClientOnStop(false)
                .withLeaderElectionConfiguration(
                        LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration("dbmigration")
                                .withLeaseNamespace("default")
                                .withIdentity(identity)
                                .withLeaseDuration(Duration.ofSeconds(30))
                                .withRenewDeadline(Duration.ofSeconds(10))
                                .withRetryPeriod(Duration.ofMillis(100))
                                .withExitOnStopLeading(false)
                                .build()));
        operator.register(new Copying());
        operators.add(operator);
        return operator;
    }

    private void edit(String name, String text) {
        user.resources(DatabaseMigration.class).withName(name).edit(each -> {
            each.setSpec(Map.of("text", text));
            return each;
        });
    }

    private String holder() {
        var lease = user.leases().inNamespace("default").withName("dbmigration").get();
        return lease == null ? null : lease.getSpec().getHolderIdentity();
    }

    private String status(String name) {
        var found = user.resources(DatabaseMigration.class).withName(name).get();
        return found.getStatus() == null ? null : found.getStatus().get("text");
    }
}
