package dev.dbmigration.operator;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Asks an operator's endpoint, for {@code helm test}: the image has no other program that could. Exit code 0: it said 200. */
public final class Probe {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int USAGE = 64;

    private Probe() {}

    public static void main(String[] args) throws InterruptedException {
        if (args.length != 1) {
            System.err.println("usage: probe URL");
            System.exit(USAGE);
        }
        System.exit(ask(URI.create(args[0])) ? 0 : 1);
    }

    /** Says what was answered, and whether that was 200. */
    static boolean ask(URI url) throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(url).timeout(PATIENCE).build();
            HttpResponse<String> response = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
            System.out.println(
                    url + ": " + response.statusCode() + " " + response.body().strip());
            return response.statusCode() == 200;
        } catch (IOException e) {
            System.out.println(url + ": " + e);
            return false;
        }
    }
}
