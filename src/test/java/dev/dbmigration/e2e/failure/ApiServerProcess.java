package dev.dbmigration.e2e.failure;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The API server's process, where the suite may stop it: nobody else must use the cluster then.
 *
 * @param pidFile holds its process number
 * @param start the command that starts it again
 */
record ApiServerProcess(Path pidFile, String start) {

    boolean stopFor(int millis) throws IOException {
        long pid = Long.parseLong(Files.readString(pidFile).strip());
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        Duration moment = Duration.ofMillis(millis);
        await().pollDelay(moment).atMost(moment.plusSeconds(60)).until(() -> true);
        Process process = new ProcessBuilder(start).inheritIO().start();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException("the API server does not start again");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        return true;
    }
}
