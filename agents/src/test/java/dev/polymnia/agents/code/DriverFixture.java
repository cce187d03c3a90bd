package dev.polymnia.agents.code;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.sandbox.Finished;
import dev.polymnia.sandbox.Job;
import dev.polymnia.sandbox.Sandbox;
import dev.polymnia.sandbox.Sandboxes;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/// Runs parts of what runs candidates, in a sandbox of its own.
final class DriverFixture {
    private static final String TEXT =
            """

            import base64

            def text(encoded):
                return base64.b64decode(encoded).decode("utf-8")

            """;

    private DriverFixture() {}

    /// Returns texts as a Python list, for `text` to read.
    static String list(List<String> texts) {
        return texts.stream()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .map(bytes -> "'" + Base64.getEncoder().encodeToString(bytes) + "'")
                .collect(joining(", ", "[", "]"));
    }

    /// Runs a program behind the readers of examples and inputs.
    ///
    /// @return what it prints
    static String run(String program) {
        String source = Behaviour.text("examples.py") + "\n\n" + Behaviour.text("inputs.py") + TEXT;
        try (Sandbox sandbox = Sandboxes.open()) {
            Finished finished = sandbox.run(Job.python(source + program));
            assertThat(finished.exitCode()).as(finished.errors()).isZero();
            return finished.output();
        }
    }
}
