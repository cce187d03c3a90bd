package dev.polymnia.eval.bank;

import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;

import dev.polymnia.agents.Chain;
import dev.polymnia.core.Fault;
import dev.polymnia.core.Mode;
import dev.polymnia.core.model.Approach;
import dev.polymnia.core.model.Usage;
import dev.polymnia.eval.AgentResult;
import dev.polymnia.eval.RunLog;
import dev.polymnia.eval.RunSetup;
import dev.polymnia.eval.SampleResult;
import dev.polymnia.eval.run.Manner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The chains of a run with `--bank`, by question. Immutable.
public final class Bank {
    private final RunLog log;
    private final int words;
    private final int programs;
    private final Optional<RunLog> thinking;
    private final List<Question> questions;

    private Bank(
            RunLog log,
            int words,
            int programs,
            Optional<RunLog> thinking,
            List<Question> questions) {
        this.log = log;
        this.words = words;
        this.programs = programs;
        this.thinking = thinking;
        this.questions = List.copyOf(questions);
    }

    /// A question with its chains.
    ///
    /// @param id of the sample
    /// @param epoch which repetition, from 1
    /// @param words its chains in words, in the order of their numbers; fewer than the bank's if
    ///   the sample failed
    /// @param programs its programs
    /// @param thinking the chain of the Thinking mode, if the bank has it
    /// @param shared what was spent for all of them, such as reading the trunk
    record Question(
            String id,
            int epoch,
            List<Held> words,
            List<Held> programs,
            Optional<Held> thinking,
            Usage shared) {
        /// Copies the chains.
        Question {
            requireNonNull(id, "id is null");
            requireNonNull(thinking, "thinking is null");
            requireNonNull(shared, "shared is null");
            words = List.copyOf(words);
            programs = List.copyOf(programs);
        }

        /// Returns this question with the chain of the Thinking mode.
        Question withThinking(Held value) {
            return new Question(id, epoch, words, programs, Optional.of(value), shared);
        }

        /// Returns this question with its chains in another order.
        Question withOrder(List<Held> saying, List<Held> writing) {
            return new Question(id, epoch, saying, writing, thinking, shared);
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
        return ofQuestions(log, words, programs, Optional.empty(), questions);
    }

    /// Returns a bank of these questions, which have the chains of a run of the Thinking mode.
    static Bank ofQuestions(
            RunLog log,
            int words,
            int programs,
            Optional<RunLog> thinking,
            List<Question> questions) {
        return new Bank(log, words, programs, thinking, questions);
    }

    /// Returns this bank with the chain of the Thinking mode for each question, as it can join a
    /// team. Questions that one of the two runs has not finished are left out.
    ///
    /// @param run of the Thinking mode
    /// @throws Fault `INVALID` if it is none, or did not ask the same model the same questions
    public Bank withThinking(RunLog run) {
        boolean thinks = run.setup().mode() == Mode.THINKING && run.setup().usual();
        if (!thinks || !EqualTokens.comparable(log, run)) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "The run %s is none of the Thinking mode over the questions and the model of the bank %s; choose another."
                            .formatted(run.id(), log.id()));
        }
        Map<String, SampleResult> results = new HashMap<>();
        run.results().forEach(result -> results.put(key(result.id(), result.epoch()), result));
        List<Question> joined = new ArrayList<>();
        for (Question question : questions) {
            SampleResult result = results.get(key(question.id(), question.epoch()));
            if (result != null) {
                joined.add(question.withThinking(alone(result)));
            }
        }
        return ofQuestions(log, words, programs, Optional.of(run), joined);
    }

    private static String key(String id, int epoch) {
        return epoch + " " + id;
    }

    /// Returns the run of the Thinking mode whose chains the bank has; empty if it has none.
    public Optional<RunLog> thinking() {
        return thinking;
    }

    /// Returns the run, finished or not.
    public RunLog log() {
        return log;
    }

    /// Returns whether its chains answer with code, which agree by what it does.
    public boolean isCode() {
        return questions.stream()
                .flatMap(question -> question.words().stream())
                .anyMatch(held -> held.chain().kind() == Approach.Kind.CODE);
    }

    /// Returns how many questions it has, each repetition counted.
    public int size() {
        return questions.size();
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
        return new Question(
                result.id(), result.epoch(), words, programs, Optional.empty(), result.shared());
    }

    /// Returns the one chain of a sample; one that says nothing if the sample failed before.
    private static Held alone(SampleResult result) {
        if (result.agents().isEmpty()) {
            Chain none =
                    new Chain(
                            0,
                            Approach.Kind.WORDS,
                            "",
                            Optional.empty(),
                            false,
                            Double.NaN,
                            0,
                            1,
                            "");
            return new Held(none, 0, Usage.NONE);
        }
        AgentResult agent = result.agents().getFirst();
        Chain chain =
                new Chain(
                        agent.index(),
                        Approach.Kind.WORDS,
                        result.text(),
                        agent.answer(),
                        agent.votes(),
                        agent.confidence(),
                        agent.usage().generated(),
                        1,
                        "");
        // In a team it reads the question for itself.
        long read = result.shared().computed() + agent.usage().computed();
        Usage usage = new Usage(agent.usage().cached(), read, agent.usage().generated());
        return new Held(chain, result.value(), usage);
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
