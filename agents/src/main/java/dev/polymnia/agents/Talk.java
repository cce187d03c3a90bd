package dev.polymnia.agents;

import dev.polymnia.core.message.Content;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.message.Role;
import dev.polymnia.core.model.BranchResult;
import dev.polymnia.core.model.Prompt;
import dev.polymnia.core.model.StopReason;
import dev.polymnia.core.model.Usage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What passes between one agent and its tools: turns that call, results, turns again; and what all
/// turns have cost together. An agent that calls nothing has one turn. Confined to the run's
/// thread.
final class Talk {
    /// After so many turns that call tools an agent is not answered any more.
    static final int MOST_ROUNDS = 16;

    private final Prompt asked;
    private final List<Message> talk = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();

    /// The calls of the latest turn.
    private final List<Content.ToolCall> calls = new ArrayList<>();

    private final Map<String, Content.ToolResult> results = new LinkedHashMap<>();
    private int turns;
    private Usage spent = Usage.NONE;
    private double logProbabilities;

    /// @param asked what the agent was asked
    Talk(Prompt asked) {
        this.asked = asked;
        asked.messages().forEach(message -> callsOf(message).forEach(call -> ids.add(call.id())));
    }

    /// Returns the talk of an agent that waits for results.
    static Talk restored(Prompt asked, Suspended.Waiting waiting) {
        Talk talk = new Talk(asked);
        talk.talk.addAll(waiting.talk());
        for (Message message : waiting.talk()) {
            callsOf(message).forEach(call -> talk.ids.add(call.id()));
            talk.turns += message.role() == Role.ASSISTANT ? 1 : 0;
        }
        talk.calls.addAll(callsOf(waiting.talk().getLast()));
        waiting.results().forEach(result -> talk.results.put(result.callId(), result));
        talk.spent = waiting.spent();
        talk.logProbabilities = waiting.logProbabilities();
        return talk;
    }

    /// Takes a call that the model has written.
    ///
    /// @return the call with an id that is unique in the conversation; models begin to count anew
    ///   in each turn
    Content.ToolCall called(Content.ToolCall call) {
        Content.ToolCall own =
                new Content.ToolCall(unique(call.id()), call.name(), call.arguments());
        calls.add(own);
        return own;
    }

    /// Counts on from the number that an id ends with, in as many digits, as templates may want ids
    /// of one length.
    private String unique(String id) {
        int digits = id.length();
        while (digits > 0 && id.length() - digits < 9 && isDigit(id.charAt(digits - 1))) {
            digits--;
        }
        int length = id.length() - digits;
        long number = length == 0 ? 0 : Long.parseLong(id.substring(digits));
        String own = id;
        while (!ids.add(own)) {
            number++;
            String count = Long.toString(number);
            own =
                    id.substring(0, digits)
                            + "0".repeat(Math.max(0, length - count.length()))
                            + count;
        }
        return own;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /// Takes the end of a turn.
    ///
    /// @return the same with the calls as they were [taken][#called]
    BranchResult ended(BranchResult turn) {
        turns++;
        add(turn.usage(), turn.meanLogProbability());
        Message message = own(turn.message());
        talk.add(message);
        return new BranchResult(message, turn.reason(), turn.usage(), turn.meanLogProbability());
    }

    private Message own(Message message) {
        List<Content> parts = new ArrayList<>();
        int number = 0;
        for (Content part : message.parts()) {
            if (part instanceof Content.ToolCall call) {
                parts.add(number < calls.size() ? calls.get(number) : called(call));
                number++;
            } else {
                parts.add(part);
            }
        }
        return new Message(message.role(), parts);
    }

    /// Takes what a turn had spent when the model failed under it.
    void failed(Usage usage) {
        add(usage, Double.NaN);
    }

    private void add(Usage usage, double mean) {
        spent = spent.plus(usage);
        logProbabilities += usage.generated() == 0 ? 0 : usage.generated() * mean;
    }

    /// Returns the calls of the latest turn, in order.
    List<Content.ToolCall> calls() {
        return List.copyOf(calls);
    }

    /// Returns the calls of the latest turn that have no result.
    List<Content.ToolCall> openCalls() {
        return calls.stream().filter(call -> !results.containsKey(call.id())).toList();
    }

    /// Returns whether the agent has called tools as often as it may.
    boolean isExhausted() {
        return turns > MOST_ROUNDS;
    }

    /// Takes a result.
    ///
    /// @return the call that it belongs to
    Content.ToolCall answered(Content.ToolResult result) {
        results.put(result.callId(), result);
        return calls.stream()
                .filter(call -> call.id().equals(result.callId()))
                .findFirst()
                .orElseThrow();
    }

    /// Begins the next turn, once all calls have their results.
    ///
    /// @return all that was said so far
    Prompt next() {
        List<Content> parts = new ArrayList<>();
        calls.forEach(call -> parts.add(results.get(call.id())));
        talk.add(new Message(Role.TOOL, parts));
        calls.clear();
        results.clear();
        List<Message> all = new ArrayList<>(asked.messages());
        all.addAll(talk);
        return asked.withMessages(all);
    }

    /// Returns what all turns have spent.
    Usage spent() {
        return spent;
    }

    /// Returns how the agent stopped, summed up over all its turns.
    ///
    /// @param last how the last one stopped
    BranchResult whole(BranchResult last) {
        return turns == 1 ? last : whole(last.message(), last.reason());
    }

    /// Returns how the agent stopped that waits for results.
    BranchResult stopped(StopReason reason) {
        return whole(talk.getLast(), reason);
    }

    private BranchResult whole(Message message, StopReason reason) {
        double mean = spent.generated() == 0 ? Double.NaN : logProbabilities / spent.generated();
        return new BranchResult(message, reason, spent, mean);
    }

    /// Returns this as data, of an agent that waits for results.
    Suspended.Waiting waiting(Seat seat, Speech speech) {
        return new Suspended.Waiting(
                seat.number(),
                seat.draw(),
                seat.approach(),
                talk,
                List.copyOf(results.values()),
                speech.said(),
                speech.reasoning(),
                speech.answer(),
                spent,
                logProbabilities);
    }

    /// Returns the calls of a message.
    static List<Content.ToolCall> callsOf(Message message) {
        return message.parts().stream()
                .filter(Content.ToolCall.class::isInstance)
                .map(Content.ToolCall.class::cast)
                .toList();
    }
}
