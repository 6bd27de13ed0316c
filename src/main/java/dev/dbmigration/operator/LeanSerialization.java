package dev.dbmigration.operator;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;

/**
 * How the operator reads what the API server sends, with an eye on what its caches hold: equal short strings are one,
 * and {@code metadata.managedFields}, which it never looks at and which were 4 of 10 bytes of a finished Pod, are left
 * out. An update that does not name them leaves them as they are, see
 * https://kubernetes.io/docs/reference/using-api/server-side-apply/#clearing-managedfields.
 */
final class LeanSerialization {

    private LeanSerialization() {}

    /** For one client. */
    static KubernetesSerialization create() {
        ObjectMapper mapper = new ObjectMapper();
        mapper.addMixIn(ObjectMeta.class, WithoutManagedFields.class);
        mapper.registerModule(new SimpleModule().addDeserializer(String.class, new Shared()));
        return new KubernetesSerialization(mapper, true);
    }

    @JsonIgnoreProperties("managedFields")
    private interface WithoutManagedFields {}

    /** Conditions, reasons, labels and names come again in each resource and at each change. */
    private static final class Shared extends StdScalarDeserializer<String> {

        private static final long serialVersionUID = 1;
        private static final int SHORT = 64;

        Shared() {
            super(String.class);
        }

        @Override
        public String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            String read = StringDeserializer.instance.deserialize(parser, context);
            return read != null && read.length() <= SHORT ? read.intern() : read;
        }
    }
}
