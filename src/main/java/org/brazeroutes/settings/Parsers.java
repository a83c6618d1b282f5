package org.brazeroutes.settings;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** From a setting's text to its type; a wrong text ends in a {@link BadValue} that says what to write. */
final class Parsers {

    private static final Pattern DURATION = Pattern.compile("(\\d{1,15})\\s*(ms|s|m|h|d)");
    private static final Map<String, Long> MILLIS =
            Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);
    /** Longer than any wait that makes sense, and small enough for every timer. */
    private static final Duration LONGEST = Duration.ofDays(3650);

    private static final Pattern SIZE = Pattern.compile("(\\d{1,12})\\s*(B|KB|MB|GB)", Pattern.CASE_INSENSITIVE);
    private static final Map<String, Long> BYTES = Map.of("B", 1L, "KB", 1L << 10, "MB", 1L << 20, "GB", 1L << 30);

    private static final LocalDate EARLIEST = LocalDate.of(2000, 1, 1);
    private static final Pattern APP_ID = Pattern.compile("[^{}\\p{Cntrl}]+");
    private static final Pattern IDENTIFIER = Pattern.compile("[a-z_][a-z0-9_]*");
    private static final int LONGEST_PREFIX = 24;

    private Parsers() {
    }

    static Function<String, Integer> integer(int from, int to) {
        return text -> {
            try {
                int number = Integer.parseInt(text);
                if (number >= from && number <= to) {
                    return number;
                }
            } catch (NumberFormatException wrong) {
                // told below, as for a number out of range
            }
            throw new BadValue("use a whole number from " + from + " to " + to);
        };
    }

    static Double share(String text) {
        try {
            double share = Double.parseDouble(text);
            if (share > 0 && share <= 1) {
                return share;
            }
        } catch (NumberFormatException wrong) {
            // told below, as for a number out of range
        }
        throw new BadValue("use a number above 0 and up to 1, such as 0.8");
    }

    static Boolean bool(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new BadValue("use true or false");
        };
    }

    static Duration duration(String text) {
        Matcher matcher = DURATION.matcher(text.toLowerCase(Locale.ROOT));
        if (matcher.matches()) {
            long count = Long.parseLong(matcher.group(1));
            long unit = MILLIS.get(matcher.group(2));
            if (count > 0 && count <= LONGEST.toMillis() / unit) {
                return Duration.ofMillis(count * unit);
            }
        }
        throw new BadValue("use a whole number above 0 with its unit ms, s, m, h or d, such as 15m, and at most 3650d");
    }

    static Long size(String text) {
        Matcher matcher = SIZE.matcher(text);
        if (matcher.matches()) {
            long count = Long.parseLong(matcher.group(1));
            long unit = BYTES.get(matcher.group(2).toUpperCase(Locale.ROOT));
            if (count > 0 && count <= Long.MAX_VALUE / unit) {
                return count * unit;
            }
        }
        throw new BadValue("use a whole number above 0 with its unit KB, MB or GB, such as 128MB");
    }

    static LocalDate date(String text) {
        try {
            LocalDate date = LocalDate.parse(text);
            if (!date.isBefore(EARLIEST) && date.getYear() <= 9999) {
                return date;
            }
        } catch (DateTimeException wrong) {
            // told below, as for a date out of range
        }
        throw new BadValue("use a day as YYYY-MM-DD, from " + EARLIEST + " on");
    }

    static ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException wrong) {
            Set<String> zones = ZoneId.getAvailableZoneIds();
            String city = "/" + text.replace(' ', '_').toLowerCase(Locale.ROOT);
            String nearest = zones.stream().filter(zone -> zone.toLowerCase(Locale.ROOT).endsWith(city)).sorted().findFirst()
                    .or(() -> Nearest.to(text, zones)).orElse("UTC");
            throw new BadValue("use a time zone such as UTC or America/New_York; the nearest name is " + nearest);
        }
    }

    static List<String> list(String text) {
        List<String> items = Arrays.stream(text.split(",", -1)).map(String::strip).toList();
        if (items.contains("")) {
            throw new BadValue("use names separated by single commas");
        }
        return items.stream().distinct().toList();
    }

    /** They become part of URIs, in which braces are placeholders. */
    static List<String> appIds(String text) {
        List<String> ids = list(text);
        if (!ids.stream().allMatch(id -> APP_ID.matcher(id).matches())) {
            throw new BadValue("use the API identifiers of apps, which have no braces and no control characters");
        }
        return ids;
    }

    static String identifier(String text) {
        if (!IDENTIFIER.matcher(text).matches()) {
            throw new BadValue("use lower-case letters, digits and _, not starting with a digit");
        }
        return text;
    }

    static String tablePrefix(String text) {
        if (text.length() > LONGEST_PREFIX) {
            throw new BadValue("use at most " + LONGEST_PREFIX + " characters");
        }
        return identifier(text);
    }

    static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException wrong) {
            throw new BadValue(wrong.getReason().contains("unmappable") ? "this process's locale cannot name it; set LC_ALL=C.UTF-8"
                    : "use the path of a folder");
        }
    }

    static String host(String text) {
        if (!text.matches("[\\w.:\\[\\]-]+")) {
            throw new BadValue("use an address to listen on, such as 0.0.0.0 or 127.0.0.1");
        }
        return text;
    }

    static String text(String text) {
        return text;
    }

    /** One of an enum's constants, written in lower case. */
    static <E extends Enum<E>> Function<String, E> oneOf(Class<E> type) {
        Map<String, E> constants = Arrays.stream(type.getEnumConstants())
                .collect(Collectors.toMap(constant -> constant.name().toLowerCase(Locale.ROOT), Function.identity()));
        return text -> {
            E constant = constants.get(text.toLowerCase(Locale.ROOT));
            if (constant == null) {
                String names = Arrays.stream(type.getEnumConstants())
                        .map(each -> each.name().toLowerCase(Locale.ROOT)).collect(Collectors.joining(", "));
                throw new BadValue("use one of " + names);
            }
            return constant;
        };
    }

    /** The API key as Braze shows it; what copying adds to it would be answered with 401. */
    static Secret apiKey(String text) {
        if (text.matches("(?s)\\s*([\"'`]).*|.*([\"'`])\\s*")) {
            throw BadValue.hidden("is in quotes; give the key without them");
        }
        if (text.chars().anyMatch(c -> c <= ' ' || c >= 0x7f)) {
            throw BadValue.hidden("has white space, control or non-ASCII characters in it; copy the key again, and only the key");
        }
        return new Secret(text);
    }
}
