package dev.dbmigration.operator;

import dev.dbmigration.api.v1alpha1.ApiGroup;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;
import java.util.Objects;

/** Which updates of a resource of ours are a user's, and not the echo of our own status. */
final class Changes {

    private Changes() {}

    static boolean matter(HasMetadata after, HasMetadata before) {
        return !Objects.equals(
                        after.getMetadata().getGeneration(),
                        before.getMetadata().getGeneration())
                || !Objects.equals(request(after), request(before))
                || after.isMarkedForDeletion() != before.isMarkedForDeletion();
    }

    private static String request(HasMetadata resource) {
        Map<String, String> annotations = resource.getMetadata().getAnnotations();
        return annotations == null ? null : annotations.get(ApiGroup.RUN_REQUESTED_AT);
    }
}
