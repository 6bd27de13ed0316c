package dev.dbmigration.testing;

import java.util.function.Function;

/**
 * Stands around one request, on a thread of its own: it may block, and may talk to the same server. {@code next}
 * processes the request; an interceptor that does not call it has prevented the request.
 */
@FunctionalInterface
public interface Interceptor {

    Answer around(ApiRequest request, Function<ApiRequest, Answer> next) throws Exception;

    /** Runs the code just before the request is processed. */
    static Interceptor before(Runnable code) {
        return (request, next) -> {
            code.run();
            return next.apply(request);
        };
    }

    /** Runs the code after the request is processed and before its answer leaves. */
    static Interceptor after(Runnable code) {
        return (request, next) -> {
            Answer answer = next.apply(request);
            code.run();
            return answer;
        };
    }

    /** Answers with this failure; the request is not processed. */
    static Interceptor refuse(int code, String reason, String message) {
        return (request, next) -> Answer.failure(code, reason, message);
    }

    /** Cuts the connection; the request is not processed. */
    static Interceptor drop() {
        return (request, next) -> Answer.LOST;
    }

    /** Processes the request, then cuts the connection, so that the client cannot know. */
    static Interceptor loseAnswer() {
        return (request, next) -> {
            next.apply(request);
            return Answer.LOST;
        };
    }
}
