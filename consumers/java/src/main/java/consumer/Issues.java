package consumer;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.NodePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Finds the issues of a payload and returns their paths, such as data.companies[0].name. */
final class Issues {
    private final Schema schema;

    Issues(Path file) throws IOException {
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
        schema = registry.getSchema(Files.readString(file));
    }

    Set<String> in(String text) {
        Set<String> paths = new TreeSet<>();
        List<Error> errors = schema.validate(text, InputFormat.JSON);
        for (Error error : errors) {
            // For a nullable reference, only the errors of the referenced schema are relevant.
            if (error.getKeyword().equals("type") && error.getSchemaNode().asText().equals("null")) continue;
            String here = dotted(error.getInstanceLocation());
            String missing = error.getKeyword().equals("required") ? error.getProperty() : null;
            if (missing == null) paths.add(here);
            else paths.add(here.isEmpty() ? missing : here + "." + missing);
        }
        return paths;
    }

    private static String dotted(NodePath location) {
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < location.getNameCount(); at++) {
            Object part = location.getElement(at);
            if (part instanceof Integer) text.append('[').append(part).append(']');
            else text.append(text.isEmpty() ? "" : ".").append(part);
        }
        return text.toString();
    }
}
