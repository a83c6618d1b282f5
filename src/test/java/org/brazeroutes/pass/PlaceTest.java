package org.brazeroutes.pass;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

class PlaceTest {

    private final Semaphore places = new Semaphore(1);
    private final Place place = new Place(places);

    @Test
    void isHeldWhileAThreadWorks() {
        place.enter();
        place.enter();
        place.leave();
        assertThat(places.availablePermits()).isZero();
        place.leave();
        assertThat(places.availablePermits()).isEqualTo(1);
    }

    @Test
    void isGivenBackOnceWhenThePassEndsWhateverItsThreadsLeftBehind() {
        place.enter();
        place.enter();
        place.leaveForGood();
        assertThat(places.availablePermits()).isEqualTo(1);
        place.leave();
        place.leaveForGood();
        assertThat(places.availablePermits()).isEqualTo(1);
    }
}
