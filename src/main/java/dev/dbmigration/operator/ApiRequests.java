package dev.dbmigration.operator;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Counts what the client asks of the API server, by the verb and resource that RBAC knows them by, and the answer's
 * HTTP code. Each try counts, and a watch when it is opened. Of tries without an answer the client tells only those
 * that it repeats, which it does ten times unless configured otherwise.
 */
final class ApiRequests implements Interceptor {

    /** The end of a URL's path, which may begin with that of a proxy; see "Resource URIs" in Kubernetes' API concepts. */
    private static final Pattern RESOURCE =
            Pattern.compile("/apis?/(?:[^/]+/)?v\\d\\w*(?:/namespaces/[^/]+)?/([^/]+)(?:(/[^/]+)(/[^/]+)?)?$");

    private static final Pattern WATCH = Pattern.compile("(?:^|&)watch=(?:true|1)(?:&|$)");
    private static final String OTHER = "other";
    private static final String NO_ANSWER = "none";

    private final MeterRegistry registry;

    ApiRequests(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void after(HttpRequest request, HttpResponse<?> response, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
        count(request, Integer.toString(response.code()));
    }

    @Override
    public void afterConnectionFailure(HttpRequest request, Throwable failure) {
        count(request, NO_ANSWER);
    }

    private void count(HttpRequest request, String code) {
        Matcher path = RESOURCE.matcher(request.uri().getPath());
        boolean known = path.find();
        boolean named = known && path.group(2) != null;
        String subresource = known && path.group(3) != null ? path.group(3) : "";
        Counter.builder(Family.API_REQUESTS.meter)
                .description(Family.API_REQUESTS.help)
                .tag("verb", verb(request.method(), named, request.uri()))
                .tag("resource", known ? path.group(1) + subresource : OTHER)
                .tag("code", code)
                .register(registry)
                .increment();
    }

    private static String verb(String method, boolean named, URI uri) {
        return switch (method) {
            case "POST" -> "create";
            case "PUT" -> "update";
            case "PATCH" -> "patch";
            case "DELETE" -> named ? "delete" : "deletecollection";
            default -> reading(named, uri);
        };
    }

    private static String reading(boolean named, URI uri) {
        if (uri.getQuery() != null && WATCH.matcher(uri.getQuery()).find()) {
            return "watch";
        }
        return named ? "get" : "list";
    }
}
