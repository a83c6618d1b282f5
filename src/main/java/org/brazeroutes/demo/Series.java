package org.brazeroutes.demo;

import java.time.LocalDate;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/** The daily rows of one object; from some day on the rows may have further fields. */
final class Series {
    private final Activity activity;
    private final NavigableMap<Long, Shape> shapes = new TreeMap<>();

    Series(Activity activity, Map<String, Object> shape) {
        this.activity = activity;
        shapes.put(Long.MIN_VALUE, new Shape(shape));
    }

    Series(Activity activity, Map<String, Object> shape, long changeDay, Map<String, Object> laterShape) {
        this(activity, shape);
        shapes.put(changeDay, new Shape(laterShape));
    }

    private Series(Activity activity, NavigableMap<Long, Shape> shapes) {
        this.activity = activity;
        this.shapes.putAll(shapes);
    }

    Series with(Activity other) {
        return new Series(other, shapes);
    }

    Activity activity() {
        return activity;
    }

    void writeDay(JsonBytes out, long day, Now now, Set<String> hidden, int order) {
        shapes.floorEntry(day).getValue().template(hidden, order)
                .write(out, LocalDate.ofEpochDay(day).toString(), activity.volume(day, now), now.today() - day);
    }
}
