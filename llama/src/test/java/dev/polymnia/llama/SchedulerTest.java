package dev.polymnia.llama;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.llama.Scheduler.Limits;
import dev.polymnia.llama.Scheduler.Plan;
import dev.polymnia.llama.Scheduler.Wish;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SchedulerTest {
    private static final StepCosts FOURS = FakeModel.COSTS;
    private static final StepCosts EVEN =
            new StepCosts(
                    new long[] {10, 20, 30, 40, 50, 60, 70, 80, 120, 160, 240, 320, 640, 1280});

    private static Scheduler scheduler(StepCosts costs, int rows, int read, int mixed) {
        return new Scheduler(costs, new Limits(rows, rows, read, mixed, 2, 0));
    }

    private static Wish prompt(Object group, boolean interactive, int tokens) {
        return new Wish(group, interactive, tokens, tokens);
    }

    /// Prompts of groups of their own.
    private static List<Wish> prompts(int... tokens) {
        List<Wish> wishes = new ArrayList<>();
        for (int each : tokens) {
            wishes.add(prompt(new Object(), true, each));
        }
        return wishes;
    }

    private static List<Wish> branches(int interactive, int background) {
        List<Wish> wishes = new ArrayList<>();
        for (int i = 0; i < interactive + background; i++) {
            wishes.add(prompt("all", i < interactive, 1));
        }
        return wishes;
    }

    private static Plan plan(Scheduler scheduler, int speaking, int... prompts) {
        return scheduler.plan(branches(speaking, 0), prompts(prompts), 0);
    }

    @Test
    void blocks_of_four_are_found_by_their_cost() {
        assertThat(FOURS.quantum()).isEqualTo(4);
        assertThat(EVEN.quantum()).isEqualTo(1);
    }

    @Test
    void costs_between_and_beyond_measurements_grow_evenly() {
        assertThat(FOURS.nanos(0)).isZero();
        assertThat(FOURS.nanos(3)).isEqualTo(20);
        assertThat(FOURS.nanos(20)).isEqualTo(52);
        assertThat(FOURS.nanos(192)).isEqualTo(396);
        assertThat(FOURS.rowsWithin(52, 1, 100)).isEqualTo(20);
        assertThat(FOURS.rowsWithin(5, 2, 100)).isEqualTo(2);
    }

    @Test
    void groups_share_what_can_be_read() {
        Scheduler scheduler = scheduler(FOURS, 64, 32, 10);

        assertThat(plan(scheduler, 0, 20, 20, 20).chunks()).isEqualTo(List.of(11, 11, 10));
        assertThat(plan(scheduler, 0, 1000, 6).chunks()).isEqualTo(List.of(26, 6));
        assertThat(plan(scheduler, 0, 1000, 900).chunks()).isEqualTo(List.of(16, 16));
    }

    @Test
    void within_a_group_prompts_are_read_in_order_of_arrival() {
        Object group = new Object();
        List<Wish> wishes =
                List.of(
                        prompt(group, true, 20),
                        prompt(new Object(), true, 100),
                        prompt(group, true, 20));

        assertThat(scheduler(FOURS, 64, 32, 10).plan(List.of(), wishes, 0).chunks())
                .isEqualTo(List.of(16, 16, 0));
    }

    @Test
    void prompts_of_a_group_that_are_nearly_read_wait_before_their_last_token() {
        Scheduler scheduler = scheduler(FOURS, 64, 32, 10);
        Wish waits = new Wish("group", true, 0, 20);

        assertThat(chunks(scheduler, prompt("group", true, 20), waits)).containsExactly(19, 0);
        assertThat(chunks(scheduler, prompt("group", true, 20), prompt("other", true, 20)))
                .as("of groups of their own")
                .containsExactly(16, 16);
        assertThat(chunks(scheduler, prompt("group", true, 1), prompt("group", true, 20)))
                .as("all that is left fits")
                .containsExactly(1, 20);
        assertThat(chunks(scheduler, prompt("group", true, 20), new Wish("group", true, 0, 400)))
                .as("more than a few steps")
                .containsExactly(20, 0);
        assertThat(chunks(scheduler, prompt("group", true, 1), new Wish("group", true, 0, 40)))
                .as("nothing else to read")
                .containsExactly(1, 0);
        assertThat(
                        scheduler
                                .plan(branches(1, 0), List.of(prompt("group", true, 5), waits), 0)
                                .chunks())
                .as("beside one that speaks")
                .containsExactly(5, 0);
    }

    private static List<Integer> chunks(Scheduler scheduler, Wish... prompts) {
        return scheduler.plan(List.of(), List.of(prompts), 0).chunks();
    }

    @Test
    void prompts_somebody_waits_for_get_eight_times_as_much() {
        List<Wish> wishes =
                List.of(prompt(new Object(), false, 1000), prompt(new Object(), true, 1000));

        assertThat(scheduler(FOURS, 64, 36, 10).plan(List.of(), wishes, 0).chunks())
                .isEqualTo(List.of(4, 32));
    }

    @Test
    void while_branches_speak_reading_fills_up_whole_blocks() {
        Scheduler scheduler = scheduler(FOURS, 64, 32, 10);

        assertThat(plan(scheduler, 3, 100).chunks()).isEqualTo(List.of(9));
        assertThat(plan(scheduler, 4, 100).chunks()).isEqualTo(List.of(8));
        assertThat(plan(scheduler, 5, 1, 100).chunks()).isEqualTo(List.of(1, 6));
    }

    @Test
    void a_step_with_branches_takes_no_longer_than_the_factor_allows() {
        Scheduler scheduler = scheduler(EVEN, 512, 400, 0);
        for (int speaking = 2; speaking < 64; speaking++) {
            Plan plan = plan(scheduler, speaking, 5000);

            double nanos = EVEN.nanos(speaking + plan.chunks().getFirst());
            assertThat(nanos).isLessThanOrEqualTo(2 * EVEN.nanos(speaking));
            assertThat(plan.chunks().getFirst()).isPositive();
        }
    }

    @Test
    void a_step_that_reads_begins_carefully_and_learns_what_reading_costs() {
        Scheduler scheduler = scheduler(EVEN, 512, 400, 0);
        List<Integer> chunks = new ArrayList<>();
        for (int step = 0; step < 40; step++) {
            int chunk = plan(scheduler, 16, 5000).chunks().getFirst();
            chunks.add(chunk);
            // What is read costs four times as much as was measured, the branches do not.
            scheduler.learn(16, chunk, 16 + chunk, dear(chunk));
        }
        assertThat(dear(chunks.get(0))).isLessThan(2 * dear(0));
        assertThat(dear(chunks.getLast())).isBetween(dear(0) * 6 / 5, 2 * dear(0));
    }

    @Test
    void a_step_that_reads_grows_as_long_as_reading_costs_what_was_measured() {
        Scheduler scheduler = scheduler(EVEN, 512, 400, 0);
        List<Integer> chunks = new ArrayList<>();
        for (int step = 0; step < 4; step++) {
            int chunk = plan(scheduler, 16, 5000).chunks().getFirst();
            chunks.add(chunk);
            scheduler.learn(16, chunk, 16 + chunk, (long) EVEN.nanos(16 + chunk));
        }
        assertThat(chunks).isSorted();
        assertThat(chunks.getLast()).isGreaterThan(2 * chunks.getFirst());
    }

    private static long dear(int chunk) {
        return (long) (EVEN.nanos(16) + 4 * (EVEN.nanos(16 + chunk) - EVEN.nanos(16)));
    }

    @Test
    void what_is_left_to_read_is_not_cut() {
        assertThat(plan(scheduler(FOURS, 64, 32, 10), 4, 2, 1).chunks()).isEqualTo(List.of(2, 1));
    }

    @Test
    void rows_without_a_use_fill_a_block_only_where_that_is_cheaper() {
        Scheduler scheduler = scheduler(FOURS, 64, 32, 10);

        assertThat(plan(scheduler, 1).padding()).isZero();
        assertThat(plan(scheduler, 2).padding()).isZero();
        assertThat(plan(scheduler, 3).padding()).isEqualTo(1);
        assertThat(plan(scheduler, 4).padding()).isZero();
        assertThat(plan(scheduler, 7).padding()).isEqualTo(1);
        assertThat(plan(scheduler, 11).padding()).isEqualTo(1);
        assertThat(plan(scheduler(EVEN, 64, 32, 8), 3).padding()).isZero();
    }

    @Test
    void guesses_fill_a_block_and_go_beyond_where_they_are_worth_it() {
        Scheduler fours = new Scheduler(FOURS, new Limits(64, 64, 32, 10, 2, 8));

        assertThat(fours.plan(branches(3, 0), List.of(), 0.1).guesses()).isEqualTo(1);
        assertThat(fours.plan(branches(4, 0), List.of(), 0.1).guesses()).isZero();
        assertThat(fours.plan(branches(1, 0), List.of(), 0.9).guesses()).isPositive();
        Scheduler even = new Scheduler(EVEN, new Limits(64, 64, 32, 10, 2, 8));
        assertThat(even.plan(branches(1, 0), List.of(), 0.9).guesses()).isZero();
    }

    @Test
    void background_branches_speak_when_nobody_waits() {
        assertThat(scheduler(FOURS, 64, 32, 0).plan(branches(0, 9), List.of(), 0).speaking())
                .containsOnly(true);
    }

    @Test
    void background_branches_take_turns_beside_interactive_ones() {
        Scheduler scheduler = scheduler(EVEN, 64, 32, 0);
        int[] turns = new int[12];
        for (int step = 0; step < 40; step++) {
            List<Boolean> speaking = scheduler.plan(branches(4, 8), List.of(), 0).speaking();
            assertThat(speaking.subList(0, 4)).containsOnly(true);
            assertThat(speaking.stream().filter(each -> each).count()).isBetween(5L, 8L);
            for (int i = 0; i < 12; i++) {
                turns[i] += speaking.get(i) ? 1 : 0;
            }
        }
        for (int i = 4; i < 12; i++) {
            assertThat(turns[i]).isBetween(8, 20);
        }
    }

    @Test
    void all_branches_take_turns_if_they_are_more_than_a_step_may_have() {
        Scheduler scheduler = new Scheduler(EVEN, new Limits(64, 10, 32, 0, 2, 0));
        int[] turns = new int[15];
        for (int step = 0; step < 60; step++) {
            int[] prompts = step < 30 ? new int[] {5} : new int[0];
            Plan plan = scheduler.plan(branches(12, 3), prompts(prompts), 0);
            assertThat(plan.chunks()).isEqualTo(step < 30 ? List.of(1) : List.of());
            for (int i = 0; i < 15; i++) {
                turns[i] += plan.speaking().get(i) ? 1 : 0;
            }
        }
        assertThat(Arrays.stream(turns).sum()).isEqualTo(30 * 9 + 30 * 10);
        assertThat(Arrays.copyOf(turns, 12)).containsOnly(42, 43); // interactive
        assertThat(Arrays.copyOfRange(turns, 12, 15)).containsOnly(20); // background
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void a_step_never_has_more_rows_than_it_may_and_always_gets_on(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 2000; i++) {
            int most = random.nextInt(16, 80);
            StepCosts costs = random.nextBoolean() ? FOURS : EVEN;
            int mixed = random.nextInt(3) * 7;
            Scheduler scheduler =
                    new Scheduler(
                            costs,
                            new Limits(
                                    most,
                                    random.nextInt(8, most + 1),
                                    1 + random.nextInt(40),
                                    mixed,
                                    2,
                                    random.nextInt(9)));
            List<Wish> speaking = branches(random.nextInt(8), random.nextInt(8));
            List<Wish> reading = randomPrompts(random);

            Plan plan = scheduler.plan(speaking, reading, random.nextDouble());

            int spoken = (int) plan.speaking().stream().filter(each -> each).count();
            int read = plan.chunks().stream().mapToInt(Integer::intValue).sum();
            assertThat(spoken + read + Math.max(plan.guesses(), plan.padding()))
                    .isLessThanOrEqualTo(most);
            assertThat(read > 0).isEqualTo(!reading.isEmpty() && spoken < most);
            for (int j = 0; j < reading.size(); j++) {
                assertThat(plan.chunks().get(j)).isBetween(0, reading.get(j).rows());
            }
        }
    }

    private static List<Wish> randomPrompts(Random random) {
        List<Wish> wishes = new ArrayList<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            int left = 1 + random.nextInt(90);
            int rows = wishes.isEmpty() ? left : random.nextInt(left + 1);
            wishes.add(new Wish(random.nextInt(3), random.nextBoolean(), rows, left));
        }
        return wishes;
    }
}
