package dev.polymnia.bench.peers;

import java.util.ArrayList;
import java.util.List;

/// How llama-server is run for a scenario.
///
/// @param slots requests that it computes at once
/// @param context tokens of all slots together
/// @param more other flags
/// @param oneCall whether requests that differ by their seeds only go as one, with `n_cmpl`
record ServerFlags(int slots, int context, List<String> more, boolean oneCall) {
    ServerFlags {
        more = List.copyOf(more);
    }

    ServerFlags(int slots, int context, String... more) {
        this(slots, context, List.of(more), false);
    }

    ServerFlags withOneCall() {
        return new ServerFlags(slots, context, more, true);
    }

    /// Returns the flags of the command line.
    List<String> line(int threads) {
        List<String> line = new ArrayList<>();
        line.addAll(
                List.of("--parallel", Integer.toString(slots), "-c", Integer.toString(context)));
        line.addAll(List.of("-t", Integer.toString(threads), "-tb", Integer.toString(threads)));
        line.addAll(List.of("--cache-prompt", "--cache-reuse", "256", "--fit", "off"));
        line.addAll(List.of("--no-webui", "--metrics"));
        line.addAll(more);
        return line;
    }

    @Override
    public String toString() {
        String flags = "--parallel %d -c %d %s".formatted(slots, context, String.join(" ", more));
        return (oneCall ? flags + " (one request, n_cmpl)" : flags).strip();
    }
}
