package dev.polymnia.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.app.terminal.FakeConsole;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The scripts for shells; the one for bash is driven as bash drives it.
final class CompletionTest {
    @TempDir private Path folder;

    @Test
    void commands_are_completed_and_hidden_ones_are_not() throws Exception {
        assertThat(completed("polymnia", "")).contains("ask", "models", "doctor", "completion");
        assertThat(completed("polymnia", "")).doesNotContain("rehearse");
        assertThat(completed("polymnia", "mod")).containsExactly("models");
        assertThat(completed("polymnia", "models", "p")).containsExactly("pull");
        assertThat(completed("polymnia", "models", "t")).containsExactly("tune");
        assertThat(completed("polymnia", "completion", "")).contains("bash", "zsh", "fish");
    }

    @Test
    void options_and_modes_are_completed() throws Exception {
        assertThat(completed("polymnia", "ask", "--mo"))
                .containsExactlyInAnyOrder("--mode", "--model", "--money");
        assertThat(completed("polymnia", "ask", "--mode", ""))
                .containsExactly("instant", "thinking", "contemplating");
        assertThat(completed("polymnia", "ask", "-m", "c")).containsExactly("contemplating");
    }

    @Test
    void models_of_the_catalogue_are_completed() throws Exception {
        assertThat(completed("polymnia", "ask", "--model", "smol")).containsExactly("smollm2-135m");
        assertThat(completed("polymnia", "models", "info", "smol")).containsExactly("smollm2-135m");
        assertThat(completed("polymnia", "models", "tune", "smol")).containsExactly("smollm2-135m");
        assertThat(completed("polymnia", "models", "pull", "qwen2.5-coder-1"))
                .containsExactly("qwen2.5-coder-1.5b");
    }

    @Test
    void a_launcher_in_a_folder_with_spaces_is_completed() throws Exception {
        assertThat(completed("/a place with spaces/polymnia", "ask", "--mode", "i"))
                .containsExactly("instant");
    }

    @Test
    void files_are_offered_where_nothing_else_fits() throws Exception {
        assertThat(bash("complete -p polymnia")).contains("-o default");
        assertThat(completed("polymnia", "ask", "--model", "./my")).isEmpty();
    }

    @Test
    void the_script_for_zsh_loads_its_bash_completion() {
        assertThat(script("zsh")).contains("bashcompinit").contains("complete -F");
    }

    @Test
    void the_script_for_fish_has_commands_options_and_models_under_their_conditions() {
        assertThat(script("fish").lines())
                .anyMatch(line ->
                        line.startsWith(
                                "complete -c polymnia -n '__fish_seen_subcommand_from models; and"
                                        + " not __fish_seen_subcommand_from info list pull rm"
                                        + " tune verify' -f -a 'pull' -d 'Fetches a model"))
                .anyMatch(line -> line.contains("-s m -l mode -r -a 'instant thinking"))
                .anyMatch(line -> line.contains("from pull' -f -a 'qwen2.5-coder-1.5b"))
                .noneMatch(line -> line.contains("rehearse"));
    }

    @Test
    void an_unknown_shell_is_refused_with_those_that_are_known() {
        FakeConsole terminal = FakeConsole.of("");

        assertThat(Main.run(terminal.console(), false, "completion", "tcsh")).isEqualTo(2);
        assertThat(terminal.err()).contains("tcsh").contains("bash, zsh, fish");
    }

    private static String script(String shell) {
        FakeConsole terminal = FakeConsole.of("");
        assertThat(Main.run(terminal.console(), false, "completion", shell)).isZero();
        return terminal.out();
    }

    /// Returns what bash offers when the cursor stands behind the last word.
    private List<String> completed(String... words) throws Exception {
        List<String> quoted = new ArrayList<>();
        for (String word : words) {
            quoted.add("'" + word + "'");
        }
        String offers =
                bash(
                        """
                        COMP_WORDS=(%s)
                        COMP_CWORD=%d
                        COMP_LINE="${COMP_WORDS[*]}"
                        COMP_POINT=${#COMP_LINE}
                        _complete_polymnia
                        for offer in "${COMPREPLY[@]}"; do echo "${offer%% }"; done
                        """
                                .formatted(String.join(" ", quoted), words.length - 1));
        return offers.lines().toList();
    }

    private String bash(String commands) throws Exception {
        Path completion = folder.resolve("completion of polymnia");
        Files.writeString(completion, script("bash"));
        Process process =
                new ProcessBuilder("bash", "--norc", "-c", ". \"$0\"\n" + commands, completion + "")
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isLessThan(2);
        return out;
    }
}
