package dev.polymnia.agents;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Clock;
import dev.polymnia.core.Fault;
import dev.polymnia.core.Mode;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.model.BranchEvent;
import dev.polymnia.core.model.Channel;
import dev.polymnia.core.run.Budget;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.Outcome;
import dev.polymnia.core.run.RunEvent;
import dev.polymnia.testkit.ManualClock;
import dev.polymnia.testkit.Script;
import dev.polymnia.testkit.ScriptedModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A run of scripted agents and the log of its events.
abstract class RunFixture {
    static final String LEFT = "36 - 5 = 31.\nAnswer: 31";
    static final String OTHER = "36 - 15 = 21.\nAnswer: 21";

    final List<RunEvent> log = new ArrayList<>();
    final Cancellation cancellation = new Cancellation();
    final ManualClock clock = new ManualClock();

    Outcome answer(Script script, RunRequest request) {
        try (ScriptedModel model = ScriptedModel.of(script)) {
            return new Assistant(model, Clock.SYSTEM).answer(request, log::add);
        }
    }

    Outcome answer(Script script, RunRequest request, ProgramRunner programs) {
        try (ScriptedModel model = ScriptedModel.of(script)) {
            return new Assistant(model, Clock.SYSTEM, programs).answer(request, log::add);
        }
    }

    RunRequest request(Mode mode) {
        return new RunRequest(
                "run",
                List.of(Message.user("How many muffins are left?")),
                mode,
                Budget.UNLIMITED,
                7,
                8,
                cancellation);
    }

    void assertAgent(int agent) {
        List<Event> told =
                log.stream().filter(event -> event.branch() == agent).map(RunEvent::event).toList();
        assertThat(told.getFirst()).isInstanceOf(Event.AgentStarted.class);
        assertThat(told.getLast()).isInstanceOf(Event.AgentFinished.class);
        assertThat(told.stream().filter(Event.AgentFinished.class::isInstance)).hasSize(1);
        assertThat(told.get(told.size() - 2))
                .isInstanceOfSatisfying(
                        Event.Told.class,
                        end -> assertThat(end.event()).isInstanceOf(BranchEvent.Ended.class));
    }

    Map<Integer, String> answersByAgent() {
        Map<Integer, String> answers = new TreeMap<>();
        for (RunEvent event : log) {
            if (event.event() instanceof Event.AgentFinished finished && finished.votes()) {
                answers.put(event.branch(), finished.answer().orElseThrow());
            }
        }
        return answers;
    }

    String words(int agent, Channel channel) {
        return log.stream()
                .filter(event -> event.branch() == agent)
                .filter(RunFixture::isWord)
                .map(event -> (BranchEvent.Delta) ((Event.Told) event.event()).event())
                .filter(delta -> delta.channel() == channel)
                .map(BranchEvent.Delta::text)
                .collect(joining());
    }

    /// Returns the answer as it was streamed.
    String streamed() {
        return events(Event.AnswerDelta.class).stream()
                .map(Event.AnswerDelta::text)
                .collect(joining());
    }

    static boolean isWord(RunEvent event) {
        return event.event() instanceof Event.Told(BranchEvent.Delta _);
    }

    <E extends Event> List<E> events(Class<E> type) {
        return log.stream().map(RunEvent::event).filter(type::isInstance).map(type::cast).toList();
    }

    static void assertFault(Fault.Code code, Runnable action) {
        assertThatThrownBy(action::run)
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.code()).isEqualTo(code));
    }
}
