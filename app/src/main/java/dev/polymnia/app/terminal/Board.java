package dev.polymnia.app.terminal;

import dev.polymnia.core.message.Content;
import dev.polymnia.core.model.BranchEvent;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.RunEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jline.utils.AttributedString;

/// What is to be seen of the agents of a run: one line each, with the latest words or the answer.
/// Built from events only, so a log of them gives the same board. Confined to one thread.
final class Board {
    /// The most characters of an agent's words that are kept; no terminal is wider.
    private static final int KEPT = 1024;

    /// The lines of an agent that thinks alone.
    private static final int ALONE = 4;

    private final SortedMap<Integer, Agent> agents = new TreeMap<>();

    /// Takes the next event.
    void on(RunEvent event) {
        switch (event.event()) {
            case Event.AgentStarted started ->
                    agents.put(event.branch(), new Agent(Summary.how(started.approach())));
            case Event.Told(BranchEvent.Delta delta) -> agent(event).say(delta.text());
            case Event.Told(BranchEvent.Started _) -> agent(event).state = "…";
            case Event.Told(BranchEvent.Called(Content.ToolCall call)) ->
                    agent(event).say(" [" + call.name() + "] ");
            case Event.ToolFinished finished ->
                    agent(event)
                            .say(
                                    " [%s%s] "
                                            .formatted(
                                                    finished.call().name(),
                                                    Summary.words(finished)));
            case Event.Told(BranchEvent.Failed failed) -> agent(event).end("✗", failed.message());
            case Event.AgentFinished finished ->
                    agent(event)
                            .end(
                                    finished.votes() ? "●" : "○",
                                    finished.answer().orElseGet(() -> instead(finished)));
            case Event.Told _,
                    Event.RunStarted _,
                    Event.BudgetRaised _,
                    Event.Suspended _,
                    Event.Tally _,
                    Event.StoppedEarly _,
                    Event.JoinStarted _,
                    Event.AnswerDelta _,
                    Event.RunFinished _,
                    Event.RunFailed _ -> {}
        }
    }

    /// Returns one line per agent, and some more of one that thinks alone. If there is no room for
    /// all, agents that are done give way to one line that counts them.
    ///
    /// @param width the most columns of a line
    /// @param height the most lines, at least 1
    List<String> lines(int width, int height) {
        if (agents.size() == 1 && !agents.firstEntry().getValue().isDone()) {
            return agents.firstEntry().getValue().latest(width, Math.min(height, ALONE));
        }
        int hidden = agents.size() <= height ? 0 : agents.size() - height + 1;
        List<String> lines = new ArrayList<>();
        int done = 0;
        for (Map.Entry<Integer, Agent> each : agents.entrySet()) {
            if (done < hidden && each.getValue().isDone()) {
                done++;
            } else {
                lines.add(each.getValue().line(each.getKey(), width));
            }
        }
        if (done > 0) {
            lines.addFirst(Columns.head("    %d agents are done".formatted(done), width));
        }
        return lines.subList(0, Math.min(height, lines.size()));
    }

    /// Returns what stands in the place of an answer.
    private static String instead(Event.AgentFinished finished) {
        if (!finished.note().isEmpty()) {
            return "(" + finished.note() + ")";
        }
        return finished.reason().isCutOff()
                ? "(" + Summary.words(finished.reason()) + ")"
                : "(a text)";
    }

    private Agent agent(RunEvent event) {
        return agents.computeIfAbsent(event.branch(), _ -> new Agent(""));
    }

    private static final class Agent {
        private final StringBuilder words = new StringBuilder();
        private final String how;
        private String state = "·";
        private String result = "";
        private boolean done;

        Agent(String how) {
            this.how = how;
        }

        void say(String text) {
            words.append(Printable.shown(text).replace('\n', ' '));
            if (words.length() > 2 * KEPT) {
                words.delete(0, words.length() - KEPT);
            }
        }

        void end(String mark, String what) {
            state = mark;
            result = Printable.line(what) + how;
            done = true;
        }

        boolean isDone() {
            return done;
        }

        /// Returns the latest words in several lines.
        List<String> latest(int width, int height) {
            String head = "  1 " + state + " ";
            List<AttributedString> lines =
                    Wrap.lines(new AttributedString(words), Math.max(2, width - head.length()));
            List<String> shown = new ArrayList<>();
            for (AttributedString line :
                    lines.subList(Math.max(0, lines.size() - height), lines.size())) {
                String before = shown.isEmpty() ? head : " ".repeat(head.length());
                shown.add(Columns.head(before + line, width));
            }
            return shown;
        }

        String line(int number, int width) {
            String head = "%3d %s ".formatted(number + 1, state);
            return done
                    ? Columns.head(head + result, width)
                    : head + Columns.tail(words, Math.max(0, width - head.length()));
        }
    }
}
