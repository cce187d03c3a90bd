package dev.polymnia.llama;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Decides which rows go into the next step. Knows no runs, only wishes; keeps counters by which
/// branches take turns, and what it [learned][#learn]. Confined to the engine thread.
///
/// Interactive branches that speak come first, one row each; they take turns only if they are more
/// than a step with branches may have rows. All else has what is left of the time of the step,
/// which is a stated factor of what these rows alone would take, those counted in that are read and
/// will speak next: background branches that speak, in turns, and prompts that are read. With
/// nobody speaking a step reads as much as fits into the time after which a cancellation should be
/// seen.
///
/// What can be read is shared evenly between groups, so that a short question need not wait for a
/// long document, and within a group in order of arrival. Interactive groups get eight times as
/// much as background ones. While nobody speaks, the prompts of a group that will be read in a few
/// steps wait before their last token for each other: the agents of a question begin together then,
/// instead of one speaking in steps of few rows while the others are read slowly. The total is cut
/// to a multiple of the row quantum; what is missing to a full block is filled with guesses, and
/// only where it was measured to be cheaper with rows without use.
final class Scheduler {
    private static final int INTERACTIVE_WEIGHT = 8;

    /// A part of the allowed time is kept for what cannot be foreseen.
    private static final double MARGIN = 0.8;

    /// How much the latest step counts in what was learned of branches alone.
    private static final double LATEST = 0.25;

    /// The same with reading beside them, where a gap that is too long is worse than one that is
    /// too short: a slow step counts much, a fast one little.
    private static final double LATEST_SLOW = 0.5;

    private static final double LATEST_FAST = 0.1;

    /// After so many steps with reading beside branches all of the allowed time is used.
    private static final int SURE = 3;

    /// Guesses beyond a full block have to be worth clearly more than they cost.
    private static final double WORTH = 1.1;

    /// Prompts of a group that can be read in so many steps wait for each other.
    private static final int STEPS_TOGETHER = 8;

    private final StepCosts costs;
    private final int quantum;
    private final Limits limits;
    private int interactiveTurn;
    private int backgroundTurn;
    private double pure = 1;
    private double mixed = 1;
    private int mixedSteps;

    /// What bounds a step.
    ///
    /// @param rows the most rows
    /// @param speakingRows the most rows while branches speak
    /// @param readRows the most prompt rows while no branch speaks
    /// @param mixedRows the most prompt rows while branches speak; 0 for what the factor allows
    /// @param factor how much longer than its rows alone a step with branches that speak may take,
    ///   more than 1
    /// @param drafts the most guesses
    record Limits(
            int rows, int speakingRows, int readRows, int mixedRows, double factor, int drafts) {
        /// Returns the most rows of a step in which so many branches speak.
        int most(int speaking) {
            return speaking > 0 ? Math.min(rows, speakingRows) : rows;
        }
    }

    Scheduler(StepCosts costs, Limits limits) {
        this.costs = costs;
        this.quantum = costs.quantum();
        this.limits = limits;
    }

    /// Somebody who wants rows.
    ///
    /// @param group who belongs together
    /// @param interactive whether somebody waits
    /// @param rows how many rows at the most; 0 for a prompt that waits for what another one reads
    /// @param left how many rows it needs in all until it speaks
    record Wish(Object group, boolean interactive, int rows, int left) {
        Wish butLast() {
            return new Wish(group, interactive, rows - 1, left);
        }
    }

    /// What goes into a step.
    ///
    /// @param speaking for each branch that speaks whether it does so in this step
    /// @param chunks rows of each prompt that waits, in order; 0 for those that wait on
    /// @param guesses how many guesses may be added
    /// @param padding rows without a use, if no guesses are added
    record Plan(List<Boolean> speaking, List<Integer> chunks, int guesses, int padding) {}

    /// Plans a step.
    ///
    /// @param speaking the branches that speak, in order of arrival
    /// @param prompts those that are not read to their ends, in order of arrival
    /// @param acceptance how probable it is that a guess is right, of the best guesser; 0 for none
    Plan plan(List<Wish> speaking, List<Wish> prompts, double acceptance) {
        List<Wish> reading = speaking.isEmpty() ? together(prompts) : prompts;
        boolean[] speaks = new boolean[speaking.size()];
        int interactive = (int) speaking.stream().filter(Wish::interactive).count();
        int background = speaks.length - interactive;
        // A prompt always gets on, if slowly, so there is always room for a few of its rows.
        int room = limits.most(speaks.length) - (reading.isEmpty() ? 0 : quantum);
        int rows;
        int soon;
        if (interactive == 0) {
            soon = reading.size(); // nobody waits, so nobody is held up
            rows = takeTurns(speaking, speaks, false, room);
        } else {
            soon = (int) reading.stream().filter(Wish::interactive).count();
            rows = takeTurns(speaking, speaks, true, room - Math.min(1, background));
            double time = limits.factor() * MARGIN * costs.nanos(rows);
            int most = Math.clamp(room, rows, rows + background);
            int more = costs.rowsWithin(time, Math.min(rows + 1, most), most) - rows;
            rows += takeTurns(speaking, speaks, false, more);
        }
        int[] chunks = share(reading, readable(reading, rows, budget(rows, soon)));
        int total = rows + Arrays.stream(chunks).sum();
        int left = limits.most(rows) - total;
        int free = Math.min(left, costs.freeRows(total));
        int guesses = chunks.length > 0 ? free : Math.max(free, worthGuessing(rows, acceptance));
        int padding = Math.clamp(costs.padding(total), 0, left);
        return new Plan(
                IntStream.range(0, speaks.length).mapToObj(i -> speaks[i]).toList(),
                Arrays.stream(chunks).boxed().toList(),
                Math.min(guesses, limits.drafts()),
                padding);
    }

    /// Takes the last row from prompts whose groups are not read in this step but in a few. As long
    /// as there is another row to read, this holds up nobody for ever.
    private List<Wish> together(List<Wish> prompts) {
        Map<Object, Long> left = new HashMap<>();
        prompts.forEach(wish -> left.merge(wish.group(), (long) wish.left(), Long::sum));
        List<Wish> cut =
                prompts.stream()
                        .map(wish -> {
                            long all = left.getOrDefault(wish.group(), 0L);
                            return wish.rows() == wish.left()
                                            && wish.left() < all
                                            && all > limits.readRows()
                                            && all <= (long) STEPS_TOGETHER * limits.readRows()
                                    ? wish.butLast()
                                    : wish;
                        })
                        .toList();
        return cut.stream().anyMatch(wish -> wish.rows() > 0) ? cut : prompts;
    }

    /// Returns the nanoseconds, by the measured costs, that a step may take in which prompts are
    /// read beside branches that speak: the factor of what a step takes once those that are being
    /// read speak, too. So one that happens to speak first does not hold up many that came with it.
    ///
    /// @param soon how many of those that read count as if they spoke
    private double budget(int speaking, int soon) {
        double alone = costs.nanos(speaking);
        double together = costs.nanos(speaking + soon);
        double allowed = limits.factor() * MARGIN * together * pure / Math.max(mixed, pure);
        double sure = Math.min(1, (mixedSteps + 1.0) / SURE);
        return alone + sure * Math.max(0, allowed - alone);
    }

    /// Learns what a step has cost. What was measured at the start had nothing in memory; attention
    /// over long texts costs more, and more for what is read than for the branches. So what steps
    /// take compared to what was measured is followed for steps of branches alone and for those
    /// with reading beside them.
    ///
    /// @param speaking rows of branches that spoke
    /// @param reading rows that were read
    /// @param rows all rows
    /// @param nanos what it took
    void learn(int speaking, int reading, int rows, long nanos) {
        if (speaking == 0) {
            mixedSteps = 0;
            return;
        }
        double ratio = nanos / costs.nanos(rows);
        if (reading == 0) {
            pure += LATEST * (ratio - pure);
            mixedSteps = 0;
        } else {
            mixed += (ratio > mixed ? LATEST_SLOW : LATEST_FAST) * (ratio - mixed);
            mixedSteps++;
        }
    }

    /// Lets so many branches of a kind speak; if they are more, the others in the next steps.
    ///
    /// @return how many it let
    private int takeTurns(List<Wish> speaking, boolean[] speaks, boolean interactive, int allowed) {
        int count = speaks.length;
        int turn = interactive ? interactiveTurn : backgroundTurn;
        int first = turn % Math.max(1, count);
        int[] places =
                IntStream.range(first, first + count)
                        .map(place -> place % count)
                        .filter(place -> speaking.get(place).interactive() == interactive)
                        .toArray();
        int given = Math.clamp(allowed, 0, places.length);
        for (int i = 0; i < given; i++) {
            speaks[places[i]] = true;
        }
        if (given > 0 && given < places.length) {
            if (interactive) {
                interactiveTurn = places[given];
            } else {
                backgroundTurn = places[given];
            }
        }
        return given;
    }

    /// Returns how many rows of prompts fit beside those that speak.
    private int readable(List<Wish> reading, int rows, double budget) {
        int wanted = 0;
        for (Wish wish : reading) {
            wanted = (int) Math.min(limits.rows(), (long) wanted + wish.rows());
        }
        int most = Math.min(wanted, limits.most(rows) - rows);
        if (rows == 0) {
            return aligned(rows, Math.min(most, limits.readRows()), wanted);
        }
        int fits =
                limits.mixedRows() > 0
                        ? limits.mixedRows()
                        : costs.rowsWithin(budget, rows, rows + most) - rows;
        return aligned(rows, Math.min(most, Math.max(fits, quantum)), wanted);
    }

    private int aligned(int speaking, int reading, int wanted) {
        if (reading == wanted) {
            return reading; // all there is: cutting it would only add a step
        }
        int extra = (speaking + reading) % quantum;
        return extra < reading ? reading - extra : reading;
    }

    /// Splits rows between groups by their weights, and within a group in order of arrival.
    private static int[] share(List<Wish> reading, int rows) {
        Map<Object, List<Integer>> groups = new LinkedHashMap<>();
        for (int i = 0; i < reading.size(); i++) {
            groups.computeIfAbsent(reading.get(i).group(), _ -> new ArrayList<>()).add(i);
        }
        int[] chunks = new int[reading.size()];
        int left = rows;
        List<List<Integer>> open = new ArrayList<>(groups.values());
        while (left > 0 && !open.isEmpty()) {
            int weights = open.stream().mapToInt(group -> weight(reading, group)).sum();
            int round = left;
            for (List<Integer> group : open) {
                int part = Math.max(1, round * weight(reading, group) / weights);
                left -= give(reading, group, Math.min(part, left), chunks);
            }
            open.removeIf(
                    group -> group.stream().allMatch(i -> chunks[i] == reading.get(i).rows()));
        }
        return chunks;
    }

    private static int weight(List<Wish> reading, List<Integer> group) {
        return group.stream().anyMatch(i -> reading.get(i).interactive()) ? INTERACTIVE_WEIGHT : 1;
    }

    private static int give(List<Wish> reading, List<Integer> group, int rows, int[] chunks) {
        int left = rows;
        for (int i : group) {
            int more = Math.min(left, reading.get(i).rows() - chunks[i]);
            chunks[i] += more;
            left -= more;
        }
        return rows - left;
    }

    /// Returns how many guesses of one branch bring more tokens than they cost time.
    private int worthGuessing(int rows, double acceptance) {
        if (rows == 0 || acceptance <= 0) {
            return 0;
        }
        int best = 0;
        double most = WORTH * rows / costs.nanos(rows);
        double expected = rows;
        double right = 1;
        for (int guesses = 1; guesses <= Drafts.MOST; guesses++) {
            right *= acceptance;
            expected += right;
            double rate = expected / costs.nanos(rows + guesses);
            if (rate > most) {
                best = guesses;
                most = rate;
            }
        }
        return Math.min(best, limits.most(rows) - rows);
    }
}
