package dev.polymnia.app;

import dev.polymnia.app.terminal.Console;
import dev.polymnia.app.terminal.Durations;
import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Clock;
import dev.polymnia.core.Fault;
import dev.polymnia.core.Mode;
import dev.polymnia.core.model.BranchingModel;
import dev.polymnia.core.run.Budget;
import dev.polymnia.eval.Judgements;
import dev.polymnia.eval.RunLog;
import dev.polymnia.eval.log.ForeignLog;
import dev.polymnia.eval.log.InspectLog;
import dev.polymnia.eval.report.Comparison;
import dev.polymnia.eval.report.Report;
import dev.polymnia.eval.run.JudgeStanding;
import dev.polymnia.eval.run.Judging;
import dev.polymnia.eval.run.RunFolder;
import dev.polymnia.eval.run.RunLimits;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description =
                "Makes a page of all runs below a folder: accuracy with intervals, tokens and"
                        + " seconds by task and mode, and the answers side by side. With --judge a"
                        + " model first judges whose reasoning says or suspects that it is being"
                        + " tested; what is judged is kept, and the same command goes on.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  polymnia report evaluations",
            "  polymnia report evaluations --judge --model qwen3-4b",
            "  polymnia report --compare evaluations/TASK/RUN evaluations/TASK/RUN"
        })
final class ReportCommand implements Callable<Integer> {
    private static final String LOG = "inspect.eval";

    private final Console console;

    @Mixin private BackendOptions backend = new BackendOptions();

    @Parameters(
            arity = "0..1",
            paramLabel = "DIR",
            defaultValue = "evaluations",
            description = "where the runs are; default: ${DEFAULT-VALUE}")
    private Path runs = Path.of("evaluations");

    @Option(names = "--out", description = "where the page is written; default: DIR/report")
    private @Nullable Path out;

    @Option(
            names = "--compare",
            arity = "2..*",
            paramLabel = "RUN",
            description =
                    "writes no page, but tells how the other runs differ from the first, by their"
                            + " folders: paired over the questions that both have finished")
    private List<Path> compared = List.of();

    @Option(
            names = "--inspect",
            paramLabel = "FILE",
            description =
                    "reports a log that Inspect itself wrote beside the runs, as an instant one;"
                            + " may be given several times")
    private List<Path> foreign = List.of();

    @Option(
            names = "--judge",
            description =
                    "lets a model judge first, the default one or that of --model and --backend;"
                            + " its verdicts stand beside those of the lexicon")
    private boolean judged;

    @Option(
            names = "--concurrency",
            paramLabel = "N",
            description = "with --judge: agents that are judged at once; default: 1")
    private @Nullable Integer concurrency;

    ReportCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        checkWords();
        if (!compared.isEmpty()) {
            compare();
            return 0;
        }
        Path page = out == null ? runs.resolve("report") : out;
        if (judged) {
            return judge(page);
        }
        write(console, runs, foreign, page);
        return 0;
    }

    private void checkWords() {
        if (judged && !compared.isEmpty()) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "--judge is for a page and --compare writes none; give one of them.");
        }
        if (!judged && (backend.isAnyGiven() || concurrency != null)) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "--model, --backend, --key and --concurrency say who judges; give --judge as"
                            + " well, or leave them out.");
        }
        RunLimits.requireConcurrency(atOnce());
    }

    private int atOnce() {
        return concurrency == null ? 1 : concurrency;
    }

    private int judge(Path page) {
        List<Path> folders = RunFolder.find(runs);
        Cancellation cancellation = new Cancellation();
        // Holds up the end of the process until the page is written.
        try (Interrupt _ = Interrupt.cancels(cancellation)) {
            boolean whole;
            try (BranchingModel model =
                    backend.open(console, false, cancellation, Budget.UNLIMITED)) {
                whole = judgeAll(folders, new Judging(model, Clock.SYSTEM), cancellation);
            }
            write(console, runs, foreign, page);
            return whole ? 0 : Main.exitCode(Fault.Code.CANCELLED);
        }
    }

    private boolean judgeAll(List<Path> folders, Judging judging, Cancellation cancellation) {
        folders.forEach(judging::requireSame);
        for (Path folder : folders) {
            JudgeStanding standing;
            try {
                standing = judging.run(folder, atOnce(), each -> show(folder, each), cancellation);
            } finally {
                console.status("");
            }
            if (!standing.isWhole()) {
                console.err()
                        .println(
                                "%d of %d are judged in %s; the same command goes on."
                                        .formatted(standing.done(), standing.total(), folder));
                console.err().flush();
                return false;
            }
        }
        return true;
    }

    private void show(Path folder, JudgeStanding standing) {
        String line =
                "%s: %d of %d judged, %d yes, %d without a verdict, %s left"
                        .formatted(
                                folder,
                                standing.done(),
                                standing.total(),
                                standing.yes(),
                                standing.none(),
                                Durations.words(standing.left()));
        console.status(line.substring(0, Math.min(line.length(), console.width() - 1)));
        if (!console.progress() && (standing.now() % 10 == 0 || standing.isWhole())) {
            console.err().println(line);
            console.err().flush();
        }
    }

    private void compare() {
        List<RunLog> logs = compared.stream().map(RunFolder::read).toList();
        for (RunLog each : logs.subList(1, logs.size())) {
            console.out().println(Comparison.of(logs.getFirst(), each).words());
        }
        console.flush();
    }

    /// Reads the runs below a folder, writes the log of each and the page, and shows its table.
    ///
    /// @param foreign logs of Inspect's own that are reported beside the runs
    static void write(Console console, Path runs, List<Path> foreign, Path out) {
        List<RunLog> logs = new ArrayList<>();
        Map<String, String> paths = new HashMap<>();
        Map<String, Judgements> judgements = new HashMap<>();
        Path page = out.toAbsolutePath().normalize();
        for (Path folder : RunFolder.find(runs)) {
            RunLog log = RunFolder.read(folder);
            Path file = folder.resolve(LOG).toAbsolutePath().normalize();
            InspectLog.writeArchive(log, file);
            logs.add(log);
            Judging.read(folder, log).ifPresent(all -> judgements.put(log.id(), all));
            paths.put(log.id(), page.relativize(file).toString().replace('\\', '/'));
        }
        for (Path file : foreign) {
            // A log of Inspect has no modes; one answer without more is the first of ours.
            logs.add(ForeignLog.read(file).asRunLog(Mode.INSTANT));
        }
        Report report = Report.of(logs).linked(paths).judged(judgements);
        console.out().println(report.write(out));
        console.out().println("The page is " + out.resolve("index.html"));
        console.flush();
    }
}
