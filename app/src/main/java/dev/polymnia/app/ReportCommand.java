package dev.polymnia.app;

import dev.polymnia.app.terminal.Console;
import dev.polymnia.core.Mode;
import dev.polymnia.eval.RunLog;
import dev.polymnia.eval.log.ForeignLog;
import dev.polymnia.eval.log.InspectLog;
import dev.polymnia.eval.report.Comparison;
import dev.polymnia.eval.report.Report;
import dev.polymnia.eval.run.RunFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description =
                "Makes a page of all runs below a folder: accuracy with intervals, tokens and"
                        + " seconds by task and mode, and the answers side by side.")
final class ReportCommand implements Callable<Integer> {
    private static final String LOG = "inspect.eval";

    private final Console console;

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

    ReportCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (!compared.isEmpty()) {
            compare();
            return 0;
        }
        write(console, runs, foreign, out == null ? runs.resolve("report") : out);
        return 0;
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
        Path page = out.toAbsolutePath().normalize();
        for (Path folder : RunFolder.find(runs)) {
            RunLog log = RunFolder.read(folder);
            Path file = folder.resolve(LOG).toAbsolutePath().normalize();
            InspectLog.writeArchive(log, file);
            logs.add(log);
            paths.put(log.id(), page.relativize(file).toString().replace('\\', '/'));
        }
        for (Path file : foreign) {
            // A log of Inspect has no modes; one answer without more is the first of ours.
            logs.add(ForeignLog.read(file).asRunLog(Mode.INSTANT));
        }
        Report report = Report.of(logs).linked(paths);
        console.out().println(report.write(out));
        console.out().println("The page is " + out.resolve("index.html"));
        console.flush();
    }
}
