package dev.polymnia.eval.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class PassAtKTest {
    @Test
    void it_is_the_share_of_all_choices_with_a_right_program() {
        for (int n = 1; n <= 9; n++) {
            for (int c = 0; c <= n; c++) {
                for (int k = 1; k <= n; k++) {
                    assertThat(PassAtK.estimate(n, c, k))
                            .as("n %d, c %d, k %d", n, c, k)
                            .isEqualTo(enumerated(n, c, k), within(1e-12));
                }
            }
        }
    }

    @Test
    void one_try_is_the_share_of_right_programs() {
        assertThat(PassAtK.estimate(200, 37, 1)).isEqualTo(0.185, within(1e-12));
    }

    @Test
    void large_numbers_stay_in_range() {
        // (9900 choose 100) / (10000 choose 100), of which each has hundreds of digits
        double none = 1;
        for (int i = 0; i < 100; i++) {
            none *= (9900.0 - i) / (10_000 - i);
        }
        assertThat(PassAtK.estimate(10_000, 100, 100)).isEqualTo(1 - none, within(1e-12));
    }

    @Test
    void what_cannot_be_is_refused() {
        assertThatThrownBy(() -> PassAtK.estimate(3, 1, 4))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PassAtK.estimate(3, 4, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PassAtK.estimate(3, 1, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /// Goes through all sets of k programs; those with a number below c are right.
    private static double enumerated(int n, int c, int k) {
        int sets = 0;
        int passed = 0;
        int right = (1 << c) - 1;
        int all = 1 << n;
        for (int set = 0; set < all; set++) {
            if (Integer.bitCount(set) == k) {
                sets++;
                passed += (set & right) != 0 ? 1 : 0;
            }
        }
        return (double) passed / sets;
    }
}
