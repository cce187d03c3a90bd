package dev.polymnia.eval.bank;

import dev.polymnia.agents.Chain;
import dev.polymnia.core.model.Approach;
import dev.polymnia.core.model.Usage;
import java.util.List;
import java.util.Optional;

/// Stored chains for tests. The answer `4` is right.
final class Chains {
    private Chains() {}

    static Held words(String answer, long length) {
        return words(answer, length, 0.5);
    }

    static Held words(String answer, long length, double confidence) {
        return held(Approach.Kind.WORDS, answer, length, confidence);
    }

    static Held program(String answer, long length, double confidence) {
        return held(Approach.Kind.PROGRAM, answer, length, confidence);
    }

    private static Held held(Approach.Kind kind, String answer, long length, double confidence) {
        Optional<String> known = Optional.of(answer).filter(it -> !it.isEmpty());
        Chain chain =
                new Chain(99, kind, answer, known, known.isPresent(), confidence, length, 1, "");
        return new Held(chain, answer.equals("4") ? 1 : 0, new Usage(50, 3, length));
    }

    static Bank.Question question(List<Held> words, List<Held> programs) {
        return new Bank.Question("q", 1, words, programs, Optional.empty(), new Usage(10, 40, 0));
    }
}
