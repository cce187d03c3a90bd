package dev.polymnia.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polymnia.core.Fault;
import dev.polymnia.core.Mode;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.RunEvent;
import dev.polymnia.testkit.Reply;
import dev.polymnia.testkit.Script;
import dev.polymnia.testkit.ScriptedModel;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Runs that end by what is no fault of theirs: a listener that throws, a model that breaks.
final class BrokenRunTest extends ToolFixture {
    /// Lists what happens, and throws something at an event.
    private RunListener throwingAt(Predicate<RunEvent> event, Runnable thrower) {
        return told -> {
            log.add(told);
            if (event.test(told)) {
                thrower.run();
            }
        };
    }

    private RunListener throwingAt(Class<? extends Event> type, RuntimeException thrown) {
        return throwingAt(
                told -> type.isInstance(told.event()),
                () -> {
                    throw thrown;
                });
    }

    private void assertBroken(Throwable why) {
        assertSound();
        assertThat(log.getLast().event())
                .isInstanceOfSatisfying(
                        Event.RunFailed.class,
                        end -> {
                            assertThat(end.code()).isEqualTo(Fault.Code.INTERNAL);
                            assertThat(end.message()).isEqualTo("The run broke off: " + why);
                        });
    }

    @ParameterizedTest
    @EnumSource
    void a_listener_that_throws_ends_the_run_and_hears_of_it(Mode mode) {
        IllegalStateException full = new IllegalStateException("the disk is full");
        try (ScriptedModel model = ScriptedModel.of(Script.inOrder(List.of(LEFT)))) {
            RunListener listener =
                    throwingAt(
                            RunFixture::isWord,
                            () -> {
                                throw full;
                            });

            assertThatThrownBy(() -> new Assistant(model, clock).answer(request(mode), listener))
                    .isSameAs(full);
        }
        assertBroken(full);
        assertThat(log.stream().filter(RunFixture::isWord)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                Event.RunStarted.class,
                Event.AgentStarted.class,
                Event.AgentFinished.class,
                Event.Tally.class,
                Event.StoppedEarly.class,
                Event.JoinStarted.class,
                Event.AnswerDelta.class
            })
    void whatever_it_throws_at_the_end_of_the_run_is_told_once(Class<? extends Event> type) {
        IllegalStateException full = new IllegalStateException("the disk is full");
        try (ScriptedModel model = ScriptedModel.of(Script.inOrder(List.of(LEFT)))) {
            RunListener listener = throwingAt(type, full);

            assertThatThrownBy(() ->
                            new Assistant(model, clock)
                                    .answer(request(Mode.CONTEMPLATING), listener))
                    .isSameAs(full);
        }
        assertBroken(full);
        assertThat(log.get(log.size() - 2).event()).isInstanceOf(type);
    }

    @ParameterizedTest
    @EnumSource
    void a_listener_that_throws_at_the_last_event_is_told_no_other(Mode mode) {
        IllegalStateException full = new IllegalStateException("the disk is full");
        try (ScriptedModel model = ScriptedModel.of(Script.inOrder(List.of(LEFT)))) {
            RunListener listener = throwingAt(Event.RunFinished.class, full);

            assertThatThrownBy(() -> new Assistant(model, clock).answer(request(mode), listener))
                    .isSameAs(full);
        }
        assertSound();
        assertThat(log.getLast().event()).isInstanceOf(Event.RunFinished.class);
    }

    @Test
    void a_listener_that_always_throws_is_not_asked_for_ever() {
        try (ScriptedModel model = ScriptedModel.of(Script.inOrder(List.of(LEFT)))) {
            RunListener listener =
                    throwingAt(
                            _ -> true,
                            () -> {
                                throw new IllegalStateException("event " + log.size());
                            });

            assertThatThrownBy(() ->
                            new Assistant(model, clock).answer(request(Mode.INSTANT), listener))
                    .hasMessage("event 1")
                    .satisfies(thrown ->
                            assertThat(thrown.getSuppressed())
                                    .extracting(Throwable::getMessage)
                                    .containsExactly("event 2"));
        }
        assertSound();
    }

    @Test
    void words_that_exhaust_the_stack_end_the_run_and_it_is_told() {
        StackOverflowError deep = new StackOverflowError("too deep");
        try (ScriptedModel model = ScriptedModel.of(Script.inOrder(List.of(LEFT)))) {
            RunListener listener =
                    throwingAt(
                            RunFixture::isWord,
                            () -> {
                                throw deep;
                            });

            assertThatThrownBy(() ->
                            new Assistant(model, clock).answer(request(Mode.THINKING), listener))
                    .isSameAs(deep);
        }
        assertBroken(deep);
    }

    @ParameterizedTest
    @EnumSource
    void a_model_that_breaks_ends_the_run_and_it_is_told(Mode mode) {
        IllegalStateException broken = new IllegalStateException("no memory");
        Script breaks =
                (_, index) -> {
                    if (index == 1 || mode != Mode.CONTEMPLATING) {
                        throw broken;
                    }
                    return Reply.of(LEFT);
                };

        assertThatThrownBy(() -> answer(breaks, request(mode))).isSameAs(broken);

        assertBroken(broken);
        assertThat(events(Event.AgentStarted.class)).isEmpty();
    }
}
