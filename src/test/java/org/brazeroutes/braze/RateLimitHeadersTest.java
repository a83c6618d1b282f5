package org.brazeroutes.braze;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimitHeadersTest {

    private static final Instant RECEIVED = Instant.parse("2026-06-15T12:00:00Z");

    @Test
    void allOfThemAreRead() {
        RateLimitHeaders headers = RateLimitHeaders.read(Map.of("date", "Mon, 15 Jun 2026 12:00:30 GMT", "x-ratelimit-limit", "250000",
                "x-ratelimit-remaining", " 17 ", "x-ratelimit-reset", "1781528400", "retry-after", "3")::get, RECEIVED);
        assertThat(headers.date()).contains(Instant.parse("2026-06-15T12:00:30Z"));
        assertThat(headers.limit()).contains(250_000L);
        assertThat(headers.remaining()).contains(17L);
        assertThat(headers.untilReset()).as("from the answer's Date, not from this machine's time").contains(Duration.ofSeconds(3570));
        assertThat(headers.retryAfter()).contains(Duration.ofSeconds(3));
    }

    @Test
    void withoutADateTheResetIsMeasuredFromTheReceipt() {
        assertThat(RateLimitHeaders.read(Map.of("x-ratelimit-reset", "1781528400")::get, RECEIVED).untilReset())
                .contains(Duration.ofHours(1));
    }

    @Test
    void aResetInThePastIsNegative() {
        assertThat(RateLimitHeaders.read(Map.of("x-ratelimit-reset", "1600000000")::get, RECEIVED).untilReset().orElseThrow())
                .isNegative();
    }

    @Test
    void aDateIsNoNumber() {
        String text = "Mon, 15 Jun 2026 12:00:00 GMT";
        RateLimitHeaders headers = RateLimitHeaders.read(name -> name.equals("date") ? "yesterday" : name.equals("retry-after") ? null : text, RECEIVED);
        assertThat(headers).isEqualTo(RateLimitHeaders.read(name -> null, RECEIVED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-1", "1.5", "99999999999999999999", "9223372036854775807", "0x10"})
    void nonsenseIsAsIfItWereNotThere(String text) {
        RateLimitHeaders headers = RateLimitHeaders.read(name -> name.equals("date") ? "yesterday" : text, RECEIVED);
        assertThat(headers).isEqualTo(RateLimitHeaders.read(name -> null, RECEIVED));
    }
}
