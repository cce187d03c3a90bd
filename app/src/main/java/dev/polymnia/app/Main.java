package dev.polymnia.app;

import dev.polymnia.app.terminal.Console;
import dev.polymnia.core.Fault;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;

/// The program.
@Command(
        name = "polymnia",
        mixinStandardHelpOptions = true,
        version = "polymnia 0.1.0",
        description = "A personal assistant on open-weights models, on your own machine.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:a defect of Polymnia or of a library below it",
            "2:the command or its input is wrong",
            "3:no such model or file",
            "4:not possible with this model, build or platform",
            "5:more tokens than the context holds",
            "6:the budget ended before there was an answer, or an evaluation was done",
            "7:something is missing or cannot be reached: npm, pip, a disk, an endpoint",
            "8:a damaged file, or an endpoint that answers nonsense",
            "9:too much asked for at once",
            "130:interrupted"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  polymnia ask \"What is the capital of Kenya?\"",
            "  polymnia ask --mode contemplating --agents 8 \"How many weekdays has March 2027?\"",
            "  cat notes.txt | polymnia ask --mode thinking \"Summarise this in three lines.\" -",
            "  polymnia chat",
            "  polymnia ask --backend http://localhost:11434 --model qwen3:8b \"Why?\"",
            "  polymnia models list",
            "  polymnia doctor"
        })
public final class Main {
    private Main() {}

    /// Runs a command and ends with its exit code.
    ///
    /// @param arguments the words after `polymnia`
    public static void main(String... arguments) {
        Console console = Console.ofThisProcess();
        Milestones.reached("main", console.err());
        int code = run(console, System.getenv().containsKey("POLYMNIA_DEBUG"), arguments);
        console.flush();
        System.exit(code);
    }

    /// Runs a command.
    ///
    /// @param debug whether a fault is shown with its stack trace
    static int run(Console console, boolean debug, String... arguments) {
        CommandLine line = new CommandLine(new Main());
        Subcommand.addAll(line, console, arguments);
        return run(line, console, debug, arguments);
    }

    /// Runs a command of a program.
    static int run(CommandLine line, Console console, boolean debug, String... arguments) {
        line.setOut(console.out());
        line.setErr(console.err());
        line.setColorScheme(
                CommandLine.Help.defaultColorScheme(console.colours() ? Ansi.ON : Ansi.OFF));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        // A question may begin with an @, and so does a file that holds a key.
        line.setExpandAtFiles(false);
        line.setExecutionExceptionHandler(
                (exception, command, parsed) -> report(exception, debug, console.err()));
        return line.execute(arguments);
    }

    private static int report(Exception exception, boolean debug, PrintWriter err) {
        if (debug) {
            exception.printStackTrace(err);
        }
        if (exception instanceof Fault fault) {
            err.println("polymnia: " + fault.getMessage());
            return exitCode(fault.code());
        }
        err.println(
                "polymnia: a defect: "
                        + exception
                        + "; run again with POLYMNIA_DEBUG=1 and report what it prints.");
        return 1;
    }

    static int exitCode(Fault.Code code) {
        return switch (code) {
            case INTERNAL -> 1;
            case INVALID -> 2;
            case NOT_FOUND -> 3;
            case UNSUPPORTED -> 4;
            case CONTEXT_FULL -> 5;
            case BUDGET_SPENT -> 6;
            case UNAVAILABLE -> 7;
            case CORRUPT -> 8;
            case OVERLOADED -> 9;
            case CANCELLED -> 130;
        };
    }
}
