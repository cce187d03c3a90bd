package dev.polymnia.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class MedoidTest {
    @Test
    void the_text_that_is_closest_to_the_others_is_chosen() {
        assertThat(
                        Medoid.of(
                                List.of(
                                        "Bananas are yellow and sweet.",
                                        "The fox lives in a wood.",
                                        "The fox lives in a wood by the river.",
                                        "The fox lives in a wood by the river and sings.")))
                .isEqualTo(2);
    }

    @Test
    void it_agrees_with_sums_of_all_pairs() {
        Random random = new Random(5);
        String[] words = {"fox", "wood", "river", "hare", "owl", "night", "runs", "sings"};
        for (int round = 0; round < 200; round++) {
            List<String> texts = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                StringBuilder text = new StringBuilder();
                for (int j = 0; j < 6; j++) {
                    text.append(words[random.nextInt(words.length)]).append(' ');
                }
                texts.add(text.toString());
            }
            int chosen = Medoid.of(texts);

            for (int other = 0; other < texts.size(); other++) {
                assertThat(sum(texts, other)).isLessThanOrEqualTo(sum(texts, chosen) + 1e-9);
            }
        }
    }

    @Test
    void similarity_is_one_for_the_same_and_nothing_for_strangers() {
        assertThat(Medoid.similarity("The  fox runs", "the fox runs")).isEqualTo(1);
        assertThat(Medoid.similarity("abcdefgh", "stuvwxyz")).isZero();
        assertThat(Medoid.similarity("", "")).isEqualTo(1);
        assertThat(Medoid.similarity("no", "no")).isEqualTo(1);
        assertThat(Medoid.similarity("abcde", "abcdf")).isCloseTo(0.5, within(1e-9));
    }

    @Test
    void of_equals_the_first_is_chosen() {
        assertThat(Medoid.of(List.of("same words", "same words"))).isZero();
        assertThat(Medoid.of(List.of("alone"))).isZero();
    }

    private static double sum(List<String> texts, int of) {
        double sum = 0;
        for (int i = 0; i < texts.size(); i++) {
            sum += i == of ? 0 : Medoid.similarity(texts.get(of), texts.get(i));
        }
        return sum;
    }
}
