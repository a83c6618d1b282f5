package org.brazeroutes.demo;

/**
 * How much happened on each day, as a pure function of the day.
 *
 * @param firstDay epoch day before which all is zero
 * @param lastDay  epoch day after which all is zero
 * @param scale    highest volume of a day
 * @param idle     of 16 days, how many are without any activity
 * @param level    a size that drifts and is known at once, in place of activity that adds up during the day
 */
record Activity(long seed, long firstDay, long lastDay, int scale, int idle, boolean level) {

    static final Activity NONE = new Activity(0, 0, -1, 1, 0, false);

    static Activity of(long seed, long firstDay, long lastDay, int scale, int idle) {
        return new Activity(seed, firstDay, lastDay, scale, idle, false);
    }

    static Activity level(long seed, long firstDay, int scale) {
        return new Activity(seed, firstDay, Long.MAX_VALUE, scale, 0, true);
    }

    /** The day's volume as far as it is known now; today is partial, later days are empty. */
    long volume(long day, Now now) {
        if (day > now.today()) {
            return 0;
        }
        long full = full(day);
        return day < now.today() || level ? full : full * (now.hour() + 1) / now.hoursInADay();
    }

    private long full(long day) {
        if (day < firstDay || day > lastDay) {
            return 0;
        }
        long mix = Mix.of(seed, day);
        if (level) {
            return scale + (day - firstDay) * scale / 2000 + (mix >>> 40) % (scale / 50 + 1);
        }
        return (mix & 15) < idle ? 0 : 1 + (mix >>> 33) % scale;
    }
}
