package dev.polymnia.app.terminal;

import dev.polymnia.agents.Assistant;
import dev.polymnia.agents.RunListener;
import dev.polymnia.agents.RunRequest;
import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Mode;
import dev.polymnia.core.message.Content;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.model.BranchEvent;
import dev.polymnia.core.model.Channel;
import dev.polymnia.core.model.StopReason;
import dev.polymnia.core.model.Usage;
import dev.polymnia.core.run.Budget;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.Ledger;
import dev.polymnia.core.run.Outcome;
import dev.polymnia.core.run.RunEvent;
import dev.polymnia.testkit.ManualClock;
import dev.polymnia.testkit.Script;
import dev.polymnia.testkit.ScriptedModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Logs of runs, as views get them.
final class Runs {
    static final List<String> WORDS =
            List.of(
                    "So 36 - 5 = 31.\nAnswer: 31",
                    "So 36 - 15 = 21.\nAnswer: 21",
                    "36 less 5.\nAnswer: 31");

    private Runs() {}

    static List<RunEvent> log(Mode mode, Budget budget) {
        return log(mode, budget, WORDS);
    }

    static List<RunEvent> log(Mode mode, Budget budget, List<String> words) {
        List<RunEvent> log = new ArrayList<>();
        try (ScriptedModel model = ScriptedModel.of(Script.inOrder(words))) {
            new Assistant(model, new ManualClock())
                    .answer(
                            new RunRequest(
                                    "run",
                                    List.of(Message.user("How many?")),
                                    mode,
                                    budget,
                                    7,
                                    8,
                                    new Cancellation()),
                            log::add);
        }
        return log;
    }

    /// Returns the log of a run of four agents, one of which does not agree, one of which was not
    /// waited for. Always the same, to the millisecond.
    static List<RunEvent> contemplation() {
        Log log = new Log();
        log.tell(
                RunEvent.WHOLE,
                new Event.RunStarted(Mode.CONTEMPLATING, "scripted", 7, Budget.UNLIMITED));
        for (int agent = 0; agent < 4; agent++) {
            log.tell(agent, new Event.AgentStarted(1, agent, "words"));
            log.tell(agent, new Event.Told(new BranchEvent.Started(12, 1)));
        }
        for (String word : List.of("So 36", " - 5", " is 31.", " Then\n", "we have it.")) {
            for (int agent = 0; agent < 4; agent++) {
                log.tell(
                        agent,
                        new Event.Told(new BranchEvent.Delta(Channel.REASONING, word, List.of())));
            }
        }
        log.finish(2, "31", StopReason.END);
        log.finish(0, "21", StopReason.END);
        log.finish(1, "31", StopReason.END);
        log.finish(3, "", StopReason.CANCELLED);
        log.tell(
                RunEvent.WHOLE,
                new Event.Tally(
                        List.of(new Event.Share("31", 2, 2, 1.8), new Event.Share("21", 1, 1, 0.9)),
                        1,
                        0));
        log.tell(
                RunEvent.WHOLE,
                new Event.StoppedEarly(Event.Rule.LOSSLESS, "2 votes against 1, and no more"));
        log.tell(RunEvent.WHOLE, new Event.JoinStarted(Event.Method.VOTE));
        log.tell(RunEvent.WHOLE, new Event.AnswerDelta("There are **31**"));
        log.tell(RunEvent.WHOLE, new Event.AnswerDelta(" muffins left."));
        log.tell(
                RunEvent.WHOLE,
                new Event.RunFinished(
                        new Outcome("There are **31** muffins left.", Optional.of("31"), false),
                        new Ledger(
                                List.of(
                                        new Ledger.Entry(Ledger.SHARED, new Usage(0, 12, 0), 0),
                                        new Ledger.Entry(0, new Usage(12, 1, 21), 0),
                                        new Ledger.Entry(1, new Usage(12, 1, 1302), 0)),
                                List.of(),
                                Duration.ofMillis(4321))));
        return log.events;
    }

    /// Returns the log of a run of two agents that share a tool, whose next call is the client's.
    static List<RunEvent> tools() {
        Log log = new Log();
        log.tell(
                RunEvent.WHOLE,
                new Event.RunStarted(Mode.CONTEMPLATING, "scripted", 7, Budget.UNLIMITED));
        for (int agent = 0; agent < 2; agent++) {
            Content.ToolCall call = new Content.ToolCall("call_0", "look", "{\"at\":1}");
            log.tell(agent, new Event.AgentStarted(1, agent, "words"));
            log.tell(agent, new Event.Told(new BranchEvent.Called(call)));
            log.tell(
                    agent,
                    new Event.ToolFinished(
                            call,
                            new Content.ToolResult(
                                    "call_0",
                                    "look",
                                    List.of(new Content.Text("a \u001b[1mfox")),
                                    agent == 1),
                            agent + 1));
        }
        log.tell(
                RunEvent.WHOLE,
                new Event.Suspended(
                        List.of(
                                new Content.ToolCall("call-run-7-0", "fetch", "{}"),
                                new Content.ToolCall("call-run-7-1", "send", "{}")),
                        new Ledger(List.of(), List.of(), Duration.ofSeconds(1))));
        return log.events;
    }

    private static final class Log {
        private final List<RunEvent> events = new ArrayList<>();

        void tell(int agent, Event event) {
            int number = events.size();
            events.add(new RunEvent("run", agent, number, Duration.ofMillis(number * 60L), event));
        }

        void finish(int agent, String answer, StopReason reason) {
            tell(
                    agent,
                    new Event.AgentFinished(
                            Optional.of(answer).filter(each -> !each.isEmpty()),
                            !answer.isEmpty(),
                            0.9,
                            reason,
                            new Usage(12, 1, 21),
                            ""));
        }
    }

    static void show(RunListener view, List<RunEvent> log) {
        log.forEach(view::on);
    }
}
