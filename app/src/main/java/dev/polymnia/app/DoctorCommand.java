package dev.polymnia.app;

import dev.polymnia.app.terminal.Console;
import dev.polymnia.app.terminal.Style;
import dev.polymnia.core.Cancellation;
import dev.polymnia.llama.LlamaModel;
import dev.polymnia.llama.LlamaOptions;
import dev.polymnia.llama.library.LibraryFolder;
import dev.polymnia.models.CacheFolder;
import dev.polymnia.models.LocalModel;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description =
                "Checks this machine and says what to do about each problem; then measures the"
                        + " speed of a model that is here. Fetches nothing unless it is told to.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:nothing is in the way", "7:something is missing"})
final class DoctorCommand implements Callable<Integer> {
    private static final int MISSING = 7;

    private final Console console;

    @Option(
            names = "--no-speed",
            description = "leaves out the speed test, which takes about five seconds")
    private boolean withoutSpeed;

    @Option(
            names = "--bench",
            description =
                    "measures the engine at length instead: what its steps cost by rows, how fast"
                            + " agents are together, what it counted; takes about a minute, with"
                            + " nothing else on the cores, and replaces what was measured before")
    private boolean bench;

    @Option(
            names = "--fetch",
            description =
                    "first fetches the native libraries unless they are here, so that a model and"
                            + " this machine need no network any more")
    private boolean fetch;

    DoctorCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (fetch) {
            fetchLibraries();
        }
        Backend backend = Backend.ofThisMachine(console);
        Checkup checkup =
                new Checkup(backend.store(), CacheFolder.ofThisMachine(), System.getenv());
        List<Finding> findings = checkup.run();
        findings.forEach(this::show);
        if (findings.stream().anyMatch(Finding::isProblem)) {
            return MISSING;
        }
        if (!withoutSpeed) {
            measure(backend, checkup.measurable());
        }
        return 0;
    }

    private void fetchLibraries() {
        Cancellation cancellation = new Cancellation();
        try (Interrupt _ = Interrupt.cancels(cancellation)) {
            LibraryFolder.ofThisMachine(new ConsoleProgress(console), cancellation);
        }
    }

    private void measure(Backend backend, Optional<LocalModel> measurable) {
        if (measurable.isEmpty() || LibraryFolder.installed().isEmpty()) {
            show(
                    Finding.note(
                            "speed",
                            "not measured: no model or no libraries are here yet",
                            "ask a question, or fetch a model with: polymnia models pull NAME"));
            return;
        }
        Cancellation cancellation = new Cancellation();
        try (Interrupt _ = Interrupt.cancels(cancellation);
                LlamaModel model =
                        backend.load(
                                measurable.map(LocalModel::name),
                                LlamaOptions.DEFAULT.withRemeasured(bench),
                                cancellation)) {
            if (bench) {
                new EngineBench(model).run(cancellation).forEach(console.out()::println);
                console.out().flush();
            } else {
                new SpeedTest(model).run(cancellation).forEach(this::show);
            }
        }
    }

    private void show(Finding finding) {
        PrintWriter out = console.out();
        Style style = Style.of(console);
        String mark =
                switch (finding.state()) {
                    case GOOD -> style.good("ok     ");
                    case NOTE -> style.warning("note   ");
                    case BAD -> style.bad("problem");
                };
        out.println("%s  %-10s %s".formatted(mark, finding.what(), finding.value()));
        if (!finding.advice().isEmpty()) {
            out.println("%22s%s".formatted("", finding.advice()));
        }
        out.flush();
    }
}
