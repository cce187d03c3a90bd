package dev.polymnia.server.people;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.Fault;
import dev.polymnia.core.Mode;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A limit on what a person, or one of their keys, may spend.
///
/// @param resource what is limited
/// @param window in which; null for [Resource#RUNS], which are counted while they are at work
/// @param mode of the runs that count; null for all
/// @param limit tokens, millionths of the currency, or runs; 0 for nothing at all
public record Quota(Resource resource, @Nullable Window window, @Nullable Mode mode, long limit) {
    /// What can be spent.
    public enum Resource {
        /// Tokens that are generated, those of branches that nobody reads among them.
        TOKENS,
        /// What runs cost, in millionths of the operator's currency.
        MONEY,
        /// Runs at once.
        RUNS;

        /// Returns the word for it in JSON.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /// Returns the resource that a word is for; empty if it is for none.
        public static Optional<Resource> of(String word) {
            return Arrays.stream(values()).filter(each -> each.word().equals(word)).findFirst();
        }
    }

    /// Checks the parts.
    ///
    /// @throws Fault `INVALID` if the limit is negative, or there is a window where there is none
    public Quota {
        requireNonNull(resource, "resource is null");
        if (limit < 0) {
            throw new Fault(
                    Fault.Code.INVALID, "A quota of %d; choose 0 or more.".formatted(limit));
        }
        if ((window == null) != (resource == Resource.RUNS)) {
            throw new Fault(
                    Fault.Code.INVALID,
                    window == null
                            ? "A quota of %s needs a window: hour, day or month."
                                    .formatted(resource.word())
                            : "Runs are counted while they are at work; leave the window out.");
        }
    }

    /// Returns whether runs of a mode count.
    public boolean isFor(Mode asked) {
        return mode == null || mode == asked;
    }

    /// Returns it in words, for whom it stops.
    public String words() {
        String what = resource == Resource.RUNS ? "runs at once" : resource.word();
        String when = window == null ? "" : " per " + window.word();
        return limit + " " + what + when + (mode == null ? "" : " in the mode " + mode.word());
    }
}
