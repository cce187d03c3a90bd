package dev.polymnia.server;

import dev.polymnia.core.model.BranchEvent;
import dev.polymnia.core.model.Channel;
import dev.polymnia.core.model.TokenDetail;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.RunEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The log-probabilities of an answer's tokens in the shape of Chat Completions. Stateless.
final class ChatProbabilities {
    /// What the decoder makes of a part of a code point.
    private static final char REPLACEMENT = '\uFFFD';

    private ChatProbabilities() {}

    /// Returns the tokens of an answer that an event brings; those that only steer the model are
    /// none. They are told before the words that they come to.
    static List<TokenDetail> tokens(RunEvent event) {
        return event.event() instanceof Event.Told(BranchEvent.Delta delta)
                        && delta.channel() == Channel.ANSWER
                ? delta.tokens().stream().filter(token -> !token.text().isEmpty()).toList()
                : List.of();
    }

    /// Puts what is known of tokens into a choice; null if there are none.
    static void put(ObjectNode choice, List<TokenDetail> tokens) {
        if (tokens.isEmpty()) {
            choice.putNull("logprobs");
            return;
        }
        ObjectNode told = choice.putObject("logprobs");
        ArrayNode content = told.putArray("content");
        for (TokenDetail token : tokens) {
            ObjectNode object = content.addObject();
            put(object, token.text(), token.logProbability());
            ArrayNode top = object.putArray("top_logprobs");
            token.alternatives()
                    .forEach(each -> put(top.addObject(), each.text(), each.logProbability()));
        }
        told.putNull("refusal");
    }

    private static void put(ObjectNode object, String text, double logProbability) {
        object.put("token", text);
        object.put("logprob", logProbability);
        if (text.indexOf(REPLACEMENT) >= 0) {
            object.putNull("bytes");
            return;
        }
        ArrayNode bytes = object.putArray("bytes");
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            bytes.add(Byte.toUnsignedInt(each));
        }
    }
}
