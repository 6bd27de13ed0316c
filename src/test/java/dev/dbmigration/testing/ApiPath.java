package dev.dbmigration.testing;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The parts of a Kubernetes resource URL. {@code resource} is the plural, {@code name} and {@code namespace} are empty
 * where the URL has none, {@code root} is {@code /api/v1} or {@code /apis/group/version}.
 */
public record ApiPath(
        String root, String namespace, String resource, String name, String subresource, Map<String, String> query) {

    static ApiPath parse(String uri) {
        int mark = uri.indexOf('?');
        List<String> parts = new ArrayList<>(Arrays.asList((mark < 0 ? uri : uri.substring(0, mark)).split("/")));
        parts.removeIf(String::isEmpty);
        int rootLength = Math.min(parts.size(), parts.isEmpty() || parts.get(0).equals("api") ? 2 : 3);
        String root = "/" + String.join("/", parts.subList(0, rootLength));
        List<String> rest = parts.subList(rootLength, parts.size());
        String namespace = "";
        if (rest.size() > 2 && rest.get(0).equals("namespaces")) {
            namespace = rest.get(1);
            rest = rest.subList(2, rest.size());
        }
        return new ApiPath(
                root,
                namespace,
                at(rest, 0),
                decode(at(rest, 1)),
                at(rest, 2),
                query(mark < 0 ? "" : uri.substring(mark + 1)));
    }

    /** The URL of the collection the object is in, without a query. */
    String collection() {
        return root + (namespace.isEmpty() ? "" : "/namespaces/" + namespace) + "/" + resource;
    }

    /** The URL of the object itself, without subresource and query. */
    String object() {
        return name.isEmpty() ? collection() : collection() + "/" + name;
    }

    ApiPath named(String otherNamespace, String otherName) {
        return new ApiPath(root, otherNamespace, resource, otherName, "", Map.of());
    }

    boolean isWatch() {
        return "true".equals(query.get("watch")) || "1".equals(query.get("watch"));
    }

    boolean isStatus() {
        return subresource.equals("status");
    }

    boolean isPods() {
        return root.equals("/api/v1") && resource.equals("pods");
    }

    private static String at(List<String> parts, int index) {
        return index < parts.size() ? parts.get(index) : "";
    }

    private static Map<String, String> query(String text) {
        Map<String, String> query = new LinkedHashMap<>();
        for (String pair : text.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                query.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
            }
        }
        return query;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
