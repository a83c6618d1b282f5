package org.brazeroutes.pass;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.brazeroutes.braze.Answer;
import org.brazeroutes.braze.Request;
import org.brazeroutes.json.JsonPart;
import org.brazeroutes.json.JsonRecord;
import org.brazeroutes.stream.Checkpoint;

/** The slices of a daily series, with an eye on whether the last days are all zero. */
final class QuietDays implements Requests {

    private final Requests days;
    private final String day;
    private final LocalDate oldest;
    private final Consumer<Boolean> onEnd;
    private boolean zero = true;

    /**
     * @param day    the field that holds the day
     * @param oldest the first of the days that matter
     * @param onEnd  hears, once all is stored, whether those days were all zero
     */
    QuietDays(Requests days, String day, LocalDate oldest, Consumer<Boolean> onEnd) {
        this.days = days;
        this.day = day;
        this.oldest = oldest;
        this.onEnd = onEnd;
    }

    @Override
    public boolean hasNext() {
        return days.hasNext();
    }

    @Override
    public Request next() {
        return days.next();
    }

    @Override
    public void answered(Answer answer) {
        days.answered(answer);
    }

    @Override
    public List<Map<String, Object>> toStore(List<Map<String, Object>> records) {
        for (Map<String, Object> record : records) {
            zero = zero && (JsonRecord.day(record, day).isBefore(oldest) || zeroRecord(record));
        }
        return days.toStore(records);
    }

    @Override
    public void done() {
        days.done();
        onEnd.accept(zero);
    }

    @Override
    public Checkpoint checkpoint() {
        return days.checkpoint();
    }

    /** Field by field, for reading all values of a record at once discards its text as it came. */
    private static boolean zeroRecord(Map<String, Object> record) {
        boolean[] zero = {true};
        JsonRecord.forEachField(record, (name, value) -> zero[0] = zero[0] && zero(value instanceof JsonPart part ? part.value() : value));
        return zero[0];
    }

    /** True if no number in the value, however deep, is other than zero. */
    private static boolean zero(Object value) {
        if (value instanceof Map<?, ?> object) {
            return object.values().stream().allMatch(QuietDays::zero);
        }
        if (value instanceof Collection<?> list) {
            return list.stream().allMatch(QuietDays::zero);
        }
        // anything else may hide a number
        return value == null || value instanceof String || value instanceof Boolean
                || value instanceof Number number && number.doubleValue() == 0;
    }
}
