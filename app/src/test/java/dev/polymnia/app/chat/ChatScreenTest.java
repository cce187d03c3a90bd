package dev.polymnia.app.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Golden screens of whole chats in a real pseudo-terminal.
final class ChatScreenTest {
    private static final String PROMPT = "instant>";

    @TempDir private Path folder;

    @Test
    void markdown_is_rendered_and_a_run_ends_with_one_line() throws Exception {
        try (Tmux chat = chat(40, 20)) {
            chat.awaitPrompt(PROMPT, "/help shows the");
            chat.enter("list");

            assertThat(withoutSeconds(chat.awaitPrompt(PROMPT, "tokens")))
                    .containsExactly(
                            "",
                            "scripted · instant · /help shows the",
                            "commands, /quit ends",
                            "instant> list",
                            "Take:",
                            "",
                            "1. eggs",
                            "2. milk",
                            "",
                            "a ┊ b",
                            "╌╌┊╌╌",
                            "1 ┊ 2",
                            "",
                            "SECONDS · 17 tokens",
                            "instant>");
        }
    }

    @Test
    void an_interrupt_stops_the_run_and_not_the_program() throws Exception {
        try (Tmux chat = chat(60, 20)) {
            chat.awaitPrompt(PROMPT, "/help");
            chat.enter("endless");
            chat.await(rows -> rows.toString().contains("again and again"));
            chat.keys("C-c");
            chat.awaitPrompt(PROMPT, "Stopped. The question is not part of the conversation.");
            chat.enter("still there");
            chat.awaitPrompt(PROMPT, "You said: still there");
            chat.keys("C-c");
            chat.awaitPrompt(PROMPT, "Ctrl-D or /quit ends the chat.");
            chat.keys("C-d");
            chat.awaitEnd();
        }
        assertThat(savedText()).contains("still there").doesNotContain("endless");
    }

    @Test
    void lines_are_edited_completed_and_remembered() throws Exception {
        try (Tmux chat = chat(60, 30)) {
            chat.awaitPrompt(PROMPT, "/help");
            chat.type("one");
            chat.keys("M-Enter");
            chat.enter("two\\");
            chat.enter("three");
            chat.awaitPrompt(PROMPT, "You said: one / two / three");
            chat.type("/mo");
            chat.keys("Tab");
            chat.await(rows -> rows.getLast().startsWith("instant> /mode"));
            chat.type("th");
            chat.keys("Tab");
            chat.await(rows -> rows.getLast().startsWith("instant> /mode thinking"));
            chat.keys("Enter");
            chat.awaitPrompt("thinking>", "mode thinking");
            chat.keys("Up", "Up");
            chat.await(rows -> rows.getLast().endsWith("three"));
            chat.keys("C-c");
            chat.enter("/quit");
            chat.awaitEnd();
        }
        try (Tmux again = chat(60, 30)) {
            again.awaitPrompt(PROMPT, "/help");
            again.keys("Up", "Up");
            again.await(rows -> rows.getLast().equals("instant> /mode thinking"));
        }
    }

    @Test
    void what_is_pasted_stays_one_question() throws Exception {
        try (Tmux chat = chat(60, 20)) {
            chat.awaitPrompt(PROMPT, "/help");
            chat.enter("\u001b[200~first\nsecond\u0007\n\u001b[201~");

            chat.awaitPrompt(PROMPT, "You said: first / second");
        }
    }

    @Test
    void agents_are_drawn_in_a_window_that_changes() throws Exception {
        try (Tmux chat = chat(60, 20)) {
            chat.awaitPrompt(PROMPT, "/help");
            chat.enter("/mode contemplating");
            chat.awaitPrompt("contemplating>", "mode contemplating");
            chat.enter("endless for four");
            chat.await(rows -> rows.toString().contains("  4 … "));
            chat.resize(24, 12);
            chat.resize(70, 16);
            chat.keys("C-c");
            chat.awaitPrompt("contemplating>", "Stopped.");
            chat.enter("vote");

            List<String> rows = chat.awaitPrompt("contemplating>", "3 of 4 agreed");
            assertThat(rows).contains("8").noneMatch(row -> row.contains("again"));
        }
    }

    @Test
    void twenty_columns_are_enough() throws Exception {
        try (Tmux chat = chat(20, 12)) {
            chat.awaitPrompt(PROMPT, "/quit ends");
            chat.enter("a question that is longer than the window");

            assertThat(chat.awaitPrompt(PROMPT, "tokens"))
                    .containsSubsequence(
                            "You said: a", "question that is", "longer than the", "window");
        }
    }

    @Test
    void sentences_are_told_without_drawing() throws Exception {
        try (Tmux chat = chat(60, 20, "plain")) {
            chat.awaitPrompt(PROMPT, "/help");
            chat.enter("endless");
            chat.await(rows -> rows.toString().contains("Answer:"));
            chat.keys("C-c");
            chat.awaitPrompt(PROMPT, "Stopped.");
            chat.enter("vote");

            assertThat(withoutSeconds(chat.awaitPrompt(PROMPT, "Cost")))
                    .containsSubsequence(
                            "instant> vote", "Answer:", "Answer: 8", "Cost: SECONDS · 3 tokens");
        }
    }

    private Tmux chat(int width, int height, String... arguments) throws Exception {
        String path =
                String.join(
                        File.pathSeparator,
                        System.getProperty("jdk.module.path", ""),
                        System.getProperty("java.class.path"),
                        Path.of("target", "test-classes").toAbsolutePath().toString());
        List<String> line =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "--enable-native-access=ALL-UNNAMED",
                                "-Dpolymnia.console=in,out,err," + width,
                                "-cp",
                                path,
                                ChatProgram.class.getName()));
        line.addAll(List.of(arguments));
        return new Tmux(
                Files.createTempDirectory(folder, "t"),
                width,
                height,
                Map.of("POLYMNIA_DATA", folder.resolve("data").toString(), "LC_ALL", "C.UTF-8"),
                line);
    }

    private String savedText() throws Exception {
        StringBuilder text = new StringBuilder();
        try (var files = Files.list(folder.resolve("data").resolve("conversations"))) {
            for (Path file : files.toList()) {
                text.append(Files.readString(file));
            }
        }
        return text.toString();
    }

    private static List<String> withoutSeconds(List<String> rows) {
        return rows.stream().map(row -> row.replaceAll("\\d+\\.\\d s", "SECONDS")).toList();
    }
}
