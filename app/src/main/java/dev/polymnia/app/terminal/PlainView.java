package dev.polymnia.app.terminal;

import static java.util.stream.Collectors.joining;

import dev.polymnia.agents.RunListener;
import dev.polymnia.core.Mode;
import dev.polymnia.core.message.Content;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.RunEvent;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;

/// A run in sentences, one after another, for screen readers and for terminals that cannot move
/// their cursor: nothing is drawn over, no colours, no signs that stand for words. The answer comes
/// in whole lines. Confined to the thread of the run.
final class PlainView implements RunListener {
    private final PrintWriter out;
    private final boolean brief;
    private final StringBuilder line = new StringBuilder();
    private Optional<Event.Tally> tally = Optional.empty();
    private boolean team;
    private boolean answering;

    /// @param brief whether the run ends with one line instead of its whole ledger
    PlainView(PrintWriter out, boolean brief) {
        this.out = out;
        this.brief = brief;
    }

    @Override
    public void on(RunEvent event) {
        switch (event.event()) {
            case Event.RunStarted started -> begin(started);
            case Event.AgentFinished finished -> {
                if (team) {
                    out.println(sentence(event.branch(), finished));
                }
            }
            case Event.ToolFinished finished -> {
                endLine();
                out.println(sentence(event.branch(), finished));
            }
            case Event.Suspended(List<Content.ToolCall> calls, _) -> {
                endLine();
                out.println(
                        "Waiting for the results of "
                                + calls.stream()
                                        .map(call -> Printable.line(call.name()))
                                        .collect(joining(", "))
                                + ".");
            }
            case Event.Tally latest -> tally = Optional.of(latest);
            case Event.StoppedEarly early -> {
                endLine();
                out.println("Stopped: " + Summary.stop(early) + ".");
            }
            case Event.AnswerDelta(String text) -> say(text);
            case Event.RunFinished finished -> finish(finished);
            case Event.RunFailed _ -> endLine();
            case Event.AgentStarted _, Event.BudgetRaised _, Event.Told _, Event.JoinStarted _ -> {}
        }
        out.flush();
    }

    private void begin(Event.RunStarted started) {
        team = started.mode() == Mode.CONTEMPLATING;
        if (!brief) {
            out.println(Summary.start(started));
        }
        if (started.mode() != Mode.INSTANT) {
            out.println(team ? "The agents are thinking." : "Thinking.");
        }
    }

    private static String sentence(int agent, Event.AgentFinished finished) {
        String who = "Agent " + (agent + 1);
        String why = Summary.words(finished.reason());
        if (finished.answer().isPresent()) {
            String answer = who + " answers " + Printable.line(finished.answer().get());
            return finished.votes()
                    ? answer + "."
                    : answer + ", which does not count: " + why + ".";
        }
        if (!finished.note().isEmpty()) {
            return who + " has no answer: " + Printable.line(finished.note()) + ".";
        }
        return finished.reason().isCutOff()
                ? who + " has no answer: " + why + "."
                : who + " has written a text.";
    }

    private String sentence(int agent, Event.ToolFinished finished) {
        String who = team ? "Agent " + (agent + 1) + ": the tool " : "The tool ";
        return who + Printable.line(finished.call().name()) + Summary.words(finished) + ".";
    }

    private void say(String text) {
        if (!answering) {
            answering = true;
            tally.filter(latest -> !latest.shares().isEmpty())
                    .ifPresent(latest -> out.println("Votes: " + Summary.spokenVotes(latest)));
            out.println("Answer:");
        }
        line.append(Printable.shown(text));
        int end = line.lastIndexOf("\n") + 1;
        out.print(line.substring(0, end));
        line.delete(0, end);
    }

    private void endLine() {
        if (!line.isEmpty()) {
            out.println(line);
            line.setLength(0);
        }
    }

    private void finish(Event.RunFinished finished) {
        endLine();
        if (finished.outcome().partial()) {
            out.println(Summary.PARTIAL);
        }
        if (brief) {
            out.println("Cost: " + Summary.brief(tally, finished.ledger()));
        } else {
            Summary.ledger(finished.ledger()).forEach(out::println);
        }
    }
}
