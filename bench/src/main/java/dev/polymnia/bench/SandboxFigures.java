package dev.polymnia.bench;

import dev.polymnia.sandbox.Finished;
import dev.polymnia.sandbox.Job;
import dev.polymnia.sandbox.Sandbox;
import dev.polymnia.sandbox.Sandboxes;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.Locale;

/// Tells how long the smallest program takes in the sandbox, from the call to its return, beside
/// the system's Python without a sandbox, in turns. Argument: the number of rounds, 100.
public final class SandboxFigures {
    private static final int WARM_UP = 10;
    private static final String PYTHON = "/usr/bin/python3";
    private static final Job JOB = Job.python("print(1)");

    private SandboxFigures() {}

    /// Runs the measurement.
    public static void main(String... arguments) throws IOException, InterruptedException {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100;
        double[] boxed = new double[rounds];
        double[] bare = new double[rounds];
        PrintStream out = System.out;
        try (Sandbox sandbox = Sandboxes.open()) {
            out.println(sandbox.description());
            for (int i = -WARM_UP; i < rounds; i++) {
                double in = boxedMillis(sandbox);
                double without = bareMillis();
                if (i >= 0) {
                    boxed[i] = in;
                    bare[i] = without;
                }
            }
        }
        Arrays.sort(boxed);
        Arrays.sort(bare);
        tell(out, "in the sandbox", boxed);
        tell(out, PYTHON + " alone", bare);
        out.println(
                String.format(
                        Locale.ROOT,
                        "ratio of the medians %.2f",
                        boxed[rounds / 2] / bare[rounds / 2]));
    }

    private static double boxedMillis(Sandbox sandbox) {
        long begin = System.nanoTime();
        Finished finished = sandbox.run(JOB);
        double millis = (System.nanoTime() - begin) / 1e6;
        if (!finished.output().equals("1\n")) {
            throw new IllegalStateException("unexpected: " + finished);
        }
        return millis;
    }

    private static double bareMillis() throws IOException, InterruptedException {
        long begin = System.nanoTime();
        Process process = new ProcessBuilder(PYTHON, "-s", "-B", "-c", "print(1)").start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException(PYTHON + " ended with " + process.exitValue());
        }
        return (System.nanoTime() - begin) / 1e6;
    }

    private static void tell(PrintStream out, String name, double[] sorted) {
        out.println(
                String.format(
                        Locale.ROOT,
                        "%s: median %.1f ms, 95 %% within %.1f ms, the longest %.1f ms",
                        name,
                        sorted[sorted.length / 2],
                        sorted[sorted.length * 95 / 100],
                        sorted[sorted.length - 1]));
    }
}
