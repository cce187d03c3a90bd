package dev.polymnia.models.toolcall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.models.toolcall.Outputs.Output;
import dev.polymnia.models.toolcall.Readings.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Reads damaged outputs.
final class MutationTest {
    private static final int MUTANTS = 1000;
    private static final List<String> SNIPPETS =
            List.of("\"", "\\", "{", "}", "[", "]", "<", ">", "\n", " ", "`", ";", ",", "é", "😀");

    @ParameterizedTest
    @EnumSource
    void damaged_outputs_lose_nothing_and_keep_no_call_in_their_words(ToolCallFormat format) {
        List<Output> outputs = Outputs.of(format);
        List<String> snippets = new ArrayList<>(SNIPPETS);
        snippets.addAll(format.markers());
        snippets.addAll(Syntax.of(format, new Offer(Readings.TOOLS)).openers());
        outputs.forEach(output -> snippets.add(output.text()));
        for (int seed = 0; seed < MUTANTS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            String text = outputs.get(random.nextInt(outputs.size())).text();
            for (int change = random.nextInt(1, 5); change > 0; change--) {
                text = mutant(text, snippets, random);
            }
            check(format, text);
        }
    }

    private static void check(ToolCallFormat format, String text) {
        Reading reading = Readings.read(format, text);
        List<String> characters = text.chars().mapToObj(c -> String.valueOf((char) c)).toList();

        assertThat(Readings.read(format, characters)).as("%s", text).isEqualTo(reading);
        assertThat(Losses.none(format, text, reading)).as("%s in %s", text, reading).isTrue();
        String before = "";
        for (String part : reading.parts()) {
            boolean call = Readings.isCall(part);
            if (!call) {
                // Words after a call are read after one, because some formats go on then.
                assertThat(Readings.read(format, before + part).calls())
                        .as("%s in %s", part, text)
                        .isEqualTo(before.isEmpty() ? 0 : 1);
            }
            before = call ? CallSamples.of(format, "now", "x") : "";
        }
    }

    private static String mutant(String text, List<String> snippets, SplittableRandom random) {
        int from = random.nextInt(text.length() + 1);
        int to = Math.min(text.length(), from + random.nextInt(12));
        String before = text.substring(0, from);
        String snippet = snippets.get(random.nextInt(snippets.size()));
        return switch (random.nextInt(5)) {
            case 0 -> before + text.substring(to);
            case 1 -> before + snippet + text.substring(from);
            case 2 -> before + snippet + text.substring(to);
            case 3 -> before + text.substring(from, to) + text.substring(from);
            default -> before;
        };
    }
}
