package dev.polymnia.bench.peers;

import dev.polymnia.core.Fault;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Watches what processes compute: a peer that does not sleep while the other works would spoil
/// both figures. Not instantiated.
final class Quiet {
    private static final long LOOK_MILLIS = 500;
    private static final int LOOKS = 60;
    private static final double MOST = 0.05;

    private Quiet() {}

    /// Waits until all processes sleep: for half a second each takes less than a twentieth of a
    /// core.
    ///
    /// @return the share of one core that each took, in the same order
    /// @throws Fault `UNAVAILABLE` if one does not come to rest within half a minute
    static List<Double> await(List<ProcessHandle> processes) throws InterruptedException {
        List<Double> shares = List.of();
        for (int look = 0; look < LOOKS; look++) {
            List<Double> before = processes.stream().map(Quiet::cpuSeconds).toList();
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            shares =
                    processes.stream()
                            .map(process ->
                                    (cpuSeconds(process) - before.get(processes.indexOf(process)))
                                            * 1000
                                            / LOOK_MILLIS)
                            .toList();
            if (shares.stream().allMatch(share -> share < MOST)) {
                return shares;
            }
        }
        throw new Fault(
                Fault.Code.UNAVAILABLE,
                "The peers do not sleep: they take %s of a core though nobody asks them anything."
                        .formatted(shares));
    }

    /// Returns the time that a process has computed, in all its threads; on Linux what
    /// `/proc/PID/stat` says, in hundredths.
    static double cpuSeconds(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1000.0;
    }
}
