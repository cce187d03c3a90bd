package dev.polymnia.remote;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PlacesTest {
    private final Places places = new Places(2);

    @Test
    void as_many_as_there_are_get_one_and_the_others_wait_in_their_order() throws Exception {
        Places.Place first = places.ask();
        Places.Place second = places.ask();
        Places.Place third = places.ask();
        Places.Place fourth = places.ask();
        assertThat(first.await(0)).isTrue();
        assertThat(second.await(0)).isTrue();
        assertThat(third.await(0)).isFalse();
        assertThat(places.waiting()).isEqualTo(2);

        second.close();

        assertThat(third.await(0)).isTrue();
        assertThat(fourth.await(0)).isFalse();
    }

    @Test
    void who_leaves_the_queue_lets_the_next_one_through() throws Exception {
        Places.Place first = places.ask();
        Places.Place second = places.ask();
        Places.Place third = places.ask();
        Places.Place fourth = places.ask();

        third.close();
        first.close();

        assertThat(third.await(0)).isFalse();
        assertThat(fourth.await(0)).isTrue();
        assertThat(second.await(0)).isTrue();
        assertThat(places.waiting()).isZero();
    }

    @Test
    void a_place_is_left_once() throws Exception {
        Places.Place first = places.ask();
        Places.Place second = places.ask();
        first.close();
        first.close();

        assertThat(places.ask().await(0)).isTrue();
        assertThat(places.ask().await(0)).isFalse();
        assertThat(second.await(0)).isTrue();
    }
}
