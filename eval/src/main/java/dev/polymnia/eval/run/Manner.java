package dev.polymnia.eval.run;

import static java.util.Objects.requireNonNull;

import dev.polymnia.agents.Roster;
import dev.polymnia.core.Fault;
import dev.polymnia.eval.RunSetup;
import java.util.Map;

/// How the samples of a run are asked.
public sealed interface Manner {
    /// As a person asks in the run's mode.
    record Usual() implements Manner {}

    /// For a branch bank: chains that are sampled in full, with nothing stopped, so that votes can
    /// be replayed from them.
    ///
    /// @param words how many chains of a sample reason in words, as those of the mode
    /// @param programs how many write a program
    record Bank(int words, int programs) implements Manner {
        /// Checks the numbers.
        ///
        /// @throws Fault `INVALID` for numbers that are not possible
        public Bank {
            Roster.check(words, programs);
        }

        /// Reads the numbers as people write them.
        ///
        /// @param numbers two of them with a comma between, such as `8,8`
        /// @throws Fault `INVALID` for anything else
        public static Bank parse(String numbers) {
            String[] both = numbers.split(",", -1);
            try {
                if (both.length == 2) {
                    return new Bank(
                            Integer.parseInt(both[0].strip()), Integer.parseInt(both[1].strip()));
                }
            } catch (NumberFormatException e) {
                throw unreadable(numbers, e);
            }
            throw unreadable(numbers, new IllegalArgumentException(both.length + " numbers"));
        }

        private static Fault unreadable(String numbers, Exception cause) {
            return new Fault(
                    Fault.Code.INVALID,
                    "A bank of \"%s\"; write how many chains in words and how many programs, such as 8,8."
                            .formatted(numbers),
                    cause);
        }

        Roster roster() {
            return new Roster(words, programs);
        }
    }

    /// With budget forcing: one agent thinks for as many tokens as another run spent on the sample.
    ///
    /// @param budgets the tokens of each sample
    record Forced(Budgets budgets) implements Manner {
        /// Checks the part.
        public Forced {
            requireNonNull(budgets, "budgets is null");
        }
    }

    /// Returns the options of a setup that tell this manner from the usual one.
    default Map<String, String> options() {
        return switch (this) {
            case Usual _ -> Map.of();
            case Bank(int words, int programs) -> Map.of(RunSetup.BANK, words + "," + programs);
            case Forced(Budgets budgets) ->
                    Map.of(RunSetup.FORCED, budgets.run(), "budgets_sha256", budgets.digest());
        };
    }
}
