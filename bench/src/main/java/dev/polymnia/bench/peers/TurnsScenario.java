package dev.polymnia.bench.peers;

import dev.polymnia.core.message.Message;
import dev.polymnia.core.model.Prompt;
import java.util.ArrayList;
import java.util.List;

/// A conversation of ten turns, each of which sends the whole history.
///
/// @param held whether ours goes on with the branch of the turn before (`Branch.resume`); otherwise
///   every turn is a request of its own, as it is to llama-server in both cases
record TurnsScenario(boolean held) implements Scenario {
    private static final int TURNS = 10;
    private static final int TOKENS = 48;

    @Override
    public String name() {
        return held ? "e-resume" : "e";
    }

    @Override
    public String title() {
        return held
                ? "as e, but ours resumes its branch"
                : "a conversation of 10 turns, each a request of its own";
    }

    @Override
    public List<Metric> metrics() {
        Metric.Target target = new Metric.Target.Ratio(1);
        return List.of(Metric.less(SECONDS, target), Metric.less(BY_TOKEN, target));
    }

    @Override
    public List<ServerFlags> flags() {
        return List.of(new ServerFlags(1, 4096));
    }

    @Override
    public Task prepare(Texts texts) {
        Message system = Message.system(texts.beginning() + " You tell stories, turn by turn.");
        return peer -> {
            Prompt prompt = Prompt.of(system);
            List<Reply> replies = new ArrayList<>();
            long begin = System.nanoTime();
            try (Peer.Conversation conversation = peer.converse(held)) {
                for (int turn = 0; turn < TURNS; turn++) {
                    prompt = prompt.plus(Texts.turn(turn));
                    Reply reply = conversation.say(new Ask(prompt, TOKENS, turn + 1)).await();
                    replies.add(reply);
                    prompt = prompt.plus(Message.assistant(reply.text()));
                }
            }
            Measure measure =
                    Measure.of(
                            replies,
                            Replies.times(metrics(), begin, replies),
                            "the last prompt had %d tokens; %s"
                                    .formatted(
                                            replies.getLast().counts().prompt(),
                                            Replies.stops(replies)));
            // Later prompts hold the peer's own answers.
            return measure.withPrompts(measure.prompts().subList(0, 1));
        };
    }
}
