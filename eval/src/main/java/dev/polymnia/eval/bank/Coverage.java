package dev.polymnia.eval.bank;

import dev.polymnia.eval.stats.PassAtK;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// What a perfect choice among chains would reach: how likely it is that at least one of k is right
/// (pass@k). Chains that did not come to an end of their own count as wrong.
///
/// @param chains which chains are chosen among, for a person
/// @param k how many of them
/// @param of how many there are in the bank
/// @param value the mean over the questions, 0 to 1; for k = `of` it is the share of the questions
///   that any chain answers right
public record Coverage(String chains, int k, int of, double value) {
    /// Returns the coverage of words and of programs for k = 1, 2, 4, … and all, and that of all
    /// chains together; empty if no question is finished.
    public static List<Coverage> of(Bank bank) {
        List<Coverage> all = new ArrayList<>();
        if (bank.questions().isEmpty()) {
            return all;
        }
        add(all, "words", bank.words(), bank, Bank.Question::words);
        add(all, "programs", bank.programs(), bank, Bank.Question::programs);
        if (bank.words() > 0 && bank.programs() > 0) {
            int n = bank.words() + bank.programs();
            double any =
                    bank.questions().stream()
                            .mapToInt(question ->
                                    rights(question.words()) + rights(question.programs()) > 0
                                            ? 1
                                            : 0)
                            .average()
                            .orElse(0);
            all.add(new Coverage("words and programs", n, n, any));
        }
        return all;
    }

    private static void add(
            List<Coverage> all,
            String name,
            int n,
            Bank bank,
            Function<Bank.Question, List<Held>> chains) {
        for (int k = 1; k <= n; k = k < n ? Math.min(2 * k, n) : n + 1) {
            int tried = k;
            double mean =
                    bank.questions().stream()
                            .mapToDouble(question ->
                                    PassAtK.estimate(n, rights(chains.apply(question)), tried))
                            .average()
                            .orElse(0);
            all.add(new Coverage(name, k, n, mean));
        }
    }

    private static int rights(List<Held> chains) {
        return Math.toIntExact(
                chains.stream().filter(held -> held.chain().whole() && held.value() == 1).count());
    }
}
