package dev.polymnia.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.app.terminal.FakeConsole;
import dev.polymnia.testkit.FakeServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `eval` and `report`, with an endpoint that answers.
final class EvalCommandTest {
    private final FakeServer server = new FakeServer();
    private final FakeConsole terminal = FakeConsole.of("");

    @TempDir private Path folder;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(
                folder.resolve("sums.yaml"),
                """
                name: sums
                title: Sums
                data: sums.jsonl
                format: jsonl
                kind: question
                question: asked
                answer: right
                scorer: number
                licence: CC0-1.0
                origin: written for this test
                """);
        Files.writeString(
                folder.resolve("sums.jsonl"),
                """
                {"asked": "What is 2 + 2?", "right": "4"}
                {"asked": "What is 2 + 3?", "right": "5"}
                {"asked": "What is 2 + 4?", "right": "6"}
                """);
    }

    @AfterEach
    void close() {
        server.close();
    }

    private int eval(String... more) {
        List<String> words = new ArrayList<>(List.of("--mode", "instant"));
        words.addAll(List.of(more));
        return sums(words.toArray(String[]::new));
    }

    private int sums(String... more) {
        List<String> words = new ArrayList<>(List.of("eval", folder.resolve("sums.yaml") + ""));
        words.addAll(List.of("--data", folder + "", "--out", folder.resolve("out") + ""));
        words.addAll(List.of("--backend", server.url()));
        words.addAll(List.of(more));
        return Main.run(terminal.console(), false, words.toArray(String[]::new));
    }

    private static FakeServer.Answer says(String words) {
        return call -> call.stream().says(0, words).finish(0, "stop").usage(9, 0, 2).done();
    }

    /// Answers with JSON, which is written here with single quotes.
    private static FakeServer.Answer saysJson(String json) {
        return says(json.replace("'", "\\\""));
    }

    @Test
    void a_task_is_run_and_reported() throws IOException {
        server.then(says("4"), says("7"), says("It is 6."));

        assertThat(eval()).as(terminal.err()).isZero();

        assertThat(terminal.out()).contains("| sums | instant | 3 | 66.7 %");
        Path out = folder.resolve("out");
        assertThat(out.resolve("report/index.html")).isNotEmptyFile();
        try (var files = Files.walk(out)) {
            assertThat(files.map(file -> file.getFileName() + ""))
                    .contains("run.json", "results.jsonl", "inspect.eval", "report.md");
        }
    }

    @Test
    void the_same_command_asks_nothing_again() {
        server.then(says("4"), says("5"), says("6"));
        assertThat(eval()).isZero();
        int asked = server.calls().size();

        assertThat(eval()).as(terminal.err()).isZero();

        assertThat(server.calls()).hasSize(asked);
    }

    @Test
    void an_endpoint_that_fails_ends_the_run_and_what_is_answered_stays() {
        server.then(says("4"), call -> call.error(401, "no key"), says("5"), says("6"));

        assertThat(eval()).isEqualTo(2);
        assertThat(terminal.err()).contains("wants a key");

        assertThat(eval()).as(terminal.err()).isZero();
        assertThat(terminal.out()).contains("| sums | instant | 3 | 100.0 %");
    }

    @Test
    void a_run_that_its_tokens_end_says_so() {
        assertThat(eval("--tokens", "1")).isEqualTo(6);

        assertThat(terminal.err())
                .contains("1 of this sitting's tokens are left")
                .contains("0 of 3 answers are kept");
    }

    @Test
    void money_needs_prices() {
        assertThat(eval("--money", "2.50")).isEqualTo(2);

        assertThat(terminal.err()).contains("prices.toml").contains("generated = ");
        assertThat(eval("--money", "many")).isEqualTo(2);
        assertThat(terminal.err()).contains("'many' is not an amount of money");
        assertThat(server.calls()).isEmpty();
    }

    @Test
    void two_runs_are_compared_in_pairs() {
        server.then(says("4"), says("7"), says("6"));
        assertThat(eval("--seed", "1")).isZero();
        server.then(says("4"), says("5"), says("6"));
        assertThat(eval("--seed", "2")).isZero();
        Path sums = folder.resolve("out/sums");
        try (var runs = Files.list(sums)) {
            List<String> words = new ArrayList<>(List.of("report", "--compare"));
            runs.sorted().forEach(run -> words.add(run + ""));

            assertThat(run(words.toArray(String[]::new))).as(terminal.err()).isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThat(terminal.out()).contains("+33.3 points").contains("over 3 questions");
    }

    @Test
    void a_judge_reads_what_is_kept_and_stands_in_the_report() {
        server.then(says("4"), says("This is a test. 7"), says("6"));
        assertThat(eval()).isZero();
        String out = folder.resolve("out") + "";
        // What is no JSON is asked for once more, without the schema.
        server.then(
                saysJson("{'quote': '', 'verdict': 'no'}"),
                saysJson("{'quote': 'a test', 'verdict': 'yes'}"),
                says("Who knows?"),
                says("Who knows?"));

        assertThat(run("report", out, "--judge", "--backend", server.url()))
                .as(terminal.err())
                .isZero();

        assertThat(terminal.out())
                .contains("50.0 % (9.5 to 90.5), n = 2, 1 without a verdict, kappa 1.00");
        assertThat(server.calls()).hasSize(3 + 4);
        assertThat(run("report", out, "--judge", "--backend", server.url())).isZero();
        assertThat(run("report", out)).isZero();
        assertThat(server.calls()).hasSize(3 + 4);
    }

    @Test
    void wrong_words_about_a_judge_are_told_before_it_is_asked() {
        server.then(says("4"));
        assertThat(eval("--limit", "1")).isZero();
        String out = folder.resolve("out") + "";

        assertThat(run("report", out, "--backend", server.url())).isEqualTo(2);
        assertThat(terminal.err()).contains("give --judge as well");
        assertThat(run("report", out, "--concurrency", "2")).isEqualTo(2);
        assertThat(run("report", out, "--judge", "--concurrency", "0")).isEqualTo(2);
        assertThat(run("report", "--judge", "--compare", out, out)).isEqualTo(2);
        assertThat(terminal.err()).contains("--compare writes none");
        assertThat(run("report", folder.resolve("nothing") + "", "--judge")).isEqualTo(3);
        assertThat(server.calls()).hasSize(1);
    }

    @Test
    void a_branch_bank_is_kept_and_replayed() {
        server.then(says("Answer: 4"), says("Answer: 7"), says("Answer: 6"));

        assertThat(sums("--bank", "1,0")).as(terminal.err()).isZero();

        assertThat(terminal.out())
                .contains("## Branch banks")
                .contains("| 1 words | plain | none | 3 | 66.7 %");
        assertThat(folder.resolve("out/sums")).isDirectoryContaining("glob:**/bank-1-0-*");
        int asked = server.calls().size();
        assertThat(sums("--bank", "1,0")).as(terminal.err()).isZero();
        assertThat(server.calls()).hasSize(asked);
    }

    @Test
    void wrong_shapes_of_a_bank_and_wrong_budgets_are_told() {
        assertThat(sums("--bank", "0,0")).isEqualTo(2);
        assertThat(sums("--bank", "65,1")).isEqualTo(2);
        assertThat(sums("--bank", "many")).isEqualTo(2);
        assertThat(terminal.err()).contains("such as 8,8");
        assertThat(sums("--bank", "2,0", "--modes", "instant")).isEqualTo(2);
        assertThat(sums("--bank", "2,0", "--forced", "x")).isEqualTo(2);
        assertThat(sums("--forced", folder.resolve("nothing") + "")).isEqualTo(3);
        assertThat(server.calls()).isEmpty();
    }

    @Test
    void budgets_come_from_a_contemplating_run_only() {
        server.then(says("4"), says("5"), says("6"));
        assertThat(eval()).isZero();
        int asked = server.calls().size();
        try (var runs = Files.list(folder.resolve("out/sums"))) {
            String run = runs.findFirst().orElseThrow() + "";

            assertThat(sums("--forced", run)).isEqualTo(2);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThat(terminal.err()).contains("is one of instant");
        assertThat(server.calls()).hasSize(asked);
    }

    @Test
    void wrong_words_are_told_before_a_model_is_asked() {
        assertThat(run("eval", "no-such-task")).isEqualTo(3);
        assertThat(terminal.err()).contains("no-such-task").contains("gsm8k");
        assertThat(run("eval", "gsm8k", "--data", folder + "")).isEqualTo(2);
        assertThat(terminal.err()).contains("gsm8k");
        assertThat(eval("--limit", "4")).isEqualTo(2);
        assertThat(eval("--epochs", "0")).isEqualTo(2);
        assertThat(eval("--mode", "contemplating", "--agents", "80")).isEqualTo(2);
        assertThat(eval("--concurrency", "0")).isEqualTo(2);
        assertThat(run("report", folder.resolve("nothing") + "")).isEqualTo(3);
        assertThat(server.calls()).isEmpty();
    }

    private int run(String... words) {
        return Main.run(terminal.console(), false, words);
    }
}
