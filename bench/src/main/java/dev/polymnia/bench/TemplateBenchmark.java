package dev.polymnia.bench;

import dev.polymnia.models.template.ChatTemplate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Parsing and rendering a chat template of the common form.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class TemplateBenchmark {
    private static final String SOURCE =
            """
            {% for message in messages %}{{ '<|im_start|>' + message['role'] + '\\n' \
            + message['content'] | trim + '<|im_end|>' + '\\n' }}{% endfor %}\
            {% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}\
            """;

    private static final LocalDateTime NOW = LocalDateTime.of(2026, 1, 1, 0, 0);

    private final ChatTemplate template = ChatTemplate.parse(SOURCE);
    private final Map<String, Object> variables =
            Map.of(
                    "messages",
                    List.of(
                            Map.of("role", "system", "content", "You are a careful assistant."),
                            Map.of("role", "user", "content", "What is the capital of Kenya?")),
                    "add_generation_prompt",
                    true);

    /// Renders a parsed template.
    @Benchmark
    public String render() {
        return template.render(variables, NOW);
    }

    /// Parses a template.
    @Benchmark
    public ChatTemplate parse() {
        return ChatTemplate.parse(SOURCE);
    }
}
