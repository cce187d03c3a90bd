package dev.polymnia.llama;

import dev.polymnia.core.Fault;
import dev.polymnia.core.model.Probe;
import dev.polymnia.core.model.StopReason;
import dev.polymnia.core.model.Usage;
import dev.polymnia.llama.text.LogitRow;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/// Reads a probe's prompt and the probabilities of its words; draws nothing.
final class ProbeReading implements Purpose {
    private final Probe probe;
    private final List<int[]> words;
    private final LogitRow row;
    private final CompletableFuture<Probe.Result> result = new CompletableFuture<>();
    private final List<Double> probabilities = new ArrayList<>();
    private int cached;
    private int computed;

    /// @param words for each word the tokens that stand for it
    ProbeReading(Probe probe, List<int[]> words, LogitRow row) {
        this.probe = probe;
        this.words = words;
        this.row = row;
    }

    /// Blocks until the probe has been answered.
    ///
    /// @throws Fault `CANCELLED` also if this thread was interrupted
    Probe.Result await() {
        try {
            return result.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Fault(
                    Fault.Code.CANCELLED, "The thread that awaited a probe was interrupted.", e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw cause instanceof Fault fault
                    ? new Fault(fault.code(), fault.getMessage(), fault)
                    : new IllegalStateException("a probe fails with faults only", e);
        }
    }

    @Override
    public int left() {
        return 0;
    }

    @Override
    public boolean draws() {
        return true;
    }

    @Override
    public @Nullable StopReason stopBeforeStep() {
        return Stops.of(probe.options());
    }

    @Override
    public void spent(int held, int read) {
        cached = held;
        computed = read;
    }

    @Override
    public void started() {}

    @Override
    public @Nullable StopReason draw(MemorySegment logits, TokenList tokens) {
        if (probe.options().meter().reserve(1) < 1) {
            return StopReason.BUDGET_TOKENS;
        }
        row.load(logits);
        for (int[] word : words) {
            double sum = 0;
            for (int token : word) {
                sum += row.probability(token);
            }
            probabilities.add(sum);
        }
        return StopReason.END;
    }

    @Override
    public void end(StopReason reason) {
        switch (reason) {
            case END ->
                    result.complete(
                            new Probe.Result(probabilities, new Usage(cached, computed, 1)));
            case CANCELLED -> fail(new Fault(Fault.Code.CANCELLED, "The probe was cancelled."));
            case BUDGET_TOKENS, BUDGET_TIME ->
                    fail(
                            new Fault(
                                    Fault.Code.BUDGET_SPENT,
                                    "The budget ended a probe; raise it or probe less."));
            case STOP_STRING, STOP_HOOK, TOOL_CALL, LENGTH, FAILED ->
                    throw new IllegalStateException("a probe cannot end with " + reason);
        }
    }

    @Override
    public void fail(Fault fault) {
        result.completeExceptionally(fault);
    }
}
