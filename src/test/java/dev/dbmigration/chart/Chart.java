package dev.dbmigration.chart;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The chart, rendered by Helm's own library. */
public final class Chart {

    public static final Path DIRECTORY = Path.of("charts/dbmigration-operator");

    /** Name and namespace of the release where nothing else is said. */
    public static final String RELEASE = "dbmigration-operator";

    private static final KubernetesSerialization KINDS = new KubernetesSerialization();
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final ObjectMapper STRICT = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .setAnnotationIntrospector(new NothingElse());

    private Chart() {}

    /** The manifests for these values, in one text. */
    public static String render(String kubeVersion, Map<String, ?> values) {
        return render(RELEASE, kubeVersion, values);
    }

    private static String render(String release, String kubeVersion, Map<String, ?> values) {
        TemplateCommand template = new Helm(DIRECTORY)
                .template()
                .withName(release)
                .withNamespace(release)
                .withKubeVersion(kubeVersion);
        values.forEach(template::set);
        return template.call();
    }

    /** The same as objects of Kubernetes' types, of which an unknown field is refused. */
    public static List<HasMetadata> objects(String kubeVersion, Map<String, ?> values) {
        return objects(RELEASE, kubeVersion, values);
    }

    static List<HasMetadata> objects(String release, String kubeVersion, Map<String, ?> values) {
        List<HasMetadata> objects = new ArrayList<>();
        for (JsonNode document : documents(render(release, kubeVersion, values))) {
            objects.add(typed(document));
        }
        return objects;
    }

    /** The objects of a kind. */
    public static <T extends HasMetadata> List<T> of(List<HasMetadata> objects, Class<T> kind) {
        return objects.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    static List<JsonNode> documents(String text) {
        try (var nodes = YAML.readerFor(JsonNode.class).<JsonNode>readValues(text)) {
            return nodes.readAll().stream().filter(JsonNode::isObject).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(text, e);
        }
    }

    private static HasMetadata typed(JsonNode document) {
        HasMetadata object = KINDS.unmarshal(document.toString(), HasMetadata.class);
        if (object instanceof GenericKubernetesResource || object instanceof CustomResourceDefinition) {
            return object;
        }
        try {
            return (HasMetadata) STRICT.treeToValue(document, object.getClass());
        } catch (IOException e) {
            throw new UncheckedIOException(document.toString(), e);
        }
    }

    /** Fabric8's types keep unknown fields; without that, Jackson refuses them. */
    private static final class NothingElse extends JacksonAnnotationIntrospector {

        private static final long serialVersionUID = 1;

        @Override
        public Boolean hasAnySetter(Annotated annotated) {
            return false;
        }
    }
}
