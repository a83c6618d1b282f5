package org.brazeroutes.braze;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.function.Function;

/**
 * What an answer's headers say about the limit; each may be missing or nonsense, and is empty then.
 *
 * @param date       when the answer was sent, by the server's clock
 * @param limit      requests a window
 * @param remaining  left in this window
 * @param reset      the window's end by the server's clock, if it has not passed
 * @param untilReset from the answer's Date to the window's end; zero or negative if the reset lies in the past
 * @param retryAfter not documented by Braze for these endpoints, but trusted first if it is there
 */
public record RateLimitHeaders(Optional<Instant> date, Optional<Long> limit, Optional<Long> remaining,
        Optional<Instant> reset, Optional<Duration> untilReset, Optional<Duration> retryAfter) {

    /** Reads the headers; the function gives one by its name, whatever its case, or null. */
    public static RateLimitHeaders read(Function<String, String> header, Instant received) {
        Optional<Instant> date = Optional.ofNullable(header.apply("date")).flatMap(RateLimitHeaders::date);
        Instant sent = date.orElse(received);
        Optional<Instant> reset = number(header.apply("x-ratelimit-reset")).map(Instant::ofEpochSecond);
        return new RateLimitHeaders(date, number(header.apply("x-ratelimit-limit")), number(header.apply("x-ratelimit-remaining")),
                reset.filter(sent::isBefore), reset.map(end -> Duration.between(sent, end)),
                Optional.ofNullable(header.apply("retry-after")).flatMap(text -> wait(text, sent)));
    }

    /** HTTP allows seconds and a date. */
    private static Optional<Duration> wait(String text, Instant sent) {
        return number(text).map(Duration::ofSeconds).or(() -> date(text).map(end -> Duration.between(sent, end)));
    }

    private record Dated(String text, Instant date) {
    }

    /** All answers of one second have the same text. */
    private static volatile Dated latest = new Dated("", Instant.EPOCH);

    private static Optional<Instant> date(String text) {
        Dated known = latest;
        if (text.equals(known.text)) {
            return Optional.of(known.date);
        }
        try {
            Instant date = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text));
            latest = new Dated(text, date);
            return Optional.of(date);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static Optional<Long> number(String text) {
        try {
            return Optional.ofNullable(text).map(String::trim).map(Long::valueOf)
                    .filter(value -> value >= 0 && value < Instant.MAX.getEpochSecond());
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
