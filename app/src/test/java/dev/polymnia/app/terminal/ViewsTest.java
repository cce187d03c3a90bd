package dev.polymnia.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.core.Mode;
import dev.polymnia.core.run.Budget;
import dev.polymnia.core.run.RunEvent;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

final class ViewsTest {
    @ParameterizedTest
    @EnumSource(Mode.class)
    void piped_output_is_the_answer_alone(Mode mode) {
        FakeConsole terminal = FakeConsole.of("");

        Runs.show(new AnswerView(terminal.console()), Runs.log(mode, Budget.UNLIMITED));

        assertThat(terminal.out())
                .isEqualTo(mode == Mode.INSTANT ? Runs.WORDS.getFirst() + "\n" : "31\n");
        assertThat(terminal.err()).isEmpty();
    }

    @Test
    void that_an_answer_is_partial_is_said_beside_it() {
        FakeConsole terminal = FakeConsole.of("");

        Runs.show(
                new AnswerView(terminal.console()),
                Runs.log(Mode.CONTEMPLATING, Budget.UNLIMITED.withTokens(12)));

        assertThat(terminal.out()).isNotBlank();
        assertThat(terminal.err()).contains("best answer so far");
    }

    @Test
    void tools_are_told_in_json_with_their_calls_and_results() {
        FakeConsole terminal = FakeConsole.of("");

        Runs.show(new JsonView(terminal.console().out()), Runs.tools());

        List<JsonNode> lines = terminal.out().lines().map(new ObjectMapper()::readTree).toList();
        JsonNode finished = lines.get(6);
        assertThat(finished.get("type").stringValue()).isEqualTo("tool_finished");
        assertThat(finished.get("name").stringValue()).isEqualTo("look");
        assertThat(finished.get("arguments").stringValue()).isEqualTo("{\"at\":1}");
        assertThat(finished.get("text").stringValue()).isEqualTo("a \u001b[1mfox");
        assertThat(finished.get("failed").booleanValue()).isTrue();
        assertThat(finished.get("agents").intValue()).isEqualTo(2);
        assertThat(lines.getLast().get("type").stringValue()).isEqualTo("suspended");
        assertThat(lines.getLast().at("/calls/1/name").stringValue()).isEqualTo("send");
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void each_event_is_one_line_of_json(Mode mode) {
        FakeConsole terminal = FakeConsole.of("");
        List<RunEvent> log = Runs.log(mode, Budget.UNLIMITED);

        Runs.show(new JsonView(terminal.console().out()), log);

        List<JsonNode> lines = terminal.out().lines().map(new ObjectMapper()::readTree).toList();
        assertThat(lines).hasSameSizeAs(log);
        for (int i = 0; i < lines.size(); i++) {
            assertThat(lines.get(i).get("sequence").intValue()).isEqualTo(i);
            assertThat(lines.get(i).get("branch").intValue()).isEqualTo(log.get(i).branch());
            assertThat(lines.get(i).get("type").stringValue()).isNotBlank();
        }
        JsonNode end = lines.getLast();
        assertThat(end.get("type").stringValue()).isEqualTo("run_finished");
        assertThat(end.get("text").stringValue()).contains("31");
        assertThat(end.at("/ledger/entries")).isNotEmpty();
    }
}
