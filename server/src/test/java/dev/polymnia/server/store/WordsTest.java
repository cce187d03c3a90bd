package dev.polymnia.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.core.model.BranchEvent;
import dev.polymnia.core.model.Channel;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.RunEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WordsTest {
    private long sequence;

    private RunEvent words(int branch, Channel channel, String text) {
        return event(branch, new Event.Told(new BranchEvent.Delta(channel, text, List.of())));
    }

    private RunEvent event(int branch, Event event) {
        return new RunEvent("run", branch, sequence++, Duration.ZERO, event);
    }

    private static List<String> joined(RunEvent... events) {
        Words words = new Words();
        List<RunEvent> all = new ArrayList<>();
        for (RunEvent event : events) {
            all.addAll(words.add(event));
        }
        all.addAll(words.rest());
        assertThat(all).extracting(RunEvent::sequence).isSorted();
        return all.stream()
                .map(event ->
                        event.branch()
                                + switch (event.event()) {
                                    case Event.Told(BranchEvent.Delta delta) ->
                                            " " + delta.channel() + " " + delta.text();
                                    case Event.AnswerDelta(String text) -> " answers " + text;
                                    default -> " else";
                                })
                .toList();
    }

    @Test
    void words_of_one_branch_are_joined_across_those_of_others() {
        assertThat(
                        joined(
                                words(0, Channel.REASONING, "a"),
                                words(1, Channel.REASONING, "x"),
                                words(0, Channel.REASONING, "b"),
                                words(1, Channel.REASONING, "y"),
                                words(0, Channel.ANSWER, "c")))
                .containsExactly("0 REASONING ab", "1 REASONING xy", "0 ANSWER c");
    }

    @Test
    void no_word_passes_an_event_of_another_kind() {
        assertThat(
                        joined(
                                words(0, Channel.ANSWER, "a"),
                                words(0, Channel.ANSWER, "b"),
                                event(RunEvent.WHOLE, new Event.Tally(List.of(), 0, 1)),
                                words(0, Channel.ANSWER, "c")))
                .containsExactly("0 ANSWER ab", "-1 else", "0 ANSWER c");
    }

    @Test
    void words_of_the_answer_are_joined_beside_those_of_its_branch() {
        assertThat(
                        joined(
                                words(0, Channel.ANSWER, "a"),
                                event(0, new Event.AnswerDelta("a")),
                                words(0, Channel.ANSWER, "b"),
                                event(0, new Event.AnswerDelta("b"))))
                .containsExactly("0 ANSWER ab", "0 answers ab");
    }
}
