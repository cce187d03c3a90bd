package dev.polymnia.bench.peers;

import static java.util.stream.Collectors.joining;

import dev.polymnia.core.Fault;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/// Lets one peer do a task while the other sleeps, and prints how it went and what both computed.
/// Confined to one thread.
final class Turns {
    private static final int WARM_UP_TOKENS = 128;

    private final PrintStream out;

    Turns(PrintStream out) {
        this.out = out;
    }

    /// Asks for an answer that is not measured: one of both compiles while it runs, and both are
    /// servers that run for long.
    ///
    /// @throws Fault `UNAVAILABLE` if it fails
    void warmUp(Peer peer, Texts texts) throws InterruptedException {
        Reply reply = peer.start(new Ask(texts.chat(0), WARM_UP_TOKENS, 1)).await();
        if (reply.failed()) {
            throw new Fault(
                    Fault.Code.UNAVAILABLE, peer.name() + " does not answer: " + reply.error());
        }
    }

    /// Measures one peer.
    ///
    /// @param label what it is printed under
    /// @throws Fault `UNAVAILABLE` if they do not come to rest before
    Measure take(String label, Scenario scenario, Task task, Peer peer, Peer other)
            throws InterruptedException {
        List<Double> idle = Quiet.await(List.of(peer.process(), other.process()));
        double cpu = Quiet.cpuSeconds(peer.process());
        double cpuBeside = Quiet.cpuSeconds(other.process());
        long read = peer.read();
        Measure told = task.run(peer);
        cpu = Quiet.cpuSeconds(peer.process()) - cpu;
        cpuBeside = Quiet.cpuSeconds(other.process()) - cpuBeside;
        Measure measure = told.withRead(peer.read() - read);
        String counts =
                "wrote %d, read %d tokens; %s"
                        .formatted(measure.written(), measure.read(), measure.note());
        String cores =
                String.format(
                        Locale.ROOT,
                        "computed %.2f s, %s beside it %.2f s, idle before %.0f and %.0f %% of a"
                                + " core",
                        cpu,
                        other.name(),
                        cpuBeside,
                        100 * idle.get(0),
                        100 * idle.get(1));
        out.println(
                "%s %s: %s; %s; %s"
                        .formatted(label, peer.name(), values(scenario, measure), counts, cores));
        out.flush();
        return measure;
    }

    private static String values(Scenario scenario, Measure measure) {
        return scenario.metrics().stream()
                .map(metric ->
                        String.format(Locale.ROOT, "%s %.2f", metric.name(), measure.value(metric)))
                .collect(joining(", "));
    }
}
