package dev.polymnia.app;

import dev.polymnia.agents.code.SandboxPrograms;
import dev.polymnia.app.chat.DataFolder;
import dev.polymnia.app.terminal.Console;
import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Fault;
import dev.polymnia.core.model.BranchingModel;
import dev.polymnia.core.model.ModelInfo;
import dev.polymnia.core.run.Budget;
import dev.polymnia.eval.calibrate.Calibration;
import dev.polymnia.eval.calibrate.Calibration.Found;
import dev.polymnia.eval.calibrate.Candidates;
import dev.polymnia.eval.run.Manner;
import dev.polymnia.eval.run.RunLimits;
import dev.polymnia.eval.task.Selection;
import dev.polymnia.eval.task.Source;
import dev.polymnia.eval.task.Task;
import dev.polymnia.eval.task.Tasks;
import dev.polymnia.models.ProfileFile;
import dev.polymnia.sandbox.Sandbox;
import dev.polymnia.sandbox.Sandboxes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "calibrate",
        mixinStandardHelpOptions = true,
        description = {
            "Finds out on training questions how a model is best asked by one agent and by several:"
                    + " which words, how many programs, what votes weigh, when to stop. Writes it"
                    + " into the model's profile, which ask, chat and eval then use.",
            "Takes hours on a laptop. What was stopped goes on when the same command is given"
                    + " again."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  polymnia calibrate gsm8k-train --data DATA",
            "  polymnia calibrate my-questions.yaml --data DATA --model qwen3-4b --time 8h"
        })
final class CalibrateCommand implements Callable<Integer> {
    private final Console console;

    @Mixin private BackendOptions backend = new BackendOptions();

    @Mixin private TaskOptions asked = new TaskOptions();

    @Parameters(
            paramLabel = "TASK",
            description = "training questions, as for eval; none that are scored later")
    private String task = "";

    @Option(
            names = "--out",
            defaultValue = "calibration",
            description = "where the runs are kept; default: ${DEFAULT-VALUE}")
    private Path out = Path.of("calibration");

    @Option(
            names = "--candidates",
            paramLabel = "FILE",
            description = "ways to ask that are tried; default: those that come with Polymnia")
    private @Nullable Path candidates;

    @Option(
            names = "--few",
            defaultValue = "40",
            description = "questions on which they are compared; default: ${DEFAULT-VALUE}")
    private int few;

    @Option(
            names = "--limit",
            defaultValue = "150",
            description = "questions on which the vote is fitted; default: ${DEFAULT-VALUE}")
    private int limit;

    @Option(
            names = "--chains",
            defaultValue = "4",
            description = "chains of each candidate for a question; default: ${DEFAULT-VALUE}")
    private int chains;

    @Option(
            names = "--bank",
            defaultValue = "8,8",
            paramLabel = "WORDS,PROGRAMS",
            description = "chains for the fit, of a question; default: ${DEFAULT-VALUE}")
    private String bank = "8,8";

    @Option(
            names = "--agents",
            defaultValue = "8",
            description = "the team that the vote is fitted for; default: ${DEFAULT-VALUE}")
    private int agents;

    CalibrateCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Task all = Tasks.load(task, asked.data(), new Selection(asked.offset(), limit));
        Task part =
                Tasks.load(task, asked.data(), new Selection(asked.offset(), Math.min(few, limit)));
        Optional<Candidates> given = Optional.ofNullable(candidates).map(Candidates::read);
        Manner.Bank shape = Manner.Bank.parse(bank);
        Cancellation cancellation = new Cancellation();
        try (Interrupt _ = Interrupt.cancels(cancellation);
                Sandbox sandbox = Sandboxes.open();
                BranchingModel model =
                        backend.openPlain(console, false, cancellation, Budget.UNLIMITED)) {
            Calibration calibration =
                    new Calibration(model, sandbox, new SandboxPrograms(sandbox), place());
            Calibration.Trial trial =
                    new Calibration.Trial(
                            part,
                            all,
                            given.orElseGet(() -> Candidates.of(Calibration.classOf(all))),
                            chains,
                            shape,
                            agents,
                            asked.seed());
            Optional<Found> found = calibration.run(trial, cancellation);
            if (found.isEmpty()) {
                console.err().println("Not finished yet; the same command goes on.");
                console.err().flush();
                return Main.exitCode(
                        cancellation.isRequested()
                                ? Fault.Code.CANCELLED
                                : Fault.Code.BUDGET_SPENT);
            }
            Path file =
                    keep(
                            DataFolder.ofThisMachine(),
                            model.info(),
                            all.source(),
                            found.get(),
                            LocalDate.now(ZoneOffset.UTC));
            tell(file, found.get());
            return 0;
        } finally {
            console.status("");
        }
    }

    private Calibration.Place place() {
        return new Calibration.Place(
                out,
                new RunLimits(asked.concurrency(), asked.budget()),
                EvalCommand.machine(asked.concurrency()),
                run -> (_, standing) -> EvalCommand.show(console, run, standing));
    }

    /// Writes what was found into the profile of a model. What was found before of other classes
    /// stays.
    ///
    /// @param data has the profiles
    /// @param source of the questions
    /// @return the file
    static Path keep(DataFolder data, ModelInfo model, Source source, Found found, LocalDate date) {
        Path file = data.profile(model.name());
        ProfileFile before =
                Files.exists(file)
                        ? ProfileFile.read(file)
                        : new ProfileFile(model.name(), model.digest(), Map.of());
        ProfileFile.Calibrated calibrated =
                new ProfileFile.Calibrated(
                        found.settings(),
                        date,
                        source.name(),
                        source.sha256(),
                        found.questions(),
                        found.figures());
        before.with(found.question(), calibrated).write(file);
        return file;
    }

    private void tell(Path file, Found found) {
        found.figures()
                .forEach((name, value) ->
                        console.out()
                                .println(String.format(Locale.ROOT, "%-28s %10.4f", name, value)));
        console.out().println("Written to " + file + ".");
        console.out().flush();
    }
}
