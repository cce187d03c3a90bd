package dev.polymnia.eval.run;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.Fault;
import dev.polymnia.core.Mode;
import dev.polymnia.core.model.ModelInfo;
import dev.polymnia.core.platform.MessageDigests;
import dev.polymnia.eval.RunLog;
import dev.polymnia.eval.RunSetup;
import dev.polymnia.eval.SampleResult;
import dev.polymnia.eval.task.Task;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// How many tokens a run of the Contemplating mode generated for each sample: what an equal-token
/// baseline may spend on that very sample. Immutable.
///
/// @param run the id of that run
/// @param setup what that run is
/// @param tokens by epoch and the sample's id, at least 1 each
public record Budgets(String run, RunSetup setup, SortedMap<Key, Long> tokens) {
    /// A sample of a run.
    ///
    /// @param id of the sample
    /// @param epoch which repetition, from 1
    public record Key(String id, int epoch) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int byId = id.compareTo(other.id);
            return byId == 0 ? Integer.compare(epoch, other.epoch) : byId;
        }
    }

    /// Checks and copies the parts.
    public Budgets {
        requireNonNull(run, "run is null");
        requireNonNull(setup, "setup is null");
        tokens = Collections.unmodifiableSortedMap(new TreeMap<>(tokens));
    }

    /// Reads them from a run.
    ///
    /// @throws Fault `INVALID` if it is no finished run of the Contemplating mode
    public static Budgets of(RunLog log) {
        RunSetup setup = log.setup();
        if (setup.mode() != Mode.CONTEMPLATING || !setup.usual()) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "The run %s is one of %s; budgets are taken from a contemplating one."
                            .formatted(log.id(), setup.way()));
        }
        SortedMap<Key, Long> tokens = new TreeMap<>();
        for (SampleResult result : log.results()) {
            long spent = Math.max(1, result.usage().generated());
            tokens.putIfAbsent(new Key(result.id(), result.epoch()), spent);
        }
        int all = setup.samples() * setup.epochs();
        if (tokens.size() < all) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "The run %s has finished %d of %d samples; let it go on to its end first."
                            .formatted(log.id(), tokens.size(), all));
        }
        return new Budgets(log.id(), setup, tokens);
    }

    /// Returns the budget of a sample.
    ///
    /// @throws Fault `INVALID` if the run has no such sample
    long of(String id, int epoch) {
        Long found = tokens.get(new Key(id, epoch));
        if (found == null) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "The run %s has no sample %s in epoch %d; ask the samples that it asked."
                            .formatted(run, id, epoch));
        }
        return found;
    }

    /// Returns the largest budget.
    long most() {
        return tokens.values().stream().mapToLong(each -> each).max().orElse(1);
    }

    /// Returns the SHA-256 of all budgets, in hex.
    String digest() {
        StringBuilder lines = new StringBuilder();
        tokens.forEach((key, spent) ->
                lines.append(key.id())
                        .append('\t')
                        .append(key.epoch())
                        .append('\t')
                        .append(spent)
                        .append('\n'));
        byte[] bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(MessageDigests.sha256().digest(bytes));
    }

    /// Checks that the run asked this task.
    ///
    /// @throws Fault `INVALID` naming what differs
    void requireSame(Task task, int epochs) {
        List<String> differences = new ArrayList<>();
        compare(differences, "task", setup.task(), task.name());
        compare(differences, "data", setup.dataDigest(), task.source().sha256());
        compare(differences, "prompts", setup.promptDigest(), task.promptDigest());
        compare(differences, "scorer", setup.scorer(), task.scorer());
        require(differences);
        task.samples().forEach(sample -> of(sample.id(), epochs));
    }

    /// Checks that this model answered the run.
    ///
    /// @throws Fault `INVALID` naming what differs
    void requireSame(ModelInfo model) {
        List<String> differences = new ArrayList<>();
        compare(differences, "model", setup.model(), model.name());
        compare(differences, "weights", setup.modelDigest(), model.digest());
        require(differences);
    }

    private static void compare(List<String> differences, String what, String there, String here) {
        if (!there.equals(here)) {
            differences.add("%s %s there and %s here".formatted(what, there, here));
        }
    }

    private void require(List<String> differences) {
        if (!differences.isEmpty()) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "The run %s is no baseline's: %s. Give a run of the same task, data and model."
                            .formatted(run, String.join("; ", differences)));
        }
    }
}
