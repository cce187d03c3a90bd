package dev.polymnia.eval.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polymnia.core.model.Usage;
import dev.polymnia.eval.AgentResult;
import dev.polymnia.eval.RunSetup;
import dev.polymnia.eval.SampleResult;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The small parts that occur all over a log: names, ids, times, tokens. Stateless.
final class Parts {
    static final JsonMapper JSON = new JsonMapper();

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSxxx", Locale.ROOT);
    private static final Pattern TEMPERATURE = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,9})?");
    private static final String SHARED = "shared";

    private Parts() {}

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    static ArrayNode array() {
        return JSON.createArrayNode();
    }

    /// Returns a node with the texts as they are, sorted by name so that a log written twice is the
    /// same.
    static ObjectNode texts(Map<String, String> texts) {
        ObjectNode node = object();
        new TreeMap<>(texts).forEach(node::put);
        return node;
    }

    /// Puts a number, unless it is none: JSON knows neither NaN nor infinity.
    static void putNumber(ObjectNode node, String name, double value) {
        if (Double.isFinite(value)) {
            node.put(name, value);
        }
    }

    /// Returns the model's name as Inspect writes it, with its provider.
    static String model(RunSetup setup) {
        return "polymnia/" + setup.model();
    }

    /// Returns the role of an agent; people count from 1.
    static String role(int index) {
        return "agent-" + (index + 1);
    }

    /// Returns an id that is the same whenever the same thing is written.
    ///
    /// @param path the names that lead to the thing
    static String id(String... path) {
        return UUID.nameUUIDFromBytes(String.join("\u0000", path).getBytes(UTF_8)).toString();
    }

    /// Returns a time as ISO 8601 with an offset, to the millisecond.
    static String time(Instant time) {
        return TIME.format(time.atOffset(ZoneOffset.UTC));
    }

    static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    /// Returns a `ModelUsage`.
    static ObjectNode usage(Usage usage) {
        return object().put("input_tokens", usage.computed())
                .put("output_tokens", usage.generated())
                .put("total_tokens", usage.prompt() + usage.generated())
                .put("input_tokens_cache_read", usage.cached());
    }

    /// Puts `model_usage` and `role_usage`: one role for each agent, and one for what they share.
    static void putUsage(ObjectNode node, String model, List<SampleResult> results) {
        Usage all = Usage.NONE;
        Usage shared = Usage.NONE;
        SortedMap<Integer, Usage> agents = new TreeMap<>();
        for (SampleResult result : results) {
            all = all.plus(result.usage());
            shared = shared.plus(result.shared());
            for (AgentResult agent : result.agents()) {
                agents.merge(agent.index(), agent.usage(), Usage::plus);
            }
        }
        ObjectNode models = node.putObject("model_usage");
        if (!all.equals(Usage.NONE)) {
            models.set(model, usage(all));
        }
        ObjectNode roles = node.putObject("role_usage");
        agents.forEach((index, usage) -> roles.set(role(index), usage(usage)));
        if (!shared.equals(Usage.NONE)) {
            roles.set(SHARED, usage(shared));
        }
    }

    /// Returns a `GenerateConfig`. It holds only what is known: Inspect refuses other names.
    static ObjectNode config(RunSetup setup, long seed) {
        ObjectNode config = object().put("seed", seed);
        if (setup.tokensPerAgent() > 0) {
            config.put("max_tokens", setup.tokensPerAgent());
        }
        String temperature = setup.options().getOrDefault("temperature", "");
        if (TEMPERATURE.matcher(temperature).matches()) {
            config.put("temperature", Double.parseDouble(temperature));
        }
        return config;
    }

    /// Returns an `EvalError`. There is no trace to show: faults are told in one sentence.
    static ObjectNode error(String message) {
        return object().put("message", message).put("traceback", "").put("traceback_ansi", "");
    }

    /// Returns what a failure is called in a log.
    static String words(SampleResult.Failure failure) {
        return failure.code() + ": " + failure.message();
    }
}
