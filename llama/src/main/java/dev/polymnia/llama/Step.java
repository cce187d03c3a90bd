package dev.polymnia.llama;

import dev.polymnia.core.Fault;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// One step of the model: puts rows together, computes them, and enters in the books what the
/// memory holds now. Confined to the engine thread and used again for every step.
final class Step {
    private final StepContext context;
    private final Memory memory;
    private final Scheduler scheduler;
    private final Rows rows;
    private final int scratch;

    private final List<Run> speaking = new ArrayList<>();
    private final List<Run> reading = new ArrayList<>();
    private final List<Output> outputs = new ArrayList<>();
    private final List<Run> touched = new ArrayList<>();
    private final Map<Run, Integer> awaited = new HashMap<>();
    private List<Integer> chunks = List.of();
    private int spoken;
    private int guessed;
    private int padding;

    /// Rows with scores for a run: one for its next token, and one behind each guess.
    ///
    /// @param row the first of them
    /// @param guesses what was guessed, in order; mostly nothing
    record Output(Run run, int row, TokenList guesses) {}

    private static final TokenList NO_GUESSES = new TokenList();

    /// @param scratch the sequence of rows without a use; always empty between steps
    Step(StepContext context, Memory memory, Scheduler scheduler, Rows rows, int scratch) {
        this.context = context;
        this.memory = memory;
        this.scheduler = scheduler;
        this.rows = rows;
        this.scratch = scratch;
    }

    /// Puts the rows together.
    ///
    /// @return whether there are any
    boolean compose(Residents residents) {
        clear();
        for (Run run : residents.running()) {
            if (run.speaks()) {
                speaking.add(run);
            } else if (run.unread() > 0) {
                reading.add(run);
            }
            Run source = run.source();
            if (source != null) {
                awaited.merge(source, run.toShare(), Math::min);
            }
        }
        double acceptance =
                speaking.stream().mapToDouble(run -> run.drafts().acceptance()).max().orElse(0);
        Scheduler.Plan plan =
                scheduler.plan(
                        speaking.stream().map(run -> wish(run, 1, 1)).toList(),
                        reading.stream()
                                .map(run -> wish(run, readable(run), run.unread()))
                                .toList(),
                        acceptance);
        int guesses = plan.guesses();
        for (int i = 0; i < speaking.size(); i++) {
            if (plan.speaking().get(i)) {
                guesses -= speak(speaking.get(i), guesses);
            }
        }
        chunks = plan.chunks();
        for (int i = 0; i < chunks.size(); i++) {
            if (chunks.get(i) > 0) {
                read(reading.get(i), chunks.get(i));
            }
        }
        padding = guessed > 0 || rows.count() == 0 ? 0 : plan.padding();
        for (int i = 0; i < padding; i++) {
            rows.add(rows.tokens[0], i, scratch, false);
        }
        return rows.count() > 0;
    }

    private void clear() {
        rows.clear();
        speaking.clear();
        reading.clear();
        outputs.clear();
        touched.clear();
        awaited.clear();
        spoken = 0;
        guessed = 0;
    }

    /// Returns how many rows a prompt may be read now: none if it waits for another one. It stops
    /// where others wait for what it reads, so that they go on together: otherwise one of many
    /// chats with the same first words would be read and speak long before the others, and slow
    /// them down.
    private int readable(Run run) {
        if (run.source() != null) {
            return 0;
        }
        Integer share = awaited.get(run);
        int held = run.strand().length();
        return share == null || share <= held
                ? run.remaining()
                : Math.min(run.remaining(), share - held);
    }

    private static Scheduler.Wish wish(Run run, int rows, int left) {
        return new Scheduler.Wish(run.group(), run.interactive(), rows, left);
    }

    /// Adds the row of a branch's next token, and guesses of what follows.
    ///
    /// @return how many guesses
    private int speak(Run run, int guesses) {
        checkRoom(run, 1);
        TokenList tokens = run.tokens();
        int position = run.strand().length();
        int row = add(run, tokens.get(position), position);
        spoken++;
        touched.add(run);
        int most = Math.min(Math.min(guesses, run.reserved() - 1), run.purpose().left() - 1);
        int from = most < 1 ? -1 : Drafts.find(tokens);
        if (from < 0) {
            outputs.add(new Output(run, row, NO_GUESSES));
            return 0;
        }
        TokenList drafts = tokens.slice(from, Math.min(from + most, tokens.size()));
        for (int i = 0; i < drafts.size(); i++) {
            add(run, drafts.get(i), position + 1 + i);
        }
        guessed += drafts.size();
        outputs.add(new Output(run, row, drafts));
        return drafts.size();
    }

    private int add(Run run, int token, int position) {
        return rows.add(token, position, run.strand().sequence(), true);
    }

    private void read(Run run, int count) {
        checkRoom(run, count);
        TokenList tokens = run.tokens();
        int from = run.strand().length();
        for (int position = from; position < from + count; position++) {
            boolean last = position == tokens.size() - 1 && run.purpose().draws();
            int row = rows.add(tokens.get(position), position, run.strand().sequence(), last);
            if (last) {
                outputs.add(new Output(run, row, NO_GUESSES));
            }
        }
        touched.add(run);
    }

    /// The native side finds out too late, so a defect of the accounting is caught here.
    private static void checkRoom(Run run, int count) {
        if (count > run.reserved()) {
            throw new Fault(
                    Fault.Code.INTERNAL,
                    "A run has %d cells and needs %d; this is a defect of Polymnia."
                            .formatted(run.reserved(), count));
        }
    }

    /// Computes the rows.
    ///
    /// @return the code of llama.cpp: 0 if it worked and the books are up to date but for guesses;
    ///   otherwise the memory is what it was before
    int compute() {
        long begin = System.nanoTime();
        int code = context.decode(rows);
        long nanos = System.nanoTime() - begin;
        if (padding > 0) {
            context.truncate(scratch, 0);
        }
        if (code != 0) {
            touched.forEach(run -> memory.repair(run.strand()));
            return code;
        }
        int read = rows.count() - spoken - guessed - padding;
        scheduler.learn(spoken, read, rows.count(), nanos);
        touched.stream().limit(spoken).forEach(run -> run.read(memory, 1));
        for (int i = 0; i < chunks.size(); i++) {
            if (chunks.get(i) > 0) {
                reading.get(i).read(memory, chunks.get(i));
            }
        }
        return 0;
    }

    /// Returns the rows from which tokens are to be drawn.
    List<Output> outputs() {
        return outputs;
    }

    /// Returns the runs that had rows in this step.
    List<Run> touched() {
        return touched;
    }

    int count() {
        return rows.count();
    }

    int padding() {
        return padding;
    }

    int spoken() {
        return spoken;
    }

    int guessed() {
        return guessed;
    }
}
