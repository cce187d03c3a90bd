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

    /// An answer, with its tokens counted.
    void answer(String model);

    /// The same, streamed.
    void stream(String model);

    /// A call that is demanded, its result, the answer.
    void tools(String model);

    /// An answer that fits a schema.
    void form(String model);

    /// An unknown model, and a value that is out of range.
    void errors(String model);

    /// Returns what the client is tried with.
    default List<Scenario> scenarios() {
        return List.of(
                new Scenario("answer", this::answer),
                new Scenario("stream", this::stream),
                new Scenario("tools", this::tools),
                new Scenario("form", this::form),
                new Scenario("errors", this::errors));
    }

    @Override
    void close();
}
