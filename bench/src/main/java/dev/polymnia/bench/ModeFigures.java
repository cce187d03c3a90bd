package dev.polymnia.bench;

import dev.polymnia.agents.Assistant;
import dev.polymnia.agents.RunRequest;
import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Clock;
import dev.polymnia.core.Mode;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.run.Budget;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.Outcome;
import dev.polymnia.core.run.RunEvent;
import dev.polymnia.llama.LlamaModel;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Asks one question in each mode with several seeds and prints a line of tab-separated values for
/// each run: mode, seed, short answer, votes, why it stopped, tokens written, seconds of the run.
/// Arguments: model (empty for the default), number of seeds, the question, then the modes.
public final class ModeFigures {
    private static final String MUFFINS =
            "A bakery sells muffins in boxes of 6 and boxes of 10. Anna buys 4 small boxes and 3"
                    + " large boxes, gives away a third of all muffins and eats 5. How many muffins"
                    + " does she have left?";

    private ModeFigures() {}

    /// Runs the measurement.
    public static void main(String... arguments) {
        PrintStream out = System.out;
        int seeds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10;
        String question = arguments.length > 2 && !arguments[2].isEmpty() ? arguments[2] : MUFFINS;
        List<Mode> modes = new ArrayList<>();
        for (int i = 3; i < arguments.length; i++) {
            modes.add(Mode.valueOf(arguments[i].toUpperCase(Locale.ROOT)));
        }
        try (LlamaModel model = Loading.load(arguments.length > 0 ? arguments[0] : "")) {
            out.println("mode\tseed\tanswer\tvotes\tstopped\ttokens\tseconds");
            for (Mode mode : modes.isEmpty() ? List.of(Mode.values()) : modes) {
                for (int seed = 1; seed <= seeds; seed++) {
                    out.println(line(model, mode, seed, question));
                    out.flush();
                }
            }
        }
    }

    private static String line(LlamaModel model, Mode mode, int seed, String question) {
        List<RunEvent> log = new ArrayList<>();
        Outcome outcome =
                new Assistant(model, Clock.SYSTEM)
                        .answer(
                                new RunRequest(
                                        "figures",
                                        List.of(Message.user(question)),
                                        mode,
                                        Budget.UNLIMITED,
                                        seed,
                                        8,
                                        new Cancellation()),
                                log::add);
        String votes = "";
        String stopped = "";
        for (RunEvent event : log) {
            if (event.event() instanceof Event.Tally tally) {
                votes =
                        String.join(
                                " ",
                                tally.shares().stream()
                                        .map(share -> share.answer() + "×" + share.votes())
                                        .toList());
            }
            if (event.event() instanceof Event.StoppedEarly early) {
                stopped = early.rule().name().toLowerCase(Locale.ROOT);
            }
        }
        Event.RunFinished end = (Event.RunFinished) log.getLast().event();
        return String.format(
                Locale.ROOT,
                "%s\t%d\t%s\t%s\t%s\t%d\t%.1f",
                mode.word(),
                seed,
                outcome.answer().orElse("-"),
                votes,
                stopped,
                end.ledger().usage().generated(),
                end.ledger().wall().toMillis() / 1000.0);
    }
}
