package dev.polymnia.app;

import dev.polymnia.core.model.BranchEvent;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.RunEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// What is to be seen of the agents of a run: one line each, with the latest words or the answer.
/// Built from events only, so a log of them gives the same board. Confined to one thread.
final class Board {
    /// The most characters of an agent's words that are kept; no terminal is wider.
    private static final int KEPT = 1024;

    private final SortedMap<Integer, Agent> agents = new TreeMap<>();

    /// Takes the next event.
    void on(RunEvent event) {
        switch (event.event()) {
            case Event.AgentStarted _ -> agents.put(event.branch(), new Agent());
            case Event.Told(BranchEvent.Delta delta) -> agent(event).say(delta.text());
            case Event.Told(BranchEvent.Started _) -> agent(event).state = "…";
            case Event.Told(BranchEvent.Failed failed) -> agent(event).end("✗", failed.message());
            case Event.AgentFinished finished ->
                    agent(event)
                            .end(
                                    finished.votes() ? "●" : "○",
                                    finished.answer()
                                            .orElse(
                                                    finished.reason().isCutOff()
                                                            ? "(" + words(finished) + ")"
                                                            : ""));
            case Event.Told _,
                    Event.RunStarted _,
                    Event.Tally _,
                    Event.StoppedEarly _,
                    Event.JoinStarted _,
                    Event.AnswerDelta _,
                    Event.RunFinished _,
                    Event.RunFailed _ -> {}
        }
    }

    /// Returns one line per agent.
    ///
    /// @param width the most characters of a line
    List<String> lines(int width) {
        List<String> lines = new ArrayList<>();
        agents.forEach((number, agent) -> lines.add(agent.line(number, width)));
        return lines;
    }

    private Agent agent(RunEvent event) {
        return agents.computeIfAbsent(event.branch(), _ -> new Agent());
    }

    private static String words(Event.AgentFinished finished) {
        return switch (finished.reason()) {
            case LENGTH -> "cut off at its limit";
            case BUDGET_TOKENS -> "no tokens left";
            case BUDGET_TIME -> "no time left";
            case CANCELLED -> "not needed any more";
            case FAILED -> "failed";
            case END, STOP_STRING, TOOL_CALL -> "ended";
        };
    }

    private static final class Agent {
        private final StringBuilder words = new StringBuilder();
        private String state = "·";
        private String result = "";

        void say(String text) {
            text.codePoints()
                    .map(point -> Character.isISOControl(point) ? ' ' : point)
                    .forEach(words::appendCodePoint);
            if (words.length() > 2 * KEPT) {
                words.delete(0, words.length() - KEPT);
            }
        }

        void end(String mark, String what) {
            state = mark;
            result = what;
        }

        String line(int number, int width) {
            String head = "%3d %s %s".formatted(number + 1, state, result.isEmpty() ? "" : result);
            if (!result.isEmpty() || head.length() >= width) {
                return head.substring(0, Math.min(head.length(), width));
            }
            int room = width - head.length();
            int from = Math.max(0, words.length() - room);
            if (from > 0 && Character.isLowSurrogate(words.charAt(from))) {
                from++;
            }
            return head + words.substring(from);
        }
    }
}
