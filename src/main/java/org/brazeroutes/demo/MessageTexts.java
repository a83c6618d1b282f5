package org.brazeroutes.demo;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The messages of campaign and canvas details, with the fields each channel has. */
final class MessageTexts {
    private static final String GROUP = Mix.uuid(3);

    private MessageTexts() {
    }

    static Map<String, Object> control(String channel) {
        return record("channel", channel, "name", "Control Group", "type", "control");
    }

    static Map<String, Object> message(String channel, String name) {
        Map<String, Object> message = record("channel", channel, "name", name);
        message.putAll(switch (channel) {
            case "email" -> record("extras", Map.of(), "subject", "Grüße, {{${first_name}}} – 50 % off",
                    "body", "<html><body>Hello {{${first_name}}}, it's \"today\" & tomorrow</body></html>",
                    "from", "Shop <news@mail.example.com>", "reply_to", "NO_REPLY_TO", "title", null, "amp_body", "",
                    "preheader", "48 hours only", "custom_plain_text", null, "should_inline_css", true,
                    "should_whitespace_preheader", false, "headers", null);
            case "ios_push", "android_push", "web_push", "kindle_push" -> record("alert", "Your cart misses you 🛒",
                    "extras", Map.of("screen", "cart"), "title", "Still thinking?",
                    "action", "https://shop.example.com/cart", "image_url", null, "large_image_url", null);
            case "sms" -> record("body", "Sale ends tonight. Reply STOP to opt out", "from", "Sender pool A",
                    "subscription_group_id", GROUP);
            case "whats_app" -> record("subscription_group_id", GROUP, "from", List.of("+15551230000"),
                    "template_name", "order_update", "template_language_code", "en_US", "header_variables", List.of(),
                    "body_variables", List.of("{{${first_name}}}"), "button_variables", List.of());
            case "webhook" -> record("url", "https://hooks.example.com/braze", "body", "{\"id\":\"{{${user_id}}}\"}",
                    "type", "raw", "headers", Map.of("Content-Type", "application/json"), "method", "POST");
            case "content_cards" -> record("extras", Map.of("position", "top"));
            case "trigger_in_app_message", "in_app_message" -> record("type", "survey", "data", record("pages", List.of(
                    record("header", record("text", "How did you hear about us?"), "choices", List.of(
                            record("choice_id", Mix.uuid(5), "text", "A friend", "custom_attribute_key", "heard_from",
                                    "custom_attribute_value", "friend", "deleted", false))))));
            default -> record("some_new_field", List.of(1, 2.5, "three"));
        });
        return message;
    }

    /** A record with fields in the given order; values may be null. */
    static Map<String, Object> record(Object... namesAndValues) {
        Map<String, Object> record = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            record.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        if (record.size() * 2 != namesAndValues.length) {
            throw new IllegalArgumentException("a name twice in " + Arrays.toString(namesAndValues));
        }
        return record;
    }
}
