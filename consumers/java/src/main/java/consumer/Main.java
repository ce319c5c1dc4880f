package consumer;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;

/** Reads every payload and message like a Java receiver, and writes the results. */
final class Main {
    private static final ObjectMapper json =
            JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    private static final Map<String, Class<?>> types = Map.of(
            "identity.session.finalized", events.IdentitySessionFinalizedEvent.class,
            "identity.resolved", events.IdentityResolvedEvent.class,
            "identity.qualified", events.IdentityQualifiedEvent.class,
            "identity.enriched", events.IdentityEnrichedEvent.class,
            "identity.validated", events.IdentityValidatedEvent.class);

    public static void main(String[] files) throws Exception {
        JsonNode inputs = json.readTree(new File(files[0]));
        Map<String, Issues> finders = new HashMap<>();
        Map<String, ObjectMapper> mappers = new HashMap<>();
        for (JsonNode event : inputs.get("events")) {
            Path schema = Path.of(event.get("schema").asText());
            finders.put(event.get("type").asText(), new Issues(schema));
            mappers.put(event.get("type").asText(), OptionalFields.leaveOutNulls(json, json.readTree(schema.toFile())));
        }

        ObjectNode seen = json.createObjectNode();
        ObjectNode issues = seen.putObject("issues");
        ObjectNode roundTrips = seen.putObject("roundTrips");
        var signed = seen.putArray("signed");
        for (JsonNode payload : inputs.get("payloads")) {
            String name = payload.get("name").asText();
            String type = payload.get("type").asText();
            String text = Files.readString(Path.of(payload.get("file").asText()));
            issues.set(name, json.valueToTree(finders.get(type).in(text)));
            if (!payload.get("paths").isEmpty()) continue;
            Object event = mappers.get(type).readValue(text, types.get(type));
            String written = mappers.get(type).writeValueAsString(event);
            if (name.equals("identity.session.finalized.other-numbers")) {
                BigDecimal time = ((events.IdentitySessionFinalizedEvent) event).getData().getSession().getCreatedAt();
                Instant created = Instant.ofEpochSecond(0, time.movePointRight(6).longValue());
                seen.put("time", ChronoUnit.MICROS.between(Instant.EPOCH, created));
            }
            roundTrips.set(name, json.readTree(written));
            signed.add(json.valueToTree(Message.sign(inputs.get("secret").asText(), name, written)));
        }
        ObjectNode verified = seen.putObject("verified");
        for (JsonNode message : inputs.get("messages"))
            verified.put(message.get("name").asText(), Message.isGenuine(message));
        json.writeValue(new File(files[1]), seen);
    }
}
