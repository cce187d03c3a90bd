package dev.polymnia.eval.score;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Makes a data folder of HumanEval whose rows have an output: each problem's own solution, and the
/// solution with a change that may or may not break it. For these, a reader's verdict is not known.
final class Mutants {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String FILE = "humaneval/HumanEval.jsonl";

    /// The most for each problem.
    private static final int MOST = 3;

    private static final List<Change> CHANGES =
            List.of(
                    new Change(Pattern.compile(" <= | < "), " > "),
                    new Change(Pattern.compile("\\b0\\b"), "1"),
                    new Change(Pattern.compile(" == "), " != "),
                    new Change(Pattern.compile("\\b1\\b"), "2"),
                    new Change(Pattern.compile(" \\+ "), " - "),
                    new Change(Pattern.compile("\\bTrue\\b"), "False"),
                    new Change(Pattern.compile(" and "), " or "),
                    new Change(Pattern.compile("\\breturn [^\\n]+\\n$"), "return None\n"),
                    new Change(Pattern.compile(" >= | > "), " == "));

    private Mutants() {}

    /// A change of a program, at the first place where it is possible.
    private record Change(Pattern what, String with) {
        String in(String program) {
            return what.matcher(program).replaceFirst(with);
        }
    }

    /// Writes the folder.
    ///
    /// @param data holds the given copy of HumanEval
    /// @param folder is made, or made anew
    /// @return the folder
    static Path write(Path data, Path folder) throws IOException {
        List<String> rows = new ArrayList<>();
        try (Stream<String> lines = Files.lines(data.resolve(FILE))) {
            for (String line : lines.filter(each -> !each.isBlank()).toList()) {
                rows.addAll(rows((ObjectNode) JSON.readTree(line)));
            }
        }
        Path file = folder.resolve(FILE);
        Files.createDirectories(folder.resolve("humaneval"));
        Files.write(file, rows);
        return folder;
    }

    private static List<String> rows(ObjectNode problem) {
        String id = problem.get("task_id").stringValue();
        String solution = problem.get("canonical_solution").stringValue();
        List<String> rows = new ArrayList<>();
        rows.add(problem.put("output", solution).put("solution", true).toString());
        problem.put("solution", false);
        for (String changed : changed(solution)) {
            problem.put("task_id", id + ", change " + rows.size());
            rows.add(problem.put("output", changed).toString());
        }
        return rows;
    }

    private static List<String> changed(String program) {
        return CHANGES.stream()
                .map(change -> change.in(program))
                .filter(changed -> !changed.equals(program))
                .limit(MOST)
                .toList();
    }
}
