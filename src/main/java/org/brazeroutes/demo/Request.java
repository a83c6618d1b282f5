package org.brazeroutes.demo;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One HTTP request.
 *
 * @param query   decoded parameters, the last of a name
 * @param headers names in lower case
 */
record Request(String method, String path, Map<String, String> query, Map<String, String> headers) {
    private static final Pattern DATE_TIME = Pattern.compile(
            "(\\d{4}-\\d{2}-\\d{2})(?:T(\\d{2}:\\d{2})(:\\d{2}(?:\\.\\d{1,9})?)?(?:Z|([+-])(\\d{1,2}):?(\\d{2}))?)?");

    static Request of(String method, String target, Map<String, String> headers) {
        int mark = target.indexOf('?');
        String path = mark < 0 ? target : target.substring(0, mark);
        Map<String, String> query = new LinkedHashMap<>();
        if (mark >= 0 && mark + 1 < target.length()) {
            for (String pair : target.substring(mark + 1).split("&")) {
                int equals = pair.indexOf('=');
                query.put(decoded(equals < 0 ? pair : pair.substring(0, equals)),
                        equals < 0 ? "" : decoded(pair.substring(equals + 1)));
            }
        }
        return new Request(method, path, Collections.unmodifiableMap(query), headers);
    }

    Request with(String name, String value) {
        Map<String, String> other = new LinkedHashMap<>(query);
        other.put(name, value);
        return new Request(method, path, other, headers);
    }

    /** A parameter that is not there is the empty text. */
    String text(String name) {
        return query.getOrDefault(name, "");
    }

    boolean has(String name) {
        return !text(name).isEmpty();
    }

    String required(String name) {
        if (!has(name)) {
            throw new Refusal(400, "'" + name + "' is required");
        }
        return text(name);
    }

    int integer(String name, int min, int max) {
        try {
            int value = Integer.parseInt(required(name));
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            // refused below like a number out of range
        }
        throw new Refusal(400, "'" + name + "' must be between " + min + " and " + max);
    }

    boolean flag(String name) {
        return switch (text(name)) {
            case "", "false" -> false;
            case "true" -> true;
            default -> throw new Refusal(400, "'" + name + "' must be true or false");
        };
    }

    /** An ISO 8601 date or date-time; without an offset it is UTC, and the documented {@code -5:00} is accepted. */
    Instant instant(String name) {
        Instant instant = instantOf(text(name));
        if (instant == null) {
            throw new Refusal(400, "'" + name + "' must be an ISO 8601 datetime");
        }
        return instant;
    }

    /** Null if the text is no date or date-time. */
    static Instant instantOf(String text) {
        Matcher parts = DATE_TIME.matcher(text);
        if (!parts.matches()) {
            return null;
        }
        try {
            String time = parts.group(2) == null ? "00:00" : parts.group(2);
            String seconds = parts.group(3) == null ? "" : parts.group(3);
            LocalDateTime local = LocalDateTime.parse(parts.group(1) + "T" + time + seconds);
            if (parts.group(4) == null) {
                return local.toInstant(ZoneOffset.UTC);
            }
            int sign = parts.group(4).equals("-") ? -1 : 1;
            return local.toInstant(ZoneOffset.ofHoursMinutes(
                    sign * Integer.parseInt(parts.group(5)), sign * Integer.parseInt(parts.group(6))));
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** A text with a broken escape stays as it is, and then is no valid value of any parameter. */
    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
