package org.brazeroutes.settings;

import java.time.Duration;

/** A bucket of Braze: how many requests it allows in one clock window. Written {@code 250000/1h}. */
public record RateLimit(long requests, Duration window) {

    static RateLimit parse(String text) {
        String[] parts = text.split("/", -1);
        try {
            if (parts.length == 2) {
                long requests = Long.parseLong(parts[0].strip());
                Duration window = Parsers.duration(parts[1].strip());
                if (requests > 0) {
                    return new RateLimit(requests, window);
                }
            }
        } catch (NumberFormatException | BadValue wrong) {
            // told below: the advice is the same for each part
        }
        throw new BadValue("use requests per window, such as 250000/1h, 600/1m or 10/1s");
    }
}
