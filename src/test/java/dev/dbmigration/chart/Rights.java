package dev.dbmigration.chart;

import dev.dbmigration.testing.ApiRequest;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What the chart's roles that are bound allow, decided as the API server decides. */
public final class Rights {

    /** A verb on a resource, in one namespace or in all (null), on objects of one name or of any (null). */
    private record Right(String verb, String resource, String namespace, String name) {

        boolean covers(String wantedVerb, String wantedResource, String in, String of) {
            return verb.equals(wantedVerb)
                    && resource.equals(wantedResource)
                    && (namespace == null || namespace.equals(in))
                    && (name == null || name.equals(of));
        }

        String word() {
            return resource + " " + verb;
        }
    }

    private final List<Right> rights = new ArrayList<>();

    /** The rights of the operator's ServiceAccount for these values. */
    public static Rights of(Map<String, ?> values) {
        Rights rights = new Rights();
        List<HasMetadata> objects = Chart.objects("1.33.0", values);
        for (ClusterRoleBinding binding : Chart.of(objects, ClusterRoleBinding.class)) {
            Chart.of(objects, ClusterRole.class).stream()
                    .filter(role -> named(role, binding.getRoleRef().getName()))
                    .forEach(role -> rights.add(role.getRules(), null));
        }
        for (RoleBinding binding : Chart.of(objects, RoleBinding.class)) {
            String namespace = binding.getMetadata().getNamespace();
            Chart.of(objects, Role.class).stream()
                    .filter(role -> named(role, binding.getRoleRef().getName()))
                    .filter(role -> role.getMetadata().getNamespace().equals(namespace))
                    .forEach(role -> rights.add(role.getRules(), namespace));
        }
        return rights;
    }

    private static boolean named(HasMetadata role, String name) {
        return role.getMetadata().getName().equals(name);
    }

    private void add(List<PolicyRule> rules, String namespace) {
        for (PolicyRule rule : rules) {
            List<String> names = rule.getResourceNames().isEmpty() ? new ArrayList<>() : rule.getResourceNames();
            if (names.isEmpty()) {
                names.add(null);
            }
            for (String group : rule.getApiGroups()) {
                for (String resource : rule.getResources()) {
                    for (String verb : rule.getVerbs()) {
                        names.forEach(name -> rights.add(new Right(verb, group + "/" + resource, namespace, name)));
                    }
                }
            }
        }
    }

    public boolean allow(ApiRequest request) {
        // Everybody may ask what he may do, and which version this is.
        return request.resource().startsWith("selfsubject")
                || request.resource().isEmpty()
                || !covering(request).isEmpty();
    }

    /** All that is granted, as «group/resource verb». */
    public Set<String> granted() {
        return words(rights);
    }

    /** What of it these requests need. */
    public Set<String> usedIn(List<ApiRequest> requests) {
        return words(
                requests.stream().flatMap(request -> covering(request).stream()).toList());
    }

    /** The requests among these that are not granted. */
    public Set<String> refusedOf(List<ApiRequest> requests) {
        return requests.stream()
                .filter(request -> !allow(request))
                .map(ApiRequest::toString)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private List<Right> covering(ApiRequest request) {
        String name = request.verb().equals("create") ? "" : request.name();
        return rights.stream()
                .filter(right -> right.covers(request.verb(), resource(request), request.namespace(), name))
                .toList();
    }

    private static Set<String> words(List<Right> rights) {
        return rights.stream().map(Right::word).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String resource(ApiRequest request) {
        String[] root = request.path().root().split("/");
        String group = root[1].equals("api") ? "" : root[2];
        String subresource = request.path().subresource();
        return group + "/" + request.resource() + (subresource.isEmpty() ? "" : "/" + subresource);
    }
}
