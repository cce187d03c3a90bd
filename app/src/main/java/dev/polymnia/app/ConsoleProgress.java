package dev.polymnia.app;

import dev.polymnia.app.terminal.Console;
import dev.polymnia.app.terminal.Durations;
import dev.polymnia.core.Clock;
import dev.polymnia.models.Progress;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// Shows a transfer on the error stream: one line that is drawn over on a terminal, at most five
/// times a second, with the rate and the time that is left; a plain line for each tenth elsewhere.
/// Confined to the thread that transfers.
final class ConsoleProgress implements Progress {
    private static final long REDRAW_NANOS = 200_000_000;
    private static final String CLEAR = "\r\u001b[2K";

    private final PrintWriter err;
    private final boolean redraw;
    private final int width;
    private final String verb;
    private final Clock clock;
    private String what = "";
    private long total;
    private long moved;
    private long shownTenth = -1;
    private long drawnNanos;
    private Rate rate = new Rate();

    ConsoleProgress(Console console) {
        this(console, "Fetching", Clock.SYSTEM);
    }

    /// @param verb what is being done, for example `Fetching`
    ConsoleProgress(Console console, String verb, Clock clock) {
        err = console.err();
        redraw = console.progress();
        width = console.width();
        this.verb = verb;
        this.clock = clock;
    }

    @Override
    public void begin(String name, long totalBytes, long hereBytes) {
        what = name;
        total = totalBytes;
        moved = hereBytes;
        shownTenth = -1;
        rate = new Rate();
        draw();
    }

    @Override
    public void advance(long bytes) {
        moved += bytes;
        rate.add(bytes, clock.nanos());
        if (redraw ? clock.nanos() - drawnNanos >= REDRAW_NANOS : tenth() != shownTenth) {
            draw();
        }
    }

    @Override
    public void note(String words) {
        err.println((redraw ? CLEAR : "") + words.replaceAll("\\p{Cntrl}", " "));
        if (redraw && !what.isEmpty()) {
            draw();
        }
        err.flush();
    }

    @Override
    public void done() {
        clear();
        err.println("Fetched and checked " + what + ".");
        err.flush();
        what = "";
    }

    /// Takes the line away.
    void clear() {
        if (redraw) {
            err.print(CLEAR);
            err.flush();
        }
    }

    static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.0f MB", bytes / 1e6);
    }

    private void draw() {
        drawnNanos = clock.nanos();
        shownTenth = tenth();
        if (redraw) {
            err.print(CLEAR + line());
        } else {
            err.println(plainLine());
        }
        err.flush();
    }

    private long tenth() {
        return total == 0 ? 0 : percent() / 10;
    }

    private long percent() {
        return Math.min(100, moved * 100 / total);
    }

    private String plainLine() {
        return total == 0
                ? verb + " " + what
                : "%s %s  %3d %%  %s of %s"
                        .formatted(verb, what, percent(), megabytes(moved), megabytes(total));
    }

    /// The most that fits: first the time goes, then the sizes, the rate, the verb; the name last.
    private String line() {
        if (total == 0) {
            return cut(verb + " " + what);
        }
        double perSecond = rate.perSecond(clock.nanos());
        String percent = "%3d %%".formatted(percent());
        String speed =
                perSecond <= 0 ? "" : String.format(Locale.ROOT, "  %.1f MB/s", perSecond / 1e6);
        String time = perSecond <= 0 ? "" : "  " + time((total - moved) / perSecond);
        String left = time.isEmpty() ? "" : time + " left";
        String sizes = "  %s of %s".formatted(megabytes(moved), megabytes(total));
        return List.of(
                        verb + " " + what + "  " + percent + sizes + speed + left,
                        what + "  " + percent + sizes + speed + left,
                        what + "  " + percent + speed + left,
                        what + "  " + percent + left,
                        percent + speed + left,
                        percent + left,
                        percent + time)
                .stream()
                .filter(line -> line.length() < width)
                .findFirst()
                .orElse(percent);
    }

    private String cut(String line) {
        return line.length() < width ? line : line.substring(0, width - 1);
    }

    private static String time(double seconds) {
        return Durations.words(Duration.ofSeconds((long) Math.ceil(Math.min(seconds, 359_999))));
    }

    /// Bytes a second, the last seconds counting most: what came until a reading is weighted by how
    /// much of a time constant has passed since the one before.
    private static final class Rate {
        private static final double CONSTANT_SECONDS = 4;
        private static final long SAMPLE_NANOS = 500_000_000;

        private boolean running;
        private long since;
        private long bytes;
        private double smooth = -1;

        /// The clock runs from the first bytes: what comes before is not the line, but a server
        /// that thinks or pip that is silent.
        private void add(long more, long now) {
            if (running) {
                bytes += more;
                return;
            }
            running = true;
            since = now;
        }

        private double perSecond(long now) {
            double seconds = (now - since) / 1e9;
            if (running && now - since >= SAMPLE_NANOS) {
                double sample = bytes / seconds;
                double weight = 1 - Math.exp(-seconds / CONSTANT_SECONDS);
                smooth = smooth < 0 ? sample : smooth + weight * (sample - smooth);
                since = now;
                bytes = 0;
            }
            return smooth;
        }
    }
}
