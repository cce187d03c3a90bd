package dev.polymnia.bench.peers;

import static java.util.Objects.requireNonNull;

import dev.polymnia.bench.Loading;
import dev.polymnia.core.Fault;
import dev.polymnia.llama.LlamaModel;
import dev.polymnia.models.ChatFormat;
import dev.polymnia.models.Gguf;
import dev.polymnia.models.LocalModel;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Compares the engine with llama-server of the same llama.cpp: the same weights, cores and
/// prompts, in turns within one run, nothing beside them. What the peer's figures hold and ours do
/// not is its HTTP, which is how it is asked; the reading of its streams goes on its account, too.
@Command(
        name = "bench/peers",
        mixinStandardHelpOptions = true,
        description = "Compares the engine with llama-server; prints rounds, then a table.")
public final class PeerFigures implements Callable<Integer> {
    @Option(names = "--rounds", description = "Rounds of each scenario; ${DEFAULT-VALUE}.")
    private int rounds = 5;

    @Option(
            names = "--scenario",
            split = ",",
            description = "Names, or beginnings of names; all without it.")
    private List<String> scenarios = List.of();

    @Option(names = "--model", description = "Catalogue name or GGUF file.")
    private String model = "";

    @Option(names = "--peer", required = true, description = "The program llama-server.")
    private @Nullable Path peer;

    @Option(
            names = "--json",
            description = "Keeps rounds in this file; those that are there are not run again.")
    private @Nullable Path json;

    private final PrintStream out = System.out;

    private PeerFigures() {}

    /// Runs the comparison.
    public static void main(String... arguments) {
        CommandLine line = new CommandLine(new PeerFigures());
        line.setExecutionExceptionHandler((thrown, _, _) -> {
            if (thrown instanceof Fault fault) {
                line.getErr().println(fault.getMessage());
                return 1;
            }
            throw thrown;
        });
        System.exit(line.execute(arguments));
    }

    @Override
    public Integer call() throws InterruptedException {
        List<Scenario> wanted = Scenarios.find(scenarios);
        LocalModel local = Loading.find(model);
        Gguf header = Gguf.read(local.path());
        ChatFormat format = ChatFormat.of(header, local.profile().reasoning());
        try (LlamaModel engine = Loading.load(local)) {
            int threads = engine.report().threads();
            Launcher launcher = new Launcher(requireNonNull(peer), local.path(), format, threads);
            String setting =
                    "%s %s, %d threads, %s"
                            .formatted(
                                    local.path().getFileName(),
                                    header.quantisation(),
                                    threads,
                                    launcher.version());
            print("both: " + setting);
            print("ours: " + engine.report().backends());
            print("end tokens, which no answer may have: " + engine.endTokens());
            ResultsFile results = new ResultsFile(Optional.ofNullable(json), setting);
            Duel duel = new Duel(new OursPeer(engine), launcher, results, out);
            for (Scenario scenario : wanted) {
                duel.run(scenario, rounds);
            }
            printTable(wanted, results);
        }
        return 0;
    }

    private void printTable(List<Scenario> wanted, ResultsFile results) {
        StringBuilder table = new StringBuilder(PeerTable.head());
        wanted.forEach(each -> table.append(PeerTable.of(each, results.rounds(each))));
        print("\n" + table);
        for (Scenario each : wanted) {
            results.choice(each)
                    .ifPresent(choice -> print(each.name() + ": tried " + choice.tried()));
        }
    }

    private void print(String line) {
        out.println(line);
        out.flush();
    }
}
