package dev.polymnia.eval.bank;

import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;

import dev.polymnia.agents.Chain;
import dev.polymnia.core.Fault;
import dev.polymnia.core.model.Approach;
import dev.polymnia.core.model.Usage;
import dev.polymnia.eval.AgentResult;
import dev.polymnia.eval.RunLog;
import dev.polymnia.eval.RunSetup;
import dev.polymnia.eval.SampleResult;
import dev.polymnia.eval.run.Manner;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The chains of a run with `--bank`, by question. Immutable.
public final class Bank {
    private final RunLog log;
    private final int words;
    private final int programs;
    private final List<Question> questions;

    private Bank(RunLog log, int words, int programs, List<Question> questions) {
        this.log = log;
        this.words = words;
        this.programs = programs;
        this.questions = List.copyOf(questions);
    }

    /// A question with its chains.
    ///
    /// @param id of the sample
    /// @param epoch which repetition, from 1
    /// @param words its chains in words, in the order of their numbers; fewer than the bank's if
    ///   the sample failed
    /// @param programs its programs
    /// @param shared what was spent for all of them, such as reading the trunk
    record Question(String id, int epoch, List<Held> words, List<Held> programs, Usage shared) {
        /// Copies the chains.
        Question {
            requireNonNull(id, "id is null");
            requireNonNull(shared, "shared is null");
            words = List.copyOf(words);
            programs = List.copyOf(programs);
        }
    }

    /// Reads the bank of a run.
    ///
    /// @throws Fault `INVALID` if the run is none of a bank
    public static Bank of(RunLog log) {
        String numbers = log.setup().options().get(RunSetup.BANK);
        if (numbers == null) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "The run %s is one of %s and no branch bank; make one with polymnia eval --bank."
                            .formatted(log.id(), log.setup().way()));
        }
        Manner.Bank shape = Manner.Bank.parse(numbers);
        List<Question> questions =
                log.results().stream()
                        .sorted(comparing(SampleResult::id).thenComparingInt(SampleResult::epoch))
                        .map(Bank::question)
                        .toList();
        return ofQuestions(log, shape.words(), shape.programs(), questions);
    }

    /// Returns a bank of these questions.
    static Bank ofQuestions(RunLog log, int words, int programs, List<Question> questions) {
        return new Bank(log, words, programs, questions);
    }

    /// Returns the run, finished or not.
    public RunLog log() {
        return log;
    }

    /// Returns how many chains of a question reason in words.
    public int words() {
        return words;
    }

    /// Returns how many chains of a question write a program.
    public int programs() {
        return programs;
    }

    /// Returns how good its chains are by themselves, mean, 0 to 1; NaN if it has none.
    public double meanValue() {
        return questions.stream()
                .flatMap(question ->
                        Stream.concat(question.words().stream(), question.programs().stream()))
                .mapToDouble(Held::value)
                .average()
                .orElse(Double.NaN);
    }

    /// Returns what is finished, ordered by id and epoch.
    List<Question> questions() {
        return questions;
    }

    private static Question question(SampleResult result) {
        List<Held> words = new ArrayList<>();
        List<Held> programs = new ArrayList<>();
        for (AgentResult agent : result.agents()) {
            agent.banked()
                    .ifPresent(banked -> {
                        List<Held> kind = banked.kind() == Approach.Kind.PROGRAM ? programs : words;
                        kind.add(held(agent, banked));
                    });
        }
        return new Question(result.id(), result.epoch(), words, programs, result.shared());
    }

    private static Held held(AgentResult agent, AgentResult.Banked banked) {
        Chain chain =
                new Chain(
                        agent.index(),
                        banked.kind(),
                        banked.text(),
                        agent.answer(),
                        banked.whole(),
                        agent.confidence(),
                        agent.usage().generated(),
                        banked.merit(),
                        banked.note());
        return new Held(chain, banked.score().value(), agent.usage());
    }
}
