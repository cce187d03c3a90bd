package dev.polymnia.agents;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MajorityTest {
    @ParameterizedTest
    @CsvSource({
        "1, 1, 0, 0, YES",
        "1, 0, 0, 0, OPEN",
        "4, 2, 0, 0, OPEN",
        "4, 3, 0, 0, YES",
        "4, 2, 2, 0, NO",
        "4, 2, 1, 0, OPEN",
        "4, 2, 0, 1, YES",
        "4, 2, 1, 1, YES",
        "4, 1, 1, 2, NO",
        "4, 1, 0, 3, YES",
        "8, 4, 0, 0, OPEN",
        "8, 5, 3, 0, YES",
        "8, 4, 4, 0, NO",
    })
    void more_than_half_of_those_that_have_a_say_decide(
            int planned, int asked, int ended, int dropped, Majority.Stand stand) {
        Majority majority = new Majority(planned);
        IntStream.range(asked, asked + ended).forEach(agent -> majority.finished(agent, false));
        IntStream.range(asked + ended, asked + ended + dropped)
                .forEach(agent -> majority.finished(agent, true));

        assertThat(majority.of(agents(asked))).isEqualTo(stand);
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void who_asked_and_is_done_stays_for_it(boolean dropped) {
        Majority majority = new Majority(4);
        majority.finished(0, dropped);

        assertThat(majority.of(agents(3))).isEqualTo(Majority.Stand.YES);
    }

    private static Set<Integer> agents(int count) {
        return IntStream.range(0, count).boxed().collect(Collectors.toSet());
    }
}
