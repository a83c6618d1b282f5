package org.brazeroutes.cli;

import java.time.Duration;
import java.util.Locale;

/** Numbers and times as people write them. */
final class Words {

    private Words() {
    }

    /** 1 stream, 2 streams. */
    static String count(long number, String one) {
        return number + " " + one + (number == 1 ? "" : "s");
    }

    /** 0.4 s, 12 s, 3:05 min, 1:02 h. */
    static String time(Duration time) {
        if (time.toMillis() < 10_000) {
            return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
        }
        if (time.toSeconds() < 60) {
            return time.toSeconds() + " s";
        }
        return time.toMinutes() < 60 ? String.format(Locale.ROOT, "%d:%02d min", time.toMinutes(), time.toSecondsPart())
                : String.format(Locale.ROOT, "%d:%02d h", time.toHours(), time.toMinutesPart());
    }
}
