package dev.dbmigration.e2e;

import io.fabric8.kubernetes.api.model.APIGroup;
import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Everything that there is of one release: whatever kind the API server lists, in its namespace or in none. */
final class Inventory {

    private final KubernetesClient client;
    private final String namespace;
    private final Set<String> found = new TreeSet<>();

    private Inventory(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    /** Objects as «Kind name»: all of the namespace but its events, and those of the cluster that speak of us. */
    static Set<String> of(KubernetesClient client, String namespace) {
        Inventory inventory = new Inventory(client, namespace);
        inventory.look("", "v1");
        for (APIGroup group : client.getApiGroups().getGroups()) {
            inventory.look(group.getName(), group.getPreferredVersion().getVersion());
        }
        return inventory.found;
    }

    private void look(String group, String version) {
        String groupVersion = group.isEmpty() ? version : group + "/" + version;
        for (APIResource resource : client.getApiResources(groupVersion).getResources()) {
            if (resource.getVerbs().contains("list")
                    && !resource.getName().contains("/")
                    && !resource.getKind().equals("Event")) {
                list(group, version, resource);
            }
        }
    }

    private void list(String group, String version, APIResource resource) {
        var kind = client.genericKubernetesResources(new ResourceDefinitionContext.Builder()
                .withGroup(group)
                .withVersion(version)
                .withKind(resource.getKind())
                .withPlural(resource.getName())
                .withNamespaced(resource.getNamespaced())
                .build());
        Stream<? extends HasMetadata> objects = resource.getNamespaced()
                ? kind.inNamespace(namespace).list().getItems().stream()
                : kind.list().getItems().stream().filter(this::speaksOfUs);
        objects.forEach(object ->
                found.add(resource.getKind() + " " + object.getMetadata().getName()));
    }

    private boolean speaksOfUs(HasMetadata object) {
        String name = object.getMetadata().getName();
        // Where others have releases too, theirs come and go meanwhile.
        return name.contains(namespace)
                || (Site.SHARED ? name.endsWith("dbmigration.dev") : name.contains("dbmigration"));
    }
}
