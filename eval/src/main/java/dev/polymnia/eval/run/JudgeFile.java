package dev.polymnia.eval.run;

import dev.polymnia.core.Fault;
import dev.polymnia.eval.Judgement;
import dev.polymnia.eval.Judgements;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What a judge says of a run, in the run's folder: `judge.jsonl` begins with a line that says who
/// judges, and has a line for each agent of each sample, written as soon as it is judged. Whoever
/// writes holds the folder's lock. Thread-safe.
final class JudgeFile implements AutoCloseable {
    private static final String NAME = "judge.jsonl";

    private final LineFile lines;

    private JudgeFile(LineFile lines) {
        this.lines = lines;
    }

    /// Opens the file of a run; begins it if it is not there.
    ///
    /// @param run the run's id
    /// @throws Fault as [#requireSame]; `UNAVAILABLE` if it cannot be written
    static JudgeFile open(Path folder, String run, Judgements.Judge judge) {
        boolean begun = requireSame(folder, run, judge);
        JudgeFile file = new JudgeFile(LineFile.open(folder.resolve(NAME)));
        if (!begun) {
            file.lines.add(new JudgeHead(JudgeHead.VERSION, run, judge));
        }
        return file;
    }

    /// Checks that a judge may go on in the folder of a run.
    ///
    /// @return whether there are verdicts of this judge already, or at least its name
    /// @throws Fault `INVALID` if another judge began there; as [#read]
    static boolean requireSame(Path folder, String run, Judgements.Judge judge) {
        Optional<Judgements> known = read(folder, run);
        known.ifPresent(before -> requireSame(folder, before.judge(), judge));
        return known.isPresent();
    }

    private static void requireSame(Path folder, Judgements.Judge known, Judgements.Judge judge) {
        List<String> differences = new ArrayList<>();
        tell(differences, "model", known.model(), judge.model());
        tell(differences, "digest of its weights", known.digest(), judge.digest());
        tell(differences, "digest of its prompt", known.prompt(), judge.prompt());
        tell(
                differences,
                "number of characters at once",
                String.valueOf(known.window()),
                String.valueOf(judge.window()));
        if (!differences.isEmpty()) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "The verdicts in %s are another judge's: %s. They are kept; judge with that one, or move the file away to begin anew."
                            .formatted(folder.resolve(NAME), String.join("; ", differences)));
        }
    }

    private static void tell(List<String> differences, String what, String was, String is) {
        if (!was.equals(is)) {
            differences.add("the %s was \"%s\" and is \"%s\"".formatted(what, was, is));
        }
    }

    /// Reads what is judged; somebody may be judging.
    ///
    /// @param run the id of the folder's run
    /// @return empty if nobody has begun
    /// @throws Fault `INVALID` if another version of Polymnia wrote it or it is about another run;
    ///   `CORRUPT` if it is damaged; `UNAVAILABLE` if it cannot be read
    static Optional<Judgements> read(Path folder, String run) {
        Path file = folder.resolve(NAME);
        List<String> lines = LineFile.lines(file);
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        JudgeHead head = head(file, lines.subList(0, 1));
        if (!head.run().equals(run)) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "%s is about the run %s, and the folder holds the run %s; move the file away."
                            .formatted(file, head.run(), run));
        }
        List<String> rest = lines.subList(1, lines.size());
        return Optional.of(
                new Judgements(head.judge(), LineFile.read(file, rest, Judgement.class)));
    }

    private static JudgeHead head(Path file, List<String> line) {
        JsonNode node = LineFile.read(file, line, JsonNode.class).getFirst();
        int version = node.path("version").asInt(0);
        if (version != JudgeHead.VERSION) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "%s has layout %d and this Polymnia reads %d; use the version that wrote it, or move it away."
                            .formatted(file, version, JudgeHead.VERSION));
        }
        return LineFile.read(file, line, JudgeHead.class).getFirst();
    }

    /// Keeps a verdict.
    ///
    /// @throws Fault `UNAVAILABLE` if it cannot be written
    void add(Judgement judgement) {
        lines.add(judgement);
    }

    @Override
    public void close() {
        lines.close();
    }
}
