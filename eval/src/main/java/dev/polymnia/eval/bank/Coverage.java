package dev.polymnia.eval.bank;

import dev.polymnia.agents.Chain;
import dev.polymnia.eval.stats.PassAtK;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/// What choosing one chain among k would reach, perfectly or by confidence: how likely it is that
/// at least one of k is right (pass@k), and that the one of k whose tokens are the most probable is
/// (best of n; Kang et al. 2025, "Scalable Best-of-N Selection for Large Language Models via
/// Self-Certainty", with the mean log-probability for the certainty). Chains that did not come to
/// an end of their own count as wrong, and are chosen last.
///
/// @param chains which chains are chosen among, for a person
/// @param k how many of them
/// @param of how many there are in the bank
/// @param value the mean over the questions, 0 to 1; for k = `of` it is the share of the questions
///   that any chain answers right
/// @param surest the mean over the questions of how likely the most confident of k is right, 0 to
///   1; words and programs are compared as they are
public record Coverage(String chains, int k, int of, double value, double surest) {
    private static final Comparator<Chain> SUREST_FIRST =
            Comparator.comparing(Chain::whole)
                    .thenComparingDouble(
                            chain -> Double.isNaN(chain.confidence()) ? 0 : chain.confidence())
                    .reversed();

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
            all.add(of("words and programs", n, n, bank, Coverage::both));
        }
        return all;
    }

    private static List<Held> both(Bank.Question question) {
        return Stream.concat(question.words().stream(), question.programs().stream()).toList();
    }

    private static void add(
            List<Coverage> all,
            String name,
            int n,
            Bank bank,
            Function<Bank.Question, List<Held>> chains) {
        for (int k = 1; k <= n; k = k < n ? Math.min(2 * k, n) : n + 1) {
            all.add(of(name, k, n, bank, chains));
        }
    }

    private static Coverage of(
            String name, int k, int n, Bank bank, Function<Bank.Question, List<Held>> chains) {
        return new Coverage(
                name,
                k,
                n,
                mean(bank, question -> PassAtK.estimate(n, rights(chains.apply(question)), k)),
                mean(bank, question -> surest(chains.apply(question), k)));
    }

    private static double mean(Bank bank, ToDoubleFunction<Bank.Question> value) {
        return bank.questions().stream().mapToDouble(value).average().orElse(0);
    }

    private static int rights(List<Held> chains) {
        return Math.toIntExact(chains.stream().filter(Coverage::isRight).count());
    }

    private static boolean isRight(Held held) {
        return held.chain().whole() && held.value() == 1;
    }

    /// Of n chains, the surest first, number i is the surest of k that are drawn if it is drawn,
    /// and the other k - 1 come after it: (n - i - 1 choose k - 1) / (n choose k).
    private static double surest(List<Held> chains, int k) {
        List<Held> ordered =
                chains.stream().sorted(Comparator.comparing(Held::chain, SUREST_FIRST)).toList();
        int n = ordered.size();
        double first = (double) k / n;
        double right = 0;
        for (int i = 0; i <= n - k; i++) {
            right += isRight(ordered.get(i)) ? first : 0;
            int after = n - i - 1;
            first *= after == 0 ? 0 : (double) (after - k + 1) / after;
        }
        return right;
    }
}
