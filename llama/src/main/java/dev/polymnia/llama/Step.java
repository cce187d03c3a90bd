package dev.polymnia.llama;

import dev.polymnia.core.Fault;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One step of the model: puts rows together, computes them, and enters in the books what the
/// memory holds now. Confined to the engine thread and used again for every step.
final class Step {
    private final StepContext context;
    private final Scheduler scheduler;
    private final Rows rows;
    private final int scratch;

    private final List<Part> speaking = new ArrayList<>();
    private final List<Part> reading = new ArrayList<>();
    private final List<Output> outputs = new ArrayList<>();
    private List<Integer> chunks = List.of();
    private int padding;

    /// A row with scores for a run.
    record Output(Run run, int row) {}

    /// Tokens of which some are to be computed: a run's, or else a trunk's.
    private record Part(
            Strand strand, TokenList tokens, @Nullable Run run, @Nullable TrunkState trunk) {
        static Part of(Run run) {
            return new Part(run.branch().strand(), run.tokens(), run, null);
        }

        static Part of(TrunkState trunk) {
            return new Part(trunk.strand(), trunk.prompt(), null, trunk);
        }

        int remaining() {
            return tokens.size() - strand.held().size();
        }

        void hold(int count) {
            if (run != null) {
                run.hold(count);
            } else {
                TokenList held = strand.held();
                int from = held.size();
                held.addAll(tokens, from, from + count);
            }
        }
    }

    /// @param scratch the sequence of rows without a use; always empty between steps
    Step(StepContext context, Scheduler scheduler, Rows rows, int scratch) {
        this.context = context;
        this.scheduler = scheduler;
        this.rows = rows;
        this.scratch = scratch;
    }

    /// Puts the rows together.
    ///
    /// @return whether there are any
    boolean compose(Residents residents) {
        rows.clear();
        outputs.clear();
        choose(residents);
        int[] remaining = reading.stream().mapToInt(Part::remaining).toArray();
        Scheduler.Plan plan = scheduler.plan(speaking.size(), remaining);
        chunks = plan.chunks();
        padding = plan.padding();
        speaking.forEach(part -> add(part, 1));
        for (int i = 0; i < chunks.size(); i++) {
            add(reading.get(i), chunks.get(i));
        }
        int useful = rows.count();
        for (int i = 0; i < padding && useful > 0; i++) {
            rows.add(rows.tokens[0], i, scratch, true);
        }
        return useful > 0;
    }

    /// Computes the rows.
    ///
    /// @return the code of llama.cpp: 0 if it worked and the books are up to date; otherwise the
    ///   memory is what it was before
    int compute() {
        int code = context.decode(rows);
        if (padding > 0) {
            context.truncate(scratch, 0);
        }
        if (code != 0) {
            speaking.forEach(part -> part.strand().repair());
            reading.forEach(part -> part.strand().repair());
            return code;
        }
        speaking.forEach(part -> part.hold(1));
        for (int i = 0; i < chunks.size(); i++) {
            reading.get(i).hold(chunks.get(i));
        }
        return 0;
    }

    /// Returns the rows from which tokens are to be drawn.
    List<Output> outputs() {
        return outputs;
    }

    /// Returns the trunks that had rows in this step.
    List<TrunkState> touchedTrunks() {
        return touched().map(Part::trunk).filter(Objects::nonNull).toList();
    }

    /// Returns the runs that had rows in this step.
    List<Run> touchedRuns() {
        return touched().map(Part::run).filter(Objects::nonNull).toList();
    }

    private Stream<Part> touched() {
        Stream<Part> read =
                IntStream.range(0, chunks.size())
                        .filter(i -> chunks.get(i) > 0)
                        .mapToObj(reading::get);
        return Stream.concat(speaking.stream(), read);
    }

    int count() {
        return rows.count();
    }

    int padding() {
        return padding;
    }

    int speakers() {
        return speaking.size();
    }

    /// Trunks stand where the first run that waits for them stands; those that are read in advance
    /// come last.
    private void choose(Residents residents) {
        speaking.clear();
        reading.clear();
        Set<TrunkState> chosen = new HashSet<>();
        for (Run run : residents.running()) {
            TrunkState trunk = run.branch().trunk();
            if (run.speaks()) {
                speaking.add(Part.of(run));
            } else if (run.reads()) {
                reading.add(Part.of(run));
            } else if (trunk != null && trunk.remaining() > 0 && chosen.add(trunk)) {
                reading.add(Part.of(trunk));
            }
        }
        for (TrunkState trunk : residents.trunks()) {
            if (trunk.remaining() > 0 && chosen.add(trunk)) {
                reading.add(Part.of(trunk));
            }
        }
    }

    private void add(Part part, int count) {
        Strand strand = part.strand();
        checkRoom(strand, count);
        int from = strand.held().size();
        Run run = part.run();
        for (int position = from; position < from + count; position++) {
            boolean last = run != null && position == part.tokens().size() - 1;
            int row = rows.add(part.tokens().get(position), position, strand.sequence(), last);
            if (run != null && last) {
                outputs.add(new Output(run, row));
            }
        }
    }

    /// The native side finds out too late, so a defect of the accounting is caught here.
    private static void checkRoom(Strand strand, int count) {
        int own = strand.held().size() - strand.shared() + count;
        if (own > strand.promised()) {
            throw new Fault(
                    Fault.Code.INTERNAL,
                    "A branch was promised %d cells and needs %d; this is a defect of Polymnia."
                            .formatted(strand.promised(), own));
        }
    }
}
