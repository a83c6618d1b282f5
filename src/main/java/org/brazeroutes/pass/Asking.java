package org.brazeroutes.pass;

import org.brazeroutes.braze.Answer;
import org.brazeroutes.braze.Call;

/** Something that needs answers from Braze, one after the other; the body that {@code direct:braze} takes. */
public interface Asking {

    /** True while an answer is needed. */
    boolean hasNext();

    /** Asks for the next one. */
    Call next();

    /** Takes it. */
    void answered(Answer answer);
}
