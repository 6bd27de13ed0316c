package dev.dbmigration.quickstart;

import dev.dbmigration.api.v1alpha1.Database;
import dev.dbmigration.testing.Image;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Makes this machine look like the cluster that the manifests were written for, and says in what it does not. */
final class Preparations {

    private final Machine machine;
    private final Terminal terminal;
    private final List<Manifests> manifests;
    private final Needs needs;
    private final Databases databases;

    Preparations(Machine machine, Terminal terminal, List<Manifests> manifests) {
        this.machine = machine;
        this.terminal = terminal;
        this.manifests = manifests;
        this.needs = new Needs(machine.postgres().admin(), manifests);
        this.databases = new Databases(machine.postgres(), terminal);
    }

    void make() {
        needs.databases.forEach(need -> databases.create(need.database().name()));
        needs.databases.forEach(need -> supplied("Secret", need.namespace(), secretOf(need.database()))
                .ifPresent(secret -> databases.create(need.database(), (Secret) secret)));
        needs.sources.forEach(this::makeUp);
        mapHosts();
        needs.images.forEach(this::standInFor);
        if (needs.replays()) {
            standInForScratch();
        }
    }

    /** A pod's second container is not run here. */
    private void standInForScratch() {
        var admin = machine.postgres().admin();
        admin.execute("CREATE ROLE dbmigration_scratch LOGIN SUPERUSER");
        machine.kubelet().override("DBMIGRATION_SCRATCH_HOST", admin.host());
        machine.kubelet().override("DBMIGRATION_SCRATCH_PORT", String.valueOf(admin.port()));
        terminal.prepared("mapped", "the scratch server of expectedSchema is the embedded PostgreSQL too");
    }

    private void mapHosts() {
        var admin = machine.postgres().admin();
        machine.kubelet().override("PGHOST", admin.host());
        machine.kubelet().override("PGPORT", String.valueOf(admin.port()));
        needs.databases.stream()
                .map(need -> need.database().host())
                .filter(Objects::nonNull)
                .distinct()
                .forEach(host -> terminal.prepared("mapped", "host " + host + " is the embedded PostgreSQL here"));
        if (needs.tls()) {
            machine.kubelet().override("PGSSLMODE", "disable");
            terminal.prepared("mapped", "TLS is off here: the embedded PostgreSQL has no certificate");
        }
    }

    private void standInFor(String image, Map<String, String> files) {
        machine.kubelet().addImage(image, Image.ofThisMachine().withFiles(files));
        terminal.prepared("mapped", "image " + image + " is this machine: its entrypoint is looked up on the PATH");
        files.keySet().forEach(path -> terminal.prepared("made up", path + " in image " + image));
    }

    private void makeUp(Needs.Source source, Map<String, String> data) {
        if (supplied(source.kind(), source.namespace(), source.name()).isPresent()) {
            return;
        }
        ObjectMeta metadata = new ObjectMetaBuilder()
                .withNamespace(source.namespace())
                .withName(source.name())
                .build();
        HasMetadata made = source.kind().equals("Secret")
                ? new SecretBuilder()
                        .withMetadata(metadata)
                        .withStringData(data)
                        .build()
                : new ConfigMapBuilder().withMetadata(metadata).withData(data).build();
        machine.user().resource(made).create();
        String keys = data.isEmpty()
                ? "empty"
                : "with " + String.join(", ", data.keySet().stream().sorted().toList());
        terminal.prepared("made up", source.kind() + " " + source.namespace() + "/" + source.name() + " " + keys);
    }

    private Optional<HasMetadata> supplied(String kind, String namespace, String name) {
        return manifests.stream()
                .flatMap(each -> each.resources().stream())
                .filter(one -> one.getKind().equals(kind))
                .filter(one -> one.getMetadata().getNamespace().equals(namespace))
                .filter(one -> one.getMetadata().getName().equals(name))
                .findFirst();
    }

    private static String secretOf(Database database) {
        return database.secretRef() == null ? "" : database.secretRef().name();
    }
}
