package dev.polymnia.core.model;

import static java.util.Objects.requireNonNull;

import java.util.List;

/// How an agent of a team goes about a question. Agents of one team differ by their approach and
/// their seed, and by nothing else.
///
/// A vote weighs `mostWeight · confidence^beta`, where the confidence is the mean probability of
/// the agent's tokens (the exponential of the mean log-probability), so it lies from 0 to
/// `mostWeight`. Words and programs are not equally predictable, so each approach has numbers of
/// its own, chosen on training questions such that a usual vote weighs about 1.
///
/// @param name tells approaches apart, for people: `words`
/// @param kind what the agent writes
/// @param seats of as many agents as all approaches of the team have seats, so many go this way; at
///   least 1
/// @param hint what the agent is told behind the question; may be empty
/// @param sampling how its tokens are drawn
/// @param maxTokens the most tokens it may write
/// @param mostWeight what a vote without any doubt weighs, more than 0, at most 1,000,000
/// @param beta how much confidence counts, 0 for plain votes, at most 1000
/// @param exemplars questions with the answers that are wanted of an agent that goes this way,
///   which it reads before the conversation; may be empty
public record Approach(
        String name,
        Kind kind,
        int seats,
        String hint,
        Sampling sampling,
        int maxTokens,
        double mostWeight,
        double beta,
        List<Exemplar> exemplars) {
    /// A question with the answer that is wanted.
    ///
    /// @param question without the hint, which is put behind it
    /// @param answer all that the agent should have written
    public record Exemplar(String question, String answer) {
        /// Checks the parts.
        public Exemplar {
            if (question.isBlank() || answer.isBlank()) {
                throw new IllegalArgumentException(
                        "an exemplar has a question and an answer; one of them is empty");
            }
        }
    }

    /// What an agent writes.
    public enum Kind {
        /// Reasoning in words, then the answer.
        WORDS,
        /// A program; what it returns is the answer.
        PROGRAM,
        /// An answer that is code: agents whose code behaves alike agree, and those whose code
        /// fails a test that the question shows hardly count.
        CODE;

        /// Returns whether what the agent writes is run.
        public boolean isRun() {
            return this != WORDS;
        }
    }

    private static final double SHARPEST = 1000;
    private static final double LARGEST = 1_000_000;

    /// Checks the parts.
    public Approach {
        requireNonNull(name, "name is null");
        requireNonNull(kind, "kind is null");
        requireNonNull(hint, "hint is null");
        requireNonNull(sampling, "sampling is null");
        require(!name.isBlank(), "name", name, "a word");
        require(seats >= 1, "seats", seats, "1 or more");
        require(maxTokens >= 1, "maxTokens", maxTokens, "1 or more");
        require(
                mostWeight > 0 && mostWeight <= LARGEST,
                "mostWeight",
                mostWeight,
                "above 0 to 1000000");
        require(beta >= 0 && beta <= SHARPEST, "beta", beta, "0 to 1000");
        exemplars = List.copyOf(exemplars);
    }

    /// Returns an approach of plain votes in words, with one seat.
    public static Approach words(String hint, Sampling sampling, int maxTokens) {
        return new Approach("words", Kind.WORDS, 1, hint, sampling, maxTokens, 1, 0, List.of());
    }

    /// Returns an approach of plain votes by programs, with one seat.
    public static Approach programs(String hint, Sampling sampling, int maxTokens) {
        return new Approach("program", Kind.PROGRAM, 1, hint, sampling, maxTokens, 1, 0, List.of());
    }

    /// Returns what a vote weighs.
    ///
    /// @param confidence 0 to 1, or NaN if it is not known: such a vote weighs 1, or as much as it
    ///   may if that is less
    public double weight(double confidence) {
        if (Double.isNaN(confidence)) {
            return Math.min(1, mostWeight);
        }
        return mostWeight * Math.pow(Math.clamp(confidence, 0, 1), beta);
    }

    /// Returns this approach with another kind of writing.
    public Approach of(Kind value) {
        return new Approach(
                name, value, seats, hint, sampling, maxTokens, mostWeight, beta, exemplars);
    }

    /// Returns this approach under another name.
    public Approach named(String value) {
        return new Approach(
                value, kind, seats, hint, sampling, maxTokens, mostWeight, beta, exemplars);
    }

    /// Returns this approach with other weights.
    public Approach withWeight(double most, double exponent) {
        return new Approach(
                name, kind, seats, hint, sampling, maxTokens, most, exponent, exemplars);
    }

    /// Returns this approach with another number of seats.
    public Approach withSeats(int value) {
        return new Approach(
                name, kind, value, hint, sampling, maxTokens, mostWeight, beta, exemplars);
    }

    /// Returns this approach with other exemplars.
    public Approach withExemplars(List<Exemplar> value) {
        return new Approach(name, kind, seats, hint, sampling, maxTokens, mostWeight, beta, value);
    }

    private static void require(boolean holds, String what, Object value, String range) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "an approach has " + what + " = " + value + "; choose " + range);
        }
    }
}
