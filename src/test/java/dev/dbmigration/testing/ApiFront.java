package dev.dbmigration.testing;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * HTTP and WebSocket on loopback. The mock's own server processes every request on one event loop, so a hook that talks
 * to the server would wait for itself, and it cannot cut a connection; here each request has a thread of its own.
 */
final class ApiFront implements AutoCloseable {

    private final Vertx vertx = Vertx.vertx(new VertxOptions()
            .setFileSystemOptions(
                    new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
    private final ExecutorService workers = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "api-server");
        thread.setDaemon(true);
        return thread;
    });
    private final Set<ServerWebSocket> sockets = ConcurrentHashMap.newKeySet();
    private final Function<ApiRequest, Answer> answers;
    private final WatchOpener watches;
    private final HttpServer server;

    /** Opens a watch that sends its events to the consumer, until the returned code is run. */
    interface WatchOpener {
        Runnable open(ApiRequest request, Consumer<String> events);
    }

    ApiFront(Function<ApiRequest, Answer> answers, WatchOpener watches) {
        this.answers = answers;
        this.watches = watches;
        // HTTP/2 over cleartext is off: the JDK's client would upgrade, and framing of large answers is unreliable
        // then.
        HttpServerOptions options = new HttpServerOptions()
                .setHost("127.0.0.1")
                .setPort(0)
                .setHttp2ClearTextEnabled(false)
                .setMaxInitialLineLength(64 * 1024)
                .setMaxHeaderSize(64 * 1024);
        server = await(
                vertx.createHttpServer(options).requestHandler(this::handle).listen());
    }

    String url() {
        return "http://127.0.0.1:" + server.actualPort() + "/";
    }

    void dropWatches() {
        sockets.forEach(ServerWebSocket::close);
    }

    private void handle(HttpServerRequest http) {
        if ("websocket".equalsIgnoreCase(http.getHeader("Upgrade"))) {
            ApiRequest request = toRequest(http, "watch", "");
            http.toWebSocket().onSuccess(socket -> serve(request, socket));
            return;
        }
        Context context = vertx.getOrCreateContext();
        http.body()
                .onSuccess(body -> workers.execute(() -> {
                    Answer answer = answers.apply(toRequest(http, verb(http), body.toString()));
                    context.runOnContext(go -> reply(http, answer));
                }));
    }

    private void serve(ApiRequest request, ServerWebSocket socket) {
        Context context = vertx.getOrCreateContext();
        CompletableFuture<Runnable> close = new CompletableFuture<>();
        sockets.add(socket);
        socket.closeHandler(gone -> {
            sockets.remove(socket);
            close.thenAccept(workers::execute);
        });
        // One context takes the events one after the other, so they leave in the order in which they happened.
        workers.execute(() -> close.complete(watches.open(
                request,
                event -> context.runOnContext(go -> {
                    if (!socket.isClosed()) {
                        socket.writeTextMessage(event);
                    }
                }))));
    }

    private static void reply(HttpServerRequest http, Answer answer) {
        if (answer.isLost()) {
            http.connection().close();
        } else if (!http.response().closed()) {
            http.response().setStatusCode(answer.code()).putHeader("Content-Type", answer.contentType());
            http.response().end(Buffer.buffer(answer.body()));
        }
    }

    private static ApiRequest toRequest(HttpServerRequest http, String verb, String body) {
        return new ApiRequest(
                verb,
                http.uri(),
                ApiPath.parse(http.uri()),
                header(http, "User-Agent"),
                header(http, "Content-Type"),
                body);
    }

    private static String verb(HttpServerRequest http) {
        return switch (http.method().name()) {
            case "POST" -> "create";
            case "PUT" -> "update";
            case "PATCH" -> "patch";
            case "DELETE" -> "delete";
            default -> {
                ApiPath path = ApiPath.parse(http.uri());
                yield path.name().isEmpty() && !path.resource().isEmpty() ? "list" : "get";
            }
        };
    }

    private static String header(HttpServerRequest http, String name) {
        String value = http.getHeader(name);
        return value == null ? "" : value;
    }

    @Override
    public void close() {
        await(vertx.close());
        workers.shutdownNow();
    }

    private static <T> T await(io.vertx.core.Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
