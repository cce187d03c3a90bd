package dev.polymnia.clients;

import java.util.List;
import java.util.Map;

/// A client for one API.
interface Client extends AutoCloseable {
    String QUESTION = "What is 2 + 3?";
    String WEATHER = "What is the weather in Rome?";
    String RESULT = "It is 21 degrees and sunny.";

    /// What is said to Polymnia only, so that a run stays small and is the same each time.
    Map<String, Object> OWN = Map.of("agents", 2, "budget", Map.of("tokens", 800), "seed", 1);

    /// Returns its name in the table of what was tried.
    String name();

    List<Scenario> scenarios();

    @Override
    void close();
}
