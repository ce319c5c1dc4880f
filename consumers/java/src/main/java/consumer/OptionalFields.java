package consumer;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Writes a required field even when it is null, and omits an optional one. The generated classes do not know which fields
 * are required and would write every null or none, so this class reads that from the schema.
 */
final class OptionalFields extends JacksonAnnotationIntrospector {
    private final Map<String, Set<String>> required = new HashMap<>();

    static ObjectMapper leaveOutNulls(ObjectMapper json, JsonNode schema) {
        return json.copy().setAnnotationIntrospector(new OptionalFields(schema));
    }

    private OptionalFields(JsonNode schema) {
        read(schema);
        schema.get("$defs").forEach(this::read);
    }

    private void read(JsonNode definition) {
        Set<String> names = new HashSet<>();
        definition.path("required").forEach(name -> names.add(name.asText()));
        required.put(definition.get("title").asText(), names);
    }

    @Override
    public JsonInclude.Value findPropertyInclusion(Annotated annotated) {
        JsonProperty property = annotated.getAnnotation(JsonProperty.class);
        if (property == null || !(annotated instanceof AnnotatedMember member)) return super.findPropertyInclusion(annotated);
        Set<String> names = required.get(member.getDeclaringClass().getSimpleName());
        boolean always = names == null || names.contains(property.value());
        return JsonInclude.Value.construct(always ? JsonInclude.Include.ALWAYS : JsonInclude.Include.NON_NULL, null);
    }
}
