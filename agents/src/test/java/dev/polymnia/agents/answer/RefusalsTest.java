package dev.polymnia.agents.answer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RefusalsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "I'm sorry, but I can't help with that.",
                "I\u2019m sorry, but I can\u2019t assist with that request.",
                "I am sorry, I cannot answer this question.",
                "Sorry, but I can't do that.",
                "I can't help with that.",
                "I cannot provide medical advice.",
                "I'm unable to assist you with this.",
                "I am not able to give an answer.",
                "I won't help with that.",
                "I must decline to answer.",
                "Unfortunately, I cannot share that.",
                "My apologies, but I will not be able to help.",
                "As an AI, I do not have opinions.",
                "As an AI language model, I cannot feel.",
                "I'm sorry, but as an AI I can't know how you feel.",
                "**I'm sorry, but I can't help with that.**",
            })
    void a_refusal_is_told(String words) {
        assertThat(Refusals.isRefusal(words)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "31",
                "Sorry, that was wrong. It is 31.",
                "I'm sorry for your loss.",
                "I can't believe that it is 31.",
                "I cannot see a mistake, so it is 31.",
                "As an AI, I have counted them: 31.",
                "He said: I'm sorry, but I can't help with that.",
                "We cannot give each child the same, so one gets 3.",
                "No, it can't.",
                "Cannot be determined.",
                "It helps to write it down.",
            })
    void an_answer_is_no_refusal(String words) {
        assertThat(Refusals.isRefusal(words)).isFalse();
    }

    @Test
    void a_refusal_does_not_vote() {
        AnswerReader reader = new AnswerReader("Answer:", "Who is the best?");

        assertThat(reader.read("I'm sorry, but I can't help with that.")).isEmpty();
        assertThat(reader.read("Answer: I'm sorry, but I can't help with that.")).isEmpty();
        assertThat(reader.read("I can't answer that.")).isEmpty();
        assertThat(reader.read("I can't help with that.\nAnswer: nobody")).isEmpty();
        assertThat(reader.read("As an AI, I do not judge.\nThe answer is private.")).isEmpty();
        assertThat(reader.result("I cannot answer that")).isEmpty();
    }

    @Test
    void a_figure_votes_in_spite_of_an_excuse() {
        AnswerReader reader = new AnswerReader("Answer:", "How many are left?");

        assertThat(reader.read("I can't give reasons here.\nAnswer: 31")).contains("31");
        assertThat(reader.read("Sorry, that was wrong.\nAnswer: 31")).contains("31");
    }
}
