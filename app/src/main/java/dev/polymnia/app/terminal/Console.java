package dev.polymnia.app.terminal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// Where the program reads and writes. The launcher says in the property `polymnia.console` which
/// streams are terminals and how wide they are, since Java cannot tell the streams apart; without a
/// launcher [StandardStreams] finds out.
///
/// @param in what is piped in or typed
/// @param out the answer
/// @param err everything that is not the answer when the answer is piped
/// @param typed whether `in` is what a person types
/// @param interactive whether `out` is a terminal
/// @param progress whether `err` is a terminal
/// @param colours whether colours are welcome
/// @param width columns of the terminal, at least 20
public record Console(
        InputStream in,
        PrintWriter out,
        PrintWriter err,
        boolean typed,
        boolean interactive,
        boolean progress,
        boolean colours,
        int width) {
    /// Returns the console of this process.
    public static Console ofThisProcess() {
        return of(
                StandardStreams.description(),
                System.getenv(),
                System.in,
                new FileOutputStream(FileDescriptor.out),
                new FileOutputStream(FileDescriptor.err));
    }

    /// Returns the console of a description such as `out,err,120`: `in`, `out` and `err` for each
    /// stream that is a terminal, then the width.
    public static Console of(
            String description,
            Map<String, String> environment,
            InputStream in,
            OutputStream out,
            OutputStream err) {
        boolean interactive = false;
        boolean progress = false;
        boolean typed = false;
        int width = 80;
        for (String word : description.split(",", -1)) {
            switch (word) {
                case "in" -> typed = true;
                case "out" -> interactive = true;
                case "err" -> progress = true;
                default -> width = word.matches("\\d{1,4}") ? Integer.parseInt(word) : width;
            }
        }
        boolean plain =
                !environment.getOrDefault("NO_COLOR", "").isEmpty()
                        || environment.getOrDefault("TERM", "").equals("dumb");
        return new Console(
                in,
                writer(out),
                writer(err),
                typed,
                interactive && !environment.getOrDefault("TERM", "").equals("dumb"),
                progress && !environment.getOrDefault("TERM", "").equals("dumb"),
                interactive && !plain,
                Math.max(20, width));
    }

    /// Shows what the program is busy with on a terminal, in one line that the next one replaces.
    ///
    /// @param words empty to take the line away
    public void status(String words) {
        if (progress) {
            err.print("\r\u001b[2K" + words);
            err.flush();
        }
    }

    /// Writes out what is held back.
    public void flush() {
        out.flush();
        err.flush();
    }

    private static PrintWriter writer(OutputStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), false);
    }
}
