package dev.polymnia.server.store;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// What its person thinks of an answer.
///
/// @param comment why, in their words; empty if they do not say
public record Feedback(Rating rating, String comment) {
    /// The most characters of a comment.
    public static final int LONGEST_COMMENT = 4_000;

    /// Checks the parts.
    public Feedback {
        requireNonNull(rating, "rating is null");
        requireNonNull(comment, "comment is null");
    }

    /// How good an answer is.
    public enum Rating {
        /// It helped.
        GOOD,
        /// It did not.
        BAD;

        /// Returns the word for it.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /// Returns the rating that a word says; empty if it says none.
        public static Optional<Rating> of(String word) {
            return Stream.of(values()).filter(rating -> rating.word().equals(word)).findFirst();
        }
    }
}
