package dev.polymnia.llama;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SchedulerTest {
    private static final StepCosts FOURS = FakeModel.COSTS;
    private static final StepCosts EVEN =
            new StepCosts(new long[] {10, 20, 30, 40, 50, 60, 70, 80}, 10);

    private final Scheduler scheduler = new Scheduler(FOURS, 64, 32, 10);

    @Test
    void blocks_of_four_are_found_by_their_cost() {
        assertThat(FOURS.quantum()).isEqualTo(4);
        assertThat(EVEN.quantum()).isEqualTo(1);
    }

    @Test
    void prompts_are_read_in_the_order_in_which_they_came() {
        assertThat(scheduler.plan(0, new int[] {20, 20, 20}).chunks())
                .isEqualTo(List.of(20, 12, 0));
    }

    @Test
    void a_short_prompt_need_not_wait_for_a_long_one() {
        assertThat(scheduler.plan(0, new int[] {1000, 6}).chunks()).isEqualTo(List.of(26, 6));
        assertThat(scheduler.plan(0, new int[] {1000, 900}).chunks()).isEqualTo(List.of(24, 8));
    }

    @Test
    void while_branches_speak_reading_fills_up_whole_blocks() {
        assertThat(scheduler.plan(3, new int[] {100}).chunks()).isEqualTo(List.of(9));
        assertThat(scheduler.plan(4, new int[] {100}).chunks()).isEqualTo(List.of(8));
        assertThat(scheduler.plan(5, new int[] {1, 100}).chunks()).isEqualTo(List.of(1, 6));
    }

    @Test
    void what_is_left_to_read_is_not_cut() {
        assertThat(scheduler.plan(4, new int[] {2, 1}).chunks()).isEqualTo(List.of(2, 1));
    }

    @Test
    void rows_without_a_use_fill_a_block_only_where_that_is_cheaper() {
        assertThat(scheduler.plan(1, new int[] {}).padding()).isZero();
        assertThat(scheduler.plan(2, new int[] {}).padding()).isZero();
        assertThat(scheduler.plan(3, new int[] {}).padding()).isEqualTo(1);
        assertThat(scheduler.plan(4, new int[] {}).padding()).isZero();
        assertThat(scheduler.plan(7, new int[] {}).padding()).isEqualTo(1);
        assertThat(scheduler.plan(11, new int[] {}).padding()).isEqualTo(1);
        assertThat(new Scheduler(EVEN, 64, 32, 8).plan(3, new int[] {}).padding()).isZero();
    }

    @Test
    void a_step_never_has_more_rows_than_it_may() {
        Scheduler small = new Scheduler(FOURS, 16, 100, 100);
        for (int speaking = 0; speaking <= 16; speaking++) {
            for (int waiting = 0; waiting < 40; waiting++) {
                Scheduler.Plan plan = small.plan(speaking, new int[] {waiting, 3});
                int rows = plan.chunks().stream().mapToInt(Integer::intValue).sum();
                assertThat(speaking + rows + plan.padding()).isLessThanOrEqualTo(16);
                if (speaking < 16) {
                    assertThat(rows).isPositive();
                }
            }
        }
    }
}
