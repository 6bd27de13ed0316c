package dev.dbmigration.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import dev.dbmigration.api.v1alpha1.DatabaseMigration;
import dev.dbmigration.api.v1alpha1.MigrationVerification;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDGenerator.AbstractCRDOutput;
import io.fabric8.kubernetes.client.CustomResource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The CustomResourceDefinitions as the Java types have them, as texts by file name. */
public final class Crds {

    /** Where they are committed. */
    public static final Path DIRECTORY = Path.of("deploy/crds");

    static final String REPAIR = "mvn -q test -Dtest=CrdsInStepTest -Dcrds.write=true";
    static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR));

    private static final String HEADER = "# Made from the types in dev.dbmigration.api by: " + REPAIR + "\n";
    private static final List<Class<? extends CustomResource<?, ?>>> KINDS =
            List.of(DatabaseMigration.class, MigrationVerification.class);

    private Crds() {}

    static Map<String, String> generate() {
        Map<String, String> files = new TreeMap<>();
        definitions().forEach((name, definition) -> files.put(name + ".yaml", HEADER + text(definition)));
        return files;
    }

    /** The definitions by name, plural and group. */
    static Map<String, ObjectNode> definitions() {
        Map<String, ObjectNode> definitions = new TreeMap<>();
        Refinement refinement = new Refinement();
        for (Class<? extends CustomResource<?, ?>> kind : KINDS) {
            ObjectNode definition = raw(kind);
            refinement.apply(definition, kind);
            definitions.put(definition.at("/metadata/name").asText(), definition);
        }
        if (!refinement.unmet().isEmpty()) {
            throw new IllegalStateException("crds/overlay.yaml: no field ends with " + refinement.unmet());
        }
        return definitions;
    }

    private static ObjectNode raw(Class<? extends CustomResource<?, ?>> kind) {
        Memory memory = new Memory();
        new CRDGenerator()
                .customResourceClasses(List.of(kind))
                .forCRDVersions("v1")
                .withMinQuotes(true)
                .withOutput(memory)
                .generate();
        try {
            return (ObjectNode) YAML.readTree(memory.last.toString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(ObjectNode definition) {
        try {
            return YAML.writeValueAsString(definition);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Memory extends AbstractCRDOutput<ByteArrayOutputStream> {
        private ByteArrayOutputStream last;

        @Override
        protected ByteArrayOutputStream createStreamFor(String crdName) {
            last = new ByteArrayOutputStream();
            return last;
        }
    }
}
