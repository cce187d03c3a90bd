package dev.polymnia.llama;

import java.util.ArrayList;
import java.util.List;

/// Decides which rows go into the next step. Pure; a scheduler is immutable.
///
/// Branches that speak come first, one row each, and are never left out: with them every step, no
/// branch starves. Prompts that wait to be read fill the rest up to a limit, which is low while
/// branches speak: the shortest gets up to a quarter, so that a short question need not wait for a
/// long document; the others go in the order in which they came, so that the long one gets on too.
/// Then the total is cut back to a multiple of the row quantum, unless that would leave nothing to
/// read; only if all there is to read is in, and only where it was measured to be cheaper, rows
/// without a use are added.
final class Scheduler {
    /// The part of the rows that the shortest prompt gets out of turn.
    private static final int SHORT_SHARE = 4;

    private final StepCosts costs;
    private final int quantum;
    private final int most;
    private final int readRows;
    private final int mixedRows;

    /// @param most the most rows of a step
    /// @param readRows the most prompt rows while no branch speaks
    /// @param mixedRows the most prompt rows while branches speak
    Scheduler(StepCosts costs, int most, int readRows, int mixedRows) {
        this.costs = costs;
        this.quantum = costs.quantum();
        this.most = most;
        this.readRows = readRows;
        this.mixedRows = mixedRows;
    }

    /// What goes into a step beside one row of each branch that speaks.
    ///
    /// @param chunks rows of each prompt that waits, in order; 0 for those that wait on
    /// @param padding rows without a use
    record Plan(List<Integer> chunks, int padding) {}

    /// Plans a step.
    ///
    /// @param speaking how many branches speak
    /// @param remaining tokens that each waiting prompt still has to read, in order of arrival
    Plan plan(int speaking, int[] remaining) {
        int wanted = 0;
        for (int tokens : remaining) {
            wanted = Math.min(most, wanted + tokens);
        }
        int room = speaking == 0 ? readRows : mixedRows;
        int reading = aligned(speaking, Math.min(wanted, Math.min(room, most - speaking)), wanted);
        int padding = reading < wanted ? 0 : costs.padding(speaking + reading);
        return new Plan(share(remaining, reading), Math.min(padding, most - speaking - reading));
    }

    /// Splits rows among the prompts that wait.
    private static List<Integer> share(int[] remaining, int rows) {
        int shortest = 0;
        for (int i = 1; i < remaining.length; i++) {
            shortest = remaining[i] < remaining[shortest] ? i : shortest;
        }
        int kept = remaining.length == 0 ? 0 : Math.min(remaining[shortest], rows / SHORT_SHARE);
        int left = rows - kept;
        List<Integer> chunks = new ArrayList<>(remaining.length);
        for (int i = 0; i < remaining.length; i++) {
            int own = i == shortest ? kept : 0;
            int chunk = Math.min(remaining[i] - own, left);
            chunks.add(own + chunk);
            left -= chunk;
        }
        return chunks;
    }

    private int aligned(int speaking, int reading, int wanted) {
        if (reading == wanted) {
            return reading; // all there is: cutting it would only add a step
        }
        int extra = (speaking + reading) % quantum;
        return extra < reading ? reading - extra : reading;
    }
}
