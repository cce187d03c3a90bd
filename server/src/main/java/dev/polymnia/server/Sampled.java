package dev.polymnia.server;

import dev.polymnia.agents.Wishes;
import dev.polymnia.core.Mode;
import dev.polymnia.core.model.Constraint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/// Fields about how words are drawn, which the APIs have in common. Stateless.
final class Sampled {
    /// Any JSON object.
    static final Constraint ANY_OBJECT = new Constraint.JsonSchema("{\"type\":\"object\"}");

    private static final long SEEDS = 1_000_000;

    private Sampled() {}

    /// Reads `temperature` and `top_p`. The agents of a team would all say the same at 0, so they
    /// keep their own.
    ///
    /// @param ignored is told what changes nothing
    static Wishes wishes(Fields fields, Mode mode, List<String> ignored) {
        Optional<Double> temperature = fields.number("temperature", 0, 2);
        Optional<Double> topP = fields.number("top_p", Double.MIN_VALUE, 1);
        if (mode == Mode.CONTEMPLATING) {
            temperature.ifPresent(_ -> ignored.add("temperature"));
            topP.ifPresent(_ -> ignored.add("top_p"));
        }
        return Wishes.NONE.withSampling(temperature, topP);
    }

    /// Returns the seed of a run; a random one if none is wanted.
    static long seed(Optional<Long> wanted) {
        return wanted.orElseGet(() -> ThreadLocalRandom.current().nextLong(SEEDS));
    }

    /// Reads the form of an answer, in the words of OpenAI's APIs.
    ///
    /// @param schema reads the JSON Schema where there is one
    static Constraint form(Fields format, Function<Fields, Constraint> schema) {
        return switch (format.required("type")) {
            case "text" -> Constraint.NONE;
            case "json_object" -> ANY_OBJECT;
            case "json_schema" -> schema.apply(format);
            default ->
                    throw ApiError.field(
                            format.path("type"),
                            "'%s' is none of text, json_object and json_schema; send one of them."
                                    .formatted(format.path("type")));
        };
    }

    /// Reads strings that end an answer.
    static List<String> stops(Fields fields, String field, int most) {
        List<String> stops = new ArrayList<>();
        for (JsonNode stop : fields.array(field)) {
            if (!stop.isString() || stop.asString().isEmpty() || stops.size() == most) {
                throw ApiError.field(
                        field,
                        "'%s' is at most %d strings, none of them empty.".formatted(field, most));
            }
            stops.add(stop.asString());
        }
        return stops;
    }
}
