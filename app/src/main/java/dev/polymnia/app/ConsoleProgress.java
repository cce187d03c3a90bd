package dev.polymnia.app;

import dev.polymnia.app.terminal.Console;
import dev.polymnia.models.Progress;
import java.io.PrintWriter;
import java.util.Locale;

/// Shows a transfer on the error stream: one line that is drawn over on a terminal, a line for each
/// tenth elsewhere. Confined to the thread that transfers.
final class ConsoleProgress implements Progress {
    private final PrintWriter err;
    private final boolean redraw;
    private String what = "";
    private long total;
    private long moved;
    private long shown = -1;

    ConsoleProgress(Console console) {
        err = console.err();
        redraw = console.progress();
    }

    @Override
    public void begin(String name, long totalBytes) {
        what = name;
        total = totalBytes;
        moved = 0;
        shown = -1;
        show();
    }

    @Override
    public void advance(long bytes) {
        moved += bytes;
        show();
    }

    @Override
    public void done() {
        err.print(redraw ? "\r\u001b[2K" : "");
        err.println("Fetched and checked " + what + ".");
        err.flush();
    }

    private void show() {
        long percent = total == 0 ? 0 : Math.min(100, moved * 100 / total);
        long step = redraw ? percent : percent / 10;
        if (step == shown) {
            return;
        }
        shown = step;
        String line =
                total == 0
                        ? "Fetching %s".formatted(what)
                        : "Fetching %s  %3d %%  %s of %s"
                                .formatted(what, percent, megabytes(moved), megabytes(total));
        if (redraw) {
            err.print("\r\u001b[2K" + line);
        } else {
            err.println(line);
        }
        err.flush();
    }

    static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.0f MB", bytes / 1e6);
    }
}
