package dev.polymnia.app.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.agents.TeamChoice;
import dev.polymnia.app.terminal.FakeConsole;
import dev.polymnia.core.Mode;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.message.Role;
import dev.polymnia.core.model.Prompt;
import dev.polymnia.core.run.Budget;
import dev.polymnia.testkit.Reply;
import dev.polymnia.testkit.ScriptedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whole chats, line by line, with a model that says how many messages it has read.
final class ChatTest {
    @TempDir private Path folder;

    private final List<Prompt> prompts = new ArrayList<>();
    private String err = "";

    @Test
    void each_question_comes_with_what_was_said_before() {
        String out = chat("One?\nTwo?\n");

        assertThat(out).contains("reply 1").contains("reply 2");
        assertThat(prompts.getLast().messages())
                .endsWith(Message.user("One?"), Message.assistant("reply 1"), Message.user("Two?"));
        assertThat(folder().list().getFirst().turns()).hasSize(2);
    }

    @Test
    void a_conversation_is_resumed_and_goes_on() {
        chat("One?\n");
        String id = folder().list().getFirst().id();

        String out = chat("/resume " + id + "\nTwo?\n");

        assertThat(out).contains("> One?").contains("reply 1").contains("reply 2");
        assertThat(folder().list()).hasSize(1);
        assertThat(folder().list().getFirst().turns()).hasSize(2);
    }

    @Test
    void new_begins_anew() {
        chat("One?\n/new\nTwo?\n");

        assertThat(prompts.getLast().messages()).endsWith(Message.user("Two?"));
        assertThat(prompts.getLast().messages()).doesNotContain(Message.user("One?"));
        assertThat(folder().list()).hasSize(2);
    }

    @Test
    void modes_budgets_agents_and_seeds_are_set_and_shown() {
        String out =
                chat(
                        """
                        /mode c
                        /agents 4
                        /budget 2000 90s
                        /budget
                        /seed 5
                        /seed off
                        /budget off
                        /mode
                        How many?
                        /ledger
                        /agent 1
                        """);

        assertThat(out)
                .contains("mode contemplating")
                .contains("at most 4 agents")
                .contains("budget: 2,000 tokens for all agents, 90.0 s")
                .contains("seed 5")
                .contains("a new seed each time")
                .contains("budget: none")
                .contains("Agent 4 ")
                .contains("agent 4 ")
                .contains("total");
    }

    @Test
    void what_is_wrong_is_told_and_the_chat_goes_on() {
        String out =
                chat(
                        """
                        /mode fast
                        /agents 99
                        /agents 1
                        /budget lots
                        /budget 0
                        /agent 1
                        /moed
                        /frobnicate
                        /attach nothing.txt
                        /resume nobody
                        /save
                        Still here?
                        """);

        assertThat(err)
                .contains("'fast' is not a mode; choose instant, thinking or contemplating.")
                .contains("'99' is not a number of agents; choose 1 to 64.")
                .contains("'1' is not a number of agents; choose 2 to 64.")
                .contains("'lots' is no limit")
                .contains("'0' is not a number of tokens")
                .contains("no command /moed; did you mean /mode?")
                .contains("no command /frobnicate; /help shows them all.")
                .contains("There is no file nothing.txt.")
                .contains("There is no conversation 'nobody'")
                .contains("Write /save and the file");
        assertThat(out).contains("Nothing has been asked yet.").contains("reply 1");
    }

    @Test
    void a_file_goes_with_the_next_question_only() throws IOException {
        Path notes = Files.writeString(folder.resolve("notes.txt"), "milk, eggs");

        chat("/attach " + notes + "\n/attach\nWhat is missing?\nAnd now?\n");

        assertThat(prompts.getFirst().messages().getLast().text())
                .isEqualTo("File notes.txt:\n```\nmilk, eggs\n```\n\nWhat is missing?");
        assertThat(prompts.getLast().messages().getLast().text()).isEqualTo("And now?");
    }

    @Test
    void a_question_that_fails_keeps_its_attachments_and_leaves_no_turn() throws IOException {
        Path notes = Files.writeString(folder.resolve("notes.txt"), "milk");

        chat("/attach " + notes + "\nfail\nWhat is missing?\n");

        assertThat(err).contains("The script fails after 1 tokens.");
        assertThat(prompts.getLast().messages().getLast().text()).contains("milk");
        assertThat(folder().list().getFirst().turns()).hasSize(1);
    }

    @Test
    void questions_may_have_several_lines_and_begin_with_a_slash() {
        chat("one\\\ntwo\n//help me\n\"\"\"\nthree\n\nfour\n\"\"\"\n");

        assertThat(prompts)
                .extracting(prompt -> prompt.messages().getLast().text())
                .containsExactly("one\ntwo", "/help me", "three\n\nfour");
    }

    @Test
    void pasted_control_characters_do_no_harm() {
        String out = chat("a\u001b[2Jb\u0000c\u202e?\n");

        assertThat(prompts.getFirst().messages().getLast().text()).isEqualTo("a[2Jbc?");
        assertThat(out).doesNotContain("\u001b");
    }

    @Test
    void a_conversation_is_saved_as_markdown_and_nothing_is_overwritten() {
        Path page = folder.resolve("page.md");

        chat("One?\n/save " + page + "\n/save " + page + "\n");

        assertThat(page)
                .content()
                .contains("# One?")
                .contains("**Question.** One?")
                .contains("**Answer.** reply 1");
        assertThat(err).contains("is there already");
    }

    @Test
    void quit_ends_before_what_follows() {
        chat("One?\n/quit\nTwo?\n");

        assertThat(prompts).hasSize(1);
    }

    @Test
    void help_names_every_command() {
        String out = chat("/help\n");

        assertThat(Commands.names()).hasSizeGreaterThan(10).allMatch(out::contains);
    }

    @Test
    void a_limit_on_money_stays_until_the_budget_is_off() {
        String out =
                chat("/budget\n/budget 2000\n/budget off\n", Budget.UNLIMITED.withMoney(50_000));

        assertThat(out)
                .contains("budget: 0.05 in money")
                .contains("budget: 2,000 tokens for all agents, 0.05 in money")
                .contains("budget: none");
    }

    private String chat(String typed) {
        return chat(typed, Budget.UNLIMITED);
    }

    private String chat(String typed, Budget budget) {
        FakeConsole console = FakeConsole.piped(typed);
        try (ScriptedModel model = ScriptedModel.of((request, _) -> reply(request.prompt()));
                Session session = new Session(folder(), false, "");
                ChatTerminal terminal = new PlainTerminal(console.console())) {
            new Chat(
                            terminal,
                            model,
                            session,
                            new Settings(
                                    Mode.INSTANT, 8, budget, Optional.of(1L), TeamChoice.PROFILE),
                            _ -> null)
                    .hold();
        }
        err = console.err();
        return console.out();
    }

    private synchronized Reply reply(Prompt prompt) {
        if (prompt.messages().getLast().text().endsWith("fail")) {
            return Reply.of("one two").failingAfter(1);
        }
        if (prompts.isEmpty() || !prompts.getLast().equals(prompt)) {
            prompts.add(prompt);
        }
        long questions =
                prompt.messages().stream().filter(message -> message.role() == Role.USER).count();
        return Reply.of("reply " + questions);
    }

    private ConversationFolder folder() {
        return new ConversationFolder(folder.resolve("conversations"));
    }
}
