package dev.dbmigration.testing;

import java.util.Set;

/**
 * One request as the server received it. {@code verb} is Kubernetes' own word: get, list, watch, create, update, patch
 * or delete (a server-side apply is a patch, a deletecollection a delete).
 */
public record ApiRequest(String verb, String uri, ApiPath path, String userAgent, String contentType, String body) {

    private static final Set<String> READS = Set.of("get", "list", "watch");

    /** The two reviews are POSTs that change nothing, so they count as reads. */
    public boolean isWrite() {
        return !READS.contains(verb) && !resource().startsWith("selfsubject");
    }

    public boolean by(String someUserAgent) {
        return userAgent.equals(someUserAgent);
    }

    /** The plural, such as {@code pods}. */
    public String resource() {
        return path.resource();
    }

    /** True for a PUT or PATCH of the status of this resource. */
    public boolean isStatusWrite(String resource) {
        return isWrite() && path.isStatus() && resource().equals(resource);
    }

    public boolean creates(String resource) {
        return verb.equals("create") && resource().equals(resource);
    }

    public String name() {
        return path.name();
    }

    public String namespace() {
        return path.namespace();
    }

    @Override
    public String toString() {
        return verb + " " + uri + " by " + userAgent;
    }
}
