package org.brazeroutes.demo;

/**
 * A number of a daily row, in thousandths of the day's volume.
 *
 * @param growth how the number is written and whether it still grows after its day
 */
record Counter(Growth growth, int permille) {

    enum Growth {
        /** The row's own date or hour, no number. */
        TIME,
        COUNT,
        /** Credited to this day until 30 days after it. */
        LATE,
        /** A decimal number of USD; the thousandths count cents. */
        MONEY
    }

    static final Counter TIME = new Counter(Growth.TIME, 0);

    static Counter count(int permille) {
        return new Counter(Growth.COUNT, permille);
    }

    static Counter late(int permille) {
        return new Counter(Growth.LATE, permille);
    }

    static Counter money(int permille) {
        return new Counter(Growth.MONEY, permille);
    }
}
