package dev.polymnia.eval.bank;

import dev.polymnia.core.Fault;
import dev.polymnia.core.model.Approach;
import java.util.List;
import java.util.Locale;

/// What the votes of chains weigh: `most · confidence^beta`, as an [Approach] has it.
///
/// @param beta how much confidence counts, 0 to 1000; with 0 all votes weigh 1
/// @param words what a vote in words weighs at the most, above 0 to 1,000,000
/// @param programs the same of a program
public record Weights(double beta, double words, double programs) {
    /// All votes weigh 1.
    public static final Weights PLAIN = new Weights(0, 1, 1);

    private static final double SHARPEST = 1000;
    private static final double LARGEST = 1_000_000;

    /// Checks the numbers.
    ///
    /// @throws Fault `INVALID` for numbers that are not possible
    public Weights {
        if (!(beta >= 0 && beta <= SHARPEST)) {
            throw new Fault(
                    Fault.Code.INVALID, "Votes with beta = " + beta + "; choose 0 to 1000.");
        }
        check(words);
        check(programs);
    }

    private static void check(double most) {
        if (!(most > 0 && most <= LARGEST)) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "A vote that weighs at most " + most + "; choose above 0 to 1,000,000.");
        }
    }

    /// Returns weights whose mean over the voting chains of each kind in a bank is 1, as words and
    /// programs are not equally predictable.
    public static Weights normalised(double beta, Bank bank) {
        return new Weights(
                beta,
                most(beta, bank.questions().stream().map(Bank.Question::words).toList()),
                most(beta, bank.questions().stream().map(Bank.Question::programs).toList()));
    }

    private static double most(double beta, List<List<Held>> chains) {
        double mean =
                chains.stream()
                        .flatMap(List::stream)
                        .filter(held -> held.chain().votes())
                        .mapToDouble(held -> held.chain().confidence())
                        .filter(confidence -> !Double.isNaN(confidence))
                        .map(confidence -> Math.pow(confidence, beta))
                        .average()
                        .orElse(1);
        return Math.min(LARGEST, 1 / mean);
    }

    /// Returns an approach with these weights.
    Approach of(Approach approach) {
        double most =
                switch (approach.kind()) {
                    case WORDS, CODE -> words;
                    case PROGRAM -> programs;
                };
        return approach.withWeight(most, beta);
    }

    /// Returns the weights in words.
    String inWords() {
        return beta == 0 ? "plain" : String.format(Locale.ROOT, "exp(%s · log p)", number(beta));
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
