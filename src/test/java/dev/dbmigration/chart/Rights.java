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
import java.util.concurrent.ConcurrentSkipListSet;

/** What the chart's roles that are bound allow, decided as the API server does, and which of it has been used. */
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
    private final Set<String> used = new ConcurrentSkipListSet<>();
    private final Set<String> refused = new ConcurrentSkipListSet<>();

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

    /** Whether a request is allowed; it is remembered as used, or else as refused. */
    public boolean allow(ApiRequest request) {
        // Everybody may ask what he may do, and which version this is.
        if (request.resource().startsWith("selfsubject") || request.resource().isEmpty()) {
            return true;
        }
        String name = request.verb().equals("create") ? "" : request.name();
        List<Right> covering = rights.stream()
                .filter(right -> right.covers(request.verb(), resource(request), request.namespace(), name))
                .toList();
        covering.forEach(right -> used.add(right.word()));
        if (covering.isEmpty()) {
            refused.add(resource(request) + " " + request.verb() + " in " + request.namespace());
        }
        return !covering.isEmpty();
    }

    private static String resource(ApiRequest request) {
        String[] root = request.path().root().split("/");
        String group = root[1].equals("api") ? "" : root[2];
        String subresource = request.path().subresource();
        return group + "/" + request.resource() + (subresource.isEmpty() ? "" : "/" + subresource);
    }

    public Set<String> granted() {
        Set<String> granted = new TreeSet<>();
        rights.forEach(right -> granted.add(right.word()));
        return granted;
    }

    public Set<String> used() {
        return used;
    }

    public Set<String> refused() {
        return refused;
    }
}
