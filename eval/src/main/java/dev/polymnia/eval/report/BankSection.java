package dev.polymnia.eval.report;

import dev.polymnia.core.Mode;
import dev.polymnia.eval.RunLog;
import dev.polymnia.eval.RunSetup;
import dev.polymnia.eval.bank.Bank;
import dev.polymnia.eval.bank.Coverage;
import dev.polymnia.eval.bank.EqualTokens;
import dev.polymnia.eval.bank.Policy;
import dev.polymnia.eval.bank.Replay;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What a report says of branch banks and of baselines with equal tokens.
///
/// @param banks one for each run with chains in store
/// @param baselines all that the runs allow
record BankSection(List<Part> banks, List<EqualTokens> baselines) {
    /// Copies the parts.
    BankSection {
        banks = List.copyOf(banks);
        baselines = List.copyOf(baselines);
    }

    /// A bank.
    ///
    /// @param run whose chains they are
    /// @param thinking the run of the Thinking mode whose chains join, if one does
    /// @param replays the usual policies, replayed
    /// @param coverage what choosing one chain would reach
    record Part(
            RunLog run, Optional<RunLog> thinking, List<Replay> replays, List<Coverage> coverage) {
        /// Copies the parts.
        Part {
            replays = List.copyOf(replays);
            coverage = List.copyOf(coverage);
        }

        private static Part of(Bank bank) {
            return new Part(
                    bank.log(),
                    bank.thinking(),
                    Policy.usual(bank).stream().map(policy -> Replay.of(bank, policy)).toList(),
                    bank.thinking().isPresent() ? List.of() : Coverage.of(bank));
        }
    }

    /// Measures the banks among runs, and every baseline that fits to a Contemplating run there.
    ///
    /// @param rows all runs, in the order in which they are told
    static BankSection of(List<Row> rows) {
        List<RunLog> runs = rows.stream().map(Row::run).toList();
        List<Bank> banks =
                runs.stream()
                        .filter(run -> run.setup().way().equals(RunSetup.BANK))
                        .map(Bank::of)
                        .toList();
        List<EqualTokens> baselines = new ArrayList<>();
        for (RunLog run : runs) {
            if (EqualTokens.isMeasure(run)) {
                baselines.addAll(votes(banks, run));
                baselines.addAll(forced(runs, run));
            }
        }
        List<Part> parts =
                banks.stream()
                        .flatMap(bank -> Stream.concat(Stream.of(bank), besideThinking(bank, runs)))
                        .map(Part::of)
                        .toList();
        return new BankSection(parts, baselines);
    }

    private static Stream<Bank> besideThinking(Bank bank, List<RunLog> runs) {
        return runs.stream()
                .filter(run -> run.setup().mode() == Mode.THINKING && run.setup().usual())
                .filter(run -> !bank.isCode() && EqualTokens.comparable(bank.log(), run))
                .map(bank::withThinking)
                .filter(joined -> joined.size() > 0);
    }

    private static List<EqualTokens> votes(List<Bank> banks, RunLog contemplating) {
        return banks.stream()
                .filter(bank -> bank.words() > 0)
                .filter(bank -> EqualTokens.comparable(bank.log(), contemplating))
                .map(bank -> EqualTokens.ofVotes(bank, contemplating))
                .flatMap(Optional::stream)
                .toList();
    }

    private static List<EqualTokens> forced(List<RunLog> runs, RunLog contemplating) {
        return runs.stream()
                .filter(run -> run.setup().way().equals(RunSetup.FORCED))
                .filter(run ->
                        contemplating.id().equals(run.setup().options().get(RunSetup.FORCED)))
                .filter(run -> EqualTokens.comparable(run, contemplating))
                .map(run -> EqualTokens.ofForced(run, contemplating))
                .flatMap(Optional::stream)
                .toList();
    }

    /// Returns whether there is nothing to tell.
    boolean isEmpty() {
        return banks.isEmpty() && baselines.isEmpty();
    }
}
