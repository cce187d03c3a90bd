package dev.polymnia.eval.log;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.Fault;
import dev.polymnia.core.Mode;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.model.StopReason;
import dev.polymnia.core.model.Usage;
import dev.polymnia.eval.AgentResult;
import dev.polymnia.eval.RunLog;
import dev.polymnia.eval.RunSetup;
import dev.polymnia.eval.Sample;
import dev.polymnia.eval.SampleResult;
import dev.polymnia.eval.Score;
import dev.polymnia.eval.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// What is worth reporting of a log that Inspect AI wrote, or that was written for it. Immutable.
///
/// @param id of the run
/// @param task its name
/// @param model the model's name, with its provider
/// @param dataset where the data comes from; may be empty
/// @param scorer the scorer whose values are told; empty if nothing was scored
/// @param status how the run stands
/// @param created when it was begun
/// @param samples what is finished, in the order of the log
/// @param roles tokens by role, such as `agent-1` or `grader`; empty if the log tells none
public record ForeignLog(
        String id,
        String task,
        String model,
        String dataset,
        String scorer,
        RunLog.Status status,
        Instant created,
        List<Entry> samples,
        Map<String, Usage> roles) {
    /// A sample.
    ///
    /// @param id names it within its task
    /// @param epoch which repetition it is, from 1
    /// @param question the text of the last thing that was said to the model
    /// @param target the right answers; may be empty
    /// @param text what the model said at last; may be empty
    /// @param reasoning what it thought before; may be empty
    /// @param answer what the scorer took for the answer
    /// @param value the score as a number; empty if there is none, or one that is no number
    /// @param explanation of the score; may be empty
    /// @param reason why the model stopped at last
    /// @param usage the tokens of all models together
    /// @param wall how long it took; empty if the log does not tell
    /// @param error why it failed; empty if it did not
    public record Entry(
            String id,
            int epoch,
            String question,
            List<String> target,
            String text,
            String reasoning,
            Optional<String> answer,
            OptionalDouble value,
            String explanation,
            StopReason reason,
            Usage usage,
            Optional<Duration> wall,
            Optional<String> error) {
        /// Checks and copies the parts.
        public Entry {
            requireNonNull(id, "id is null");
            requireNonNull(question, "question is null");
            target = List.copyOf(target);
            requireNonNull(text, "text is null");
            requireNonNull(reasoning, "reasoning is null");
            requireNonNull(answer, "answer is null");
            requireNonNull(value, "value is null");
            requireNonNull(explanation, "explanation is null");
            requireNonNull(reason, "reason is null");
            requireNonNull(usage, "usage is null");
            requireNonNull(wall, "wall is null");
            requireNonNull(error, "error is null");
        }

        private Sample sample() {
            return new Sample(
                    id,
                    List.of(Message.user(question)),
                    question,
                    new Target.Answers(target.isEmpty() ? List.of("") : target),
                    Map.of());
        }

        private SampleResult result(Instant started) {
            Optional<Score> score =
                    error.isEmpty() && value.isPresent()
                            ? Optional.of(
                                    new Score(
                                            value.getAsDouble(),
                                            answer.orElse(""),
                                            explanation,
                                            Map.of()))
                            : Optional.empty();
            AgentResult agent =
                    new AgentResult(
                            0,
                            1,
                            0,
                            reasoning,
                            text,
                            answer,
                            true,
                            Double.NaN,
                            reason,
                            usage,
                            Optional.empty());
            return new SampleResult(
                    id,
                    epoch,
                    error.isPresent() ? "" : text,
                    answer,
                    reason == StopReason.LENGTH,
                    score,
                    error.map(message ->
                            new SampleResult.Failure(Fault.Code.INTERNAL.name(), message)),
                    Optional.empty(),
                    List.of(agent),
                    Usage.NONE,
                    started,
                    wall.orElse(Duration.ZERO));
        }
    }

    /// Checks and copies the parts.
    public ForeignLog {
        requireNonNull(id, "id is null");
        requireNonNull(task, "task is null");
        requireNonNull(model, "model is null");
        requireNonNull(dataset, "dataset is null");
        requireNonNull(scorer, "scorer is null");
        requireNonNull(status, "status is null");
        requireNonNull(created, "created is null");
        samples = List.copyOf(samples);
        roles = Map.copyOf(roles);
    }

    /// Reads a log: JSON, or an archive with stored or deflated entries. Blocks; the document, or
    /// for an archive its largest sample, has to fit into memory.
    ///
    /// @throws Fault `NOT_FOUND` if there is no such file; `INVALID` if it is no log, or of another
    ///   version than 2; `UNSUPPORTED` if an archive is compressed in another way; `UNAVAILABLE` if
    ///   it cannot be read
    public static ForeignLog read(Path file) {
        return ForeignReader.read(file);
    }

    /// Returns the mean score of the samples; a sample that failed has 0, and one without a score
    /// does not count. NaN if none does.
    public double accuracy() {
        return samples.stream()
                .filter(each -> each.error().isPresent() || each.value().isPresent())
                .mapToDouble(each -> each.error().isPresent() ? 0 : each.value().orElse(0))
                .average()
                .orElse(Double.NaN);
    }

    /// Returns the log as if it were a run of ours, with one agent for each sample, so that it can
    /// be reported beside them. Samples that were neither scored nor failed are not finished.
    ///
    /// @param mode the column in which it is shown
    /// @throws Fault with `UNSUPPORTED` if a score is not between 0 and 1
    public RunLog asRunLog(Mode mode) {
        Map<String, Sample> asked = new LinkedHashMap<>();
        List<SampleResult> results = new ArrayList<>();
        int epochs = 1;
        for (Entry entry : samples) {
            double value = entry.value().orElse(0);
            if (!(value >= 0 && value <= 1)) {
                throw new Fault(
                        Fault.Code.UNSUPPORTED,
                        "Sample "
                                + entry.id()
                                + " of "
                                + task
                                + " has a score of "
                                + value
                                + "; only logs with scores between 0 and 1 can be reported.");
            }
            asked.putIfAbsent(entry.id(), entry.sample());
            epochs = Math.max(epochs, entry.epoch());
            if (entry.error().isPresent() || entry.value().isPresent()) {
                results.add(entry.result(created));
            }
        }
        RunSetup setup =
                new RunSetup(
                        task,
                        mode,
                        model,
                        "",
                        "",
                        "",
                        dataset,
                        scorer,
                        0,
                        1,
                        0,
                        asked.size(),
                        epochs,
                        0,
                        Map.of());
        return new RunLog(
                id, setup, List.copyOf(asked.values()), results, status, "", created, Map.of());
    }
}
