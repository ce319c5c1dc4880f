package consumer;

import com.fasterxml.jackson.databind.JsonNode;
import com.standardwebhooks.Webhook;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Signs and verifies with the Standard Webhooks library. */
final class Message {
    static boolean isGenuine(JsonNode message) {
        byte[] body = Base64.getDecoder().decode(message.get("body").asText());
        Map<String, List<String>> headers = new HashMap<>();
        message.get("headers").properties().forEach(one -> headers.put(one.getKey(), List.of(one.getValue().asText())));
        for (JsonNode secret : message.get("secrets")) {
            try {
                new Webhook(secret.asText()).verify(new String(body, StandardCharsets.UTF_8), headers);
                return true;
            } catch (Exception refused) {
                // The library throws its own exceptions and does not catch those of the JDK.
            }
        }
        return false;
    }

    static Map<String, Object> sign(String secret, String name, String body) throws Exception {
        String id = "msg_" + name.replace('.', '_');
        long now = Instant.now().getEpochSecond();
        Map<String, String> headers = Map.of(
                "webhook-id", id,
                "webhook-timestamp", Long.toString(now),
                "webhook-signature", new Webhook(secret).sign(id, now, body));
        return Map.of("name", name, "headers", headers, "body", body);
    }
}
