package dev.dbmigration.pod;

import dev.dbmigration.api.v1alpha1.PodSettings;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.time.Duration;
import java.util.List;

/**
 * A PostgreSQL of a user's image for the time of a replay. It listens within the Pod alone and so asks nobody for a
 * password. Before 1.29 Kubernetes knows no containers that end with the others, so a shell waits for a file of the
 * runner's, which needs neither a process namespace nor a user in common.
 *
 * @param settings of the Pod
 * @param patience how long the runner waits for it to come up
 */
record ScratchContainer(String image, PodSettings settings, Duration patience) {

    static final String NAME = "scratch";

    /** Any but PostgreSQL's usual one, which another container of the Pod may use. */
    static final int PORT = 54320;

    private static final String SIGNALS = "scratch-signals";
    private static final String DATA_PATH = "/scratch";
    private static final String SIGNALS_PATH = "/scratch-signals";

    /** The user postgres of Debian's official image; the image's own default is root. */
    private static final long USER = 999;

    /**
     * Takes two directories and a port. Looks for the programs where packages and images have them; where nobody has the
     * user's number, as initdb wants, the library that official images hold for this gives it a name. Nothing has to
     * outlive a crash, and no statement may stand in the log.
     *
     * @see <a href="https://www.postgresql.org/docs/current/non-durability.html">non-durable settings</a>
     */
    static final String SCRIPT = """
            data=$1 signals=$2 port=$3 log=$1/log
            fail() {
              { echo "$1"; tail -n 3 "$log"; } > "$signals/failed"
              cat "$log"
              exit 1
            }
            for bin in /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /opt/bitnami/postgresql/bin; do
              PATH=$PATH:$bin
            done
            if ! id -un > "$log" 2>&1; then
              for library in /usr/lib/libnss_wrapper.so /usr/lib/*/libnss_wrapper.so; do
                if [ -e "$library" ]; then
                  echo "postgres:x:$(id -u):$(id -g):PostgreSQL:/:/bin/false" > "$data/passwd"
                  echo "postgres:x:$(id -g):" > "$data/group"
                  export LD_PRELOAD="$library" NSS_WRAPPER_PASSWD="$data/passwd" NSS_WRAPPER_GROUP="$data/group"
                fi
              done
            fi
            initdb -D "$data/data" -U dbmigration_scratch -A trust -E UTF8 --locale=C --no-sync > "$log" 2>&1 \
              || fail "initdb has failed"
            postgres -D "$data/data" -p "$port" -c listen_addresses=127.0.0.1 -c unix_socket_directories= \
              -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c autovacuum=off \
              -c max_connections=20 -c max_locks_per_transaction=1024 -c log_min_error_statement=panic >> "$log" 2>&1 &
            server=$!
            trap 'kill -INT $server' TERM INT
            while [ ! -e "$signals/end" ]; do
              kill -0 $server 2> /dev/null || fail "postgres has ended"
              sleep 1
            done
            kill -INT $server
            wait $server
            """;

    /** What both containers need. */
    static List<Volume> volumes() {
        return List.of(ImageSources.empty(NAME), ImageSources.empty(SIGNALS));
    }

    /** Where the runner tells the server to end. */
    static VolumeMount signals() {
        return mount(SIGNALS, SIGNALS_PATH);
    }

    /** What the runner is told of it. */
    List<EnvVar> variables() {
        return List.of(
                new EnvVar("DBMIGRATION_SCRATCH_HOST", "127.0.0.1", null),
                new EnvVar("DBMIGRATION_SCRATCH_PORT", String.valueOf(PORT), null),
                new EnvVar("DBMIGRATION_SCRATCH_SIGNALS", SIGNALS_PATH, null),
                new EnvVar("DBMIGRATION_SCRATCH_WAIT_SECONDS", String.valueOf(patience.toSeconds()), null));
    }

    Container container() {
        boolean userIsStated =
                settings.securityContext() != null && settings.securityContext().getRunAsUser() != null;
        return new ContainerBuilder()
                .withName(NAME)
                .withImage(image)
                .withCommand("sh", "-c", SCRIPT, "scratch", DATA_PATH, SIGNALS_PATH, String.valueOf(PORT))
                .withResources(RunnerPod.resources(settings))
                .withVolumeMounts(mount(NAME, DATA_PATH), mount(SIGNALS, SIGNALS_PATH))
                .withSecurityContext(new SecurityContextBuilder(PodAssembly.restricted(true, null))
                        .withRunAsUser(userIsStated ? null : USER)
                        .build())
                .build();
    }

    private static VolumeMount mount(String volume, String path) {
        return new VolumeMountBuilder().withName(volume).withMountPath(path).build();
    }
}
