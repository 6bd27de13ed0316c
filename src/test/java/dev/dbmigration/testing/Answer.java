package dev.dbmigration.testing;

import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;

/** What a request is answered: a status code and a body, or nothing at all when the connection is cut. */
public record Answer(int code, String contentType, String body) {

    /** The connection is closed without an answer. */
    public static final Answer LOST = new Answer(0, "", "");

    static final String JSON = "application/json";

    static Answer json(int code, Object body) {
        return new Answer(code, JSON, body instanceof String text ? text : Serialization.asJson(body));
    }

    static Answer text(String body) {
        return new Answer(200, "text/plain; charset=utf-8", body);
    }

    /** A {@code Status} of kind Failure, as the API server words its refusals. */
    public static Answer failure(int code, String reason, String message) {
        return json(
                code,
                new StatusBuilder()
                        .withStatus("Failure")
                        .withCode(code)
                        .withReason(reason)
                        .withMessage(message)
                        .build());
    }

    static Answer conflict(String message) {
        return failure(409, "Conflict", message);
    }

    static Answer notFound(ApiPath path) {
        return failure(404, "NotFound", path.resource() + " \"" + path.name() + "\" not found");
    }

    boolean isLost() {
        return code == 0;
    }
}
