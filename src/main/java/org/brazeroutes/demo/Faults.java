package org.brazeroutes.demo;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The faults in force, each with the number of requests it has met. */
final class Faults {

    private static final class Active {
        private final Fault fault;
        private int met;

        private Active(Fault fault) {
            this.fault = fault;
        }

        private synchronized boolean takes(Request request) {
            if (!fault.matches(request)) {
                return false;
            }
            int before = met++;
            return before >= fault.after() && before - fault.after() < fault.times();
        }
    }

    private final List<Active> faults = new CopyOnWriteArrayList<>();

    void add(Fault fault) {
        faults.add(new Active(fault));
    }

    void clear() {
        faults.clear();
    }

    /** The answer of the first fault that takes the request; null for a regular one. */
    Answer answer(Request request) {
        for (Active active : faults) {
            if (active.takes(request)) {
                return active.fault.answer();
            }
        }
        return null;
    }
}
