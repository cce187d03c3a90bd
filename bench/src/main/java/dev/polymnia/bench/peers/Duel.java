package dev.polymnia.bench.peers;

import dev.polymnia.core.Fault;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.IntStream;

/// Lets both peers do the tasks of a scenario in turns, and keeps what comes out. The engine is
/// loaded all the time, llama-server for one scenario at a time. Confined to one thread.
final class Duel {
    private final OursPeer ours;
    private final Launcher launcher;
    private final ResultsFile results;
    private final PrintStream out;
    private final Texts texts;
    private final Turns turns;

    Duel(OursPeer ours, Launcher launcher, ResultsFile results, PrintStream out) {
        this.ours = ours;
        this.launcher = launcher;
        this.results = results;
        this.out = out;
        texts = new Texts(ours::count);
        turns = new Turns(out);
    }

    /// Runs the rounds of a scenario that are not in the results yet.
    ///
    /// @throws Fault `INTERNAL` if the peers do not read the same or a request fails for which that
    ///   is not counted
    void run(Scenario scenario, int rounds) throws InterruptedException {
        List<Integer> there = results.rounds(scenario).stream().map(Round::number).toList();
        List<Integer> missing =
                IntStream.rangeClosed(1, rounds).boxed().filter(n -> !there.contains(n)).toList();
        out.println(
                "\n%s: %s; %d of %d rounds are to be run"
                        .formatted(scenario.name(), scenario.title(), missing.size(), rounds));
        if (missing.isEmpty()) {
            return;
        }
        ServerFlags flags = new BestFlags(launcher, results, turns, texts).find(scenario, ours);
        out.println("llama-server " + String.join(" ", flags.line(launcher.threads())));
        try (ServerProcess process = launcher.start(flags);
                ServerPeer server = new ServerPeer(process, launcher.format(), flags.oneCall())) {
            turns.warmUp(ours, texts);
            turns.warmUp(server, texts);
            for (int number : missing) {
                Round round = round(scenario, number, server);
                check(scenario, round);
                results.add(round);
            }
        }
    }

    private Round round(Scenario scenario, int number, ServerPeer server)
            throws InterruptedException {
        Task task = scenario.prepare(texts);
        String label = scenario.name() + " " + number;
        server.renew();
        // Who begins changes, so that a machine that gets slower or faster favours nobody.
        if (number % 2 == 1) {
            Measure first = turns.take(label, scenario, task, ours, server);
            Measure second = turns.take(label, scenario, task, server, ours);
            return new Round(scenario.name(), number, first, second);
        }
        Measure first = turns.take(label, scenario, task, server, ours);
        Measure second = turns.take(label, scenario, task, ours, server);
        return new Round(scenario.name(), number, second, first);
    }

    private static void check(Scenario scenario, Round round) {
        int errors = round.ours().errors() + round.peer().errors();
        if (errors > 0 && scenario.countsErrors()) {
            return;
        }
        if (errors > 0) {
            throw new Fault(
                    Fault.Code.INTERNAL,
                    "%s: %d requests failed; ours: %s; llama-server: %s"
                            .formatted(
                                    scenario.name(),
                                    errors,
                                    round.ours().note(),
                                    round.peer().note()));
        }
        List<Integer> ours = round.ours().prompts();
        List<Integer> peer = round.peer().prompts();
        for (int i = 0; i < ours.size(); i++) {
            if (Math.abs(ours.get(i) - peer.get(i)) > 1) {
                throw new Fault(
                        Fault.Code.INTERNAL,
                        "%s: the peers did not read the same: prompt %d has %d tokens here and %d in llama-server."
                                .formatted(scenario.name(), i, ours.get(i), peer.get(i)));
            }
        }
    }
}
