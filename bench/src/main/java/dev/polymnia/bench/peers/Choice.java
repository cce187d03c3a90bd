package dev.polymnia.bench.peers;

import java.util.List;

/// Which of llama-server's flags are its best for a scenario.
///
/// @param scenario its name
/// @param flags the best ones, as they are printed
/// @param tried all of them, each with what the scenario's first metric was
record Choice(String scenario, String flags, List<String> tried) {
    Choice {
        tried = List.copyOf(tried);
    }
}
