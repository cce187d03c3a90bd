package dev.polymnia.models.template;

import dev.polymnia.core.Fault;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Holds one source text against what the interpreter promises: it renders or throws a fault of the
/// three documented kinds, the same each time. `bench/fuzz template` searches for texts that break
/// this; [FuzzTest] replays what it found and tries many more.
public final class TemplateFuzz {
    private static final LocalDateTime NOW = LocalDateTime.of(2026, 2, 3, 4, 5, 6);

    /// As deep as in use, so that the Java stack is tried; less work and text, for speed.
    private static final Limits LIMITS =
            new Limits(
                    1 << 16,
                    Limits.DEFAULT.nesting(),
                    Limits.DEFAULT.depth(),
                    100_000,
                    200_000,
                    100_000);

    private static final Set<Fault.Code> PROMISED =
            Set.of(Fault.Code.CORRUPT, Fault.Code.INVALID, Fault.Code.UNSUPPORTED);

    private static final Map<String, @Nullable Object> VARIABLES =
            Map.of(
                    "x",
                    List.of(1, "a", Map.of("a", 1.5)),
                    "messages",
                    List.of(Map.of("role", "user", "content", "é🎉")),
                    "add_generation_prompt",
                    true);

    private TemplateFuzz() {}

    /// The entry point that Jazzer calls.
    ///
    /// @param data a template in UTF-8; may be anything
    public static void fuzzerTestOneInput(byte[] data) {
        holds(new String(data, StandardCharsets.UTF_8));
    }

    /// Returns whether a template renders; false if it is refused with a fault.
    ///
    /// @throws AssertionError if anything else happens
    static boolean holds(String template) {
        Outcome first = outcome(template);
        Outcome second = outcome(template);
        if (!first.equals(second)) {
            throw new AssertionError("%s, then %s, for: %s".formatted(first, second, template));
        }
        return first.rendered();
    }

    private static Outcome outcome(String template) {
        try {
            return new Outcome(true, ChatTemplate.parse(template, LIMITS).render(VARIABLES, NOW));
        } catch (Fault fault) {
            if (!PROMISED.contains(fault.code())) {
                throw new AssertionError("The wrong kind of fault, for: " + template, fault);
            }
            return new Outcome(false, fault.getMessage());
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError unexpected) {
            throw new AssertionError("Not a fault, for: " + template, unexpected);
        }
    }

    /// What a template came to.
    ///
    /// @param text what it rendered, or the fault's message
    private record Outcome(boolean rendered, String text) {}
}
