package dev.polymnia.models.toolcall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.models.toolcall.Outputs.Output;
import dev.polymnia.models.toolcall.Readings.Reading;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class OutputsTest {
    @ParameterizedTest
    @MethodSource("dev.polymnia.models.toolcall.Outputs#all")
    void an_output_is_read_as_its_words_and_calls(Output output) {
        Reading reading = Readings.read(output.format(), output.text());

        assertThat(reading.parts()).isEqualTo(output.expected());
        assertThat(reading.cutOff()).isEqualTo(output.text().endsWith("<tool_call>"));
    }

    @ParameterizedTest
    @MethodSource("dev.polymnia.models.toolcall.Outputs#all")
    void it_does_not_matter_how_an_output_is_cut(Output output) {
        Reading whole = Readings.read(output.format(), output.text());

        for (List<String> parts : Readings.cuts(output.text())) {
            assertThat(Readings.read(output.format(), parts)).as("%s", parts).isEqualTo(whole);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.polymnia.models.toolcall.Outputs#all")
    void nothing_is_lost_wherever_a_turn_ends(Output output) {
        Reading whole = Readings.read(output.format(), output.text());

        for (int end = 0; end <= output.text().length(); end++) {
            String text = output.text().substring(0, end);
            Reading reading = Readings.read(output.format(), text);

            assertThat(Losses.none(output.format(), text, reading))
                    .as("nothing of %s is lost in %s", text, reading)
                    .isTrue();
            assertThat(reading.calls()).isLessThanOrEqualTo(whole.calls());
        }
    }

    @ParameterizedTest
    @MethodSource("dev.polymnia.models.toolcall.Outputs#all")
    void calls_come_as_soon_as_they_are_finished_and_then_stay(Output output) {
        List<String> before = new ArrayList<>();
        for (int end = 0; end <= output.text().length(); end++) {
            ToolCallReader reader =
                    new ToolCallReader(output.format(), Readings.TOOLS, output.format()::id);
            List<String> now = Readings.joined(reader.accept(output.text().substring(0, end)));
            List<String> calls = now.stream().filter(Readings::isCall).toList();

            assertThat(calls).hasSizeGreaterThanOrEqualTo(before.size());
            assertThat(calls.subList(0, before.size())).isEqualTo(before);
            before = calls;
        }
    }
}
