package dev.dbmigration.e2e.failure;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dbmigration.api.v1alpha1.DatabaseMigration;
import dev.dbmigration.testing.Database;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One resource of the stream, and what it must come to. */
final class Migration {

    private static final ObjectMapper JSON = new ObjectMapper();

    final String name;
    final Work work;
    final Database database;
    private final String host;
    private final String image;
    private final double seconds;
    private final List<String> files;

    Migration(String name, Work work, Database database, String host, String image, double seconds) {
        this.name = name;
        this.work = work;
        this.database = database;
        this.host = host;
        this.image = image;
        this.seconds = seconds;
        this.files = new ArrayList<>(work.files());
    }

    /** Files that must have taken effect once it is applied. */
    List<String> files() {
        return files;
    }

    /** From now on there is one file more. */
    void grow() {
        files.add(Work.file(files.size() + 1));
    }

    /** The ConfigMap with the files; a container has none. */
    ConfigMap source(String namespace) {
        Map<String, String> data = new HashMap<>();
        files.forEach(file -> data.put(file, work.content(name, file, seconds)));
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .addToLabels("dbmigration.dev/watch", "Enabled")
                .endMetadata()
                .withData(data)
                .build();
    }

    DatabaseMigration resource(String namespace) {
        ObjectNode resource = JSON.createObjectNode();
        resource.put("apiVersion", "dbmigration.dev/v1alpha1").put("kind", "DatabaseMigration");
        resource.putObject("metadata").put("name", name).put("namespace", namespace);
        ObjectNode spec = resource.putObject("spec");
        ObjectNode access = spec.putObject("database").put("host", host).put("port", database.port());
        access.put("name", database.name()).putObject("secretRef").put("name", "db");
        spec.putObject("retry").put("limit", 3).put("initialBackoff", "1s").put("maxBackoff", "4s");
        spec.putObject("pod").put("terminationGracePeriodSeconds", 10);
        if (work.isSql()) {
            spec.putObject("sql").putArray("sources").addObject().set("configMap", named(name));
        } else {
            container(spec.putObject("container"));
        }
        if (work == Work.VERIFIED) {
            ObjectNode check = spec.putObject("verify").putArray("checks").addObject();
            check.put("name", "applied once").set("query", onlyOnce());
        }
        return Serialization.unmarshal(resource.toString(), DatabaseMigration.class);
    }

    private void container(ObjectNode container) {
        container.put("image", image).put("restartable", work == Work.RESTARTABLE);
        ArrayNode command = container.putArray("entrypoint");
        work.command(name, seconds).forEach(command::add);
    }

    private ObjectNode onlyOnce() {
        String sql = "select max(n) from (select count(*) n from effects where migration = '%s' group by file) f";
        return JSON.createObjectNode().put("sql", sql.formatted(name)).put("equals", "1");
    }

    private static ObjectNode named(String name) {
        return JSON.createObjectNode().put("name", name);
    }
}
