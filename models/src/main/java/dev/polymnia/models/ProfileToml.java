package dev.polymnia.models;

import dev.polymnia.core.model.Approach;
import dev.polymnia.core.model.ModelProfile.ClassSettings;
import dev.polymnia.core.model.ModelProfile.ModeSettings;
import dev.polymnia.core.model.Sampling;
import dev.polymnia.core.model.TeamProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// How a class of questions is asked, as TOML has it; the same in the catalogue and in a [profile
/// file][ProfileFile]. The catalogue's resource says what the parts mean.
final class ProfileToml {
    private ProfileToml() {}

    /// Reads `thinking` and `team`.
    ///
    /// @throws RuntimeException of Jackson's, or `IllegalArgumentException`, if something is
    ///   missing or not as it should be
    static ClassSettings classSettings(JsonNode own) {
        JsonNode team = own.required("team");
        List<Approach> approaches = new ArrayList<>();
        team.required("approaches").forEach(approach -> approaches.add(approach(approach)));
        return new ClassSettings(
                approach(own.required("thinking")),
                new TeamProfile(
                        text(team, "instruction"),
                        approaches,
                        word(TeamProfile.Stop.class, text(team, "stop")),
                        team.required("refinements").intValue()));
    }

    /// Reads how one agent is asked.
    static ModeSettings settings(JsonNode settings) {
        return new ModeSettings(
                text(settings, "instruction"),
                sampling(settings),
                settings.required("max-tokens").intValue());
    }

    private static Approach approach(JsonNode approach) {
        return new Approach(
                text(approach, "name"),
                word(Approach.Kind.class, text(approach, "kind")),
                approach.required("seats").intValue(),
                text(approach, "hint"),
                sampling(approach),
                approach.required("max-tokens").intValue(),
                approach.required("most-weight").doubleValue(),
                approach.required("beta").doubleValue(),
                exemplars(approach));
    }

    private static List<Approach.Exemplar> exemplars(JsonNode approach) {
        List<Approach.Exemplar> exemplars = new ArrayList<>();
        approach.path("exemplars")
                .forEach(each ->
                        exemplars.add(
                                new Approach.Exemplar(
                                        text(each, "question"), text(each, "answer"))));
        return exemplars;
    }

    private static Sampling sampling(JsonNode settings) {
        return new Sampling(
                settings.required("temperature").doubleValue(),
                settings.required("top-k").intValue(),
                settings.required("top-p").doubleValue(),
                settings.required("min-p").doubleValue(),
                settings.required("repetition-penalty").doubleValue());
    }

    static String text(JsonNode node, String name) {
        return node.required(name).stringValue();
    }

    private static <E extends Enum<E>> E word(Class<E> type, String word) {
        return Enum.valueOf(type, word.toUpperCase(Locale.ROOT));
    }

    /// Writes `thinking` and `team`.
    static void write(ObjectNode own, ClassSettings settings) {
        write(own.putObject("thinking"), settings.thinking());
        ObjectNode team = own.putObject("team");
        team.put("instruction", settings.team().instruction());
        team.put("stop", word(settings.team().stop()));
        team.put("refinements", settings.team().refinements());
        ArrayNode approaches = team.putArray("approaches");
        settings.team().approaches().forEach(each -> write(approaches.addObject(), each));
    }

    private static void write(ObjectNode node, Approach approach) {
        node.put("name", approach.name());
        node.put("kind", word(approach.kind()));
        node.put("seats", approach.seats());
        node.put("hint", approach.hint());
        write(node, approach.sampling());
        node.put("max-tokens", approach.maxTokens());
        node.put("most-weight", approach.mostWeight());
        node.put("beta", approach.beta());
        if (!approach.exemplars().isEmpty()) {
            ArrayNode exemplars = node.putArray("exemplars");
            for (Approach.Exemplar each : approach.exemplars()) {
                exemplars.addObject().put("question", each.question()).put("answer", each.answer());
            }
        }
    }

    private static void write(ObjectNode node, Sampling sampling) {
        node.put("temperature", sampling.temperature());
        node.put("top-k", sampling.topK());
        node.put("top-p", sampling.topP());
        node.put("min-p", sampling.minP());
        node.put("repetition-penalty", sampling.repetitionPenalty());
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
