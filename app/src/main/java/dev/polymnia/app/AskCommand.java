package dev.polymnia.app;

import dev.polymnia.agents.Assistant;
import dev.polymnia.agents.BackgroundRun;
import dev.polymnia.agents.RunListener;
import dev.polymnia.agents.RunRequest;
import dev.polymnia.app.terminal.Console;
import dev.polymnia.app.terminal.Views;
import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Clock;
import dev.polymnia.core.Fault;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.model.BranchingModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "ask",
        mixinStandardHelpOptions = true,
        description = "Asks one question.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  polymnia ask \"What is the capital of Kenya?\"",
            "  polymnia ask --mode contemplating --seed 7 \"What is 17 * 23 - 4?\"",
            "  polymnia ask --tokens 2000 --time 90s --mode contemplating \"…\"",
            "  polymnia ask --backend http://localhost:8080 \"Why is the sky blue?\"",
            "  polymnia ask --backend https://host.example --model NAME --money 0.05 \"…\"",
            "  git diff | polymnia ask \"Write a commit message for this change.\" -",
            "  polymnia ask --json --mode thinking \"…\" | jq 'select(.type == \"answer_delta\")'"
        })
final class AskCommand implements Callable<Integer> {
    private final Console console;

    @Mixin private BackendOptions backend = new BackendOptions();

    @Mixin private RunOptions run = new RunOptions();

    @Option(names = "--system", description = "what the model is told before the question")
    private @Nullable String system;

    @Option(names = "--json", description = "one event per line, as JSON")
    private boolean json;

    @Option(
            names = "--plain",
            defaultValue = "${env:POLYMNIA_PLAIN:-false}",
            description = "tells the run in sentences, for screen readers")
    private boolean plain;

    @Parameters(
            arity = "0..*",
            paramLabel = "QUESTION",
            description = "the question; - stands for what is piped in, which is put last")
    private List<String> question = List.of();

    AskCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Cancellation cancellation = new Cancellation();
        try (Interrupt interrupt = Interrupt.cancels(cancellation)) {
            RunRequest request = request(cancellation);
            try (BranchingModel loaded =
                            backend.open(console, !json && !plain, cancellation, run.budget());
                    ProgramSandbox programs = new ProgramSandbox(console)) {
                Assistant assistant =
                        new Assistant(loaded, Clock.SYSTEM, programs.runner(run.mode()));
                Views.show(console, json, plain, view -> ask(assistant, request, view, interrupt));
            }
            return 0;
        }
    }

    /// Asks; an interrupt ends the run with its best answer so far.
    private static void ask(
            Assistant assistant, RunRequest request, RunListener view, Interrupt interrupt) {
        try (BackgroundRun asked = assistant.start(request, view)) {
            interrupt.endsBy(asked::finish);
            asked.await();
        }
    }

    private RunRequest request(Cancellation cancellation) {
        Message asked = Message.user(words(question, this::piped));
        List<Message> messages =
                system == null ? List.of(asked) : List.of(Message.system(system), asked);
        RunRequest request =
                new RunRequest(
                        UUID.randomUUID().toString(),
                        messages,
                        run.mode(),
                        run.budget(),
                        run.seed().orElseGet(() -> ThreadLocalRandom.current().nextLong(1_000_000)),
                        run.agents(),
                        cancellation);
        return request.withTeam(run.team());
    }

    /// Returns the question. What is piped in is read only when it is asked for or nothing else is
    /// there, as a stream that nobody closes would hold up everything.
    static String words(List<String> question, Supplier<String> piped) {
        String asked =
                String.join(" ", question.stream().filter(word -> !word.equals("-")).toList());
        boolean reads = question.isEmpty() || question.contains("-");
        String words = (asked.strip() + "\n\n" + (reads ? piped.get().strip() : "")).strip();
        if (words.isEmpty()) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "The question is empty: write it after the options, or pipe it in.");
        }
        return words;
    }

    private String piped() {
        if (console.typed()) {
            return "";
        }
        try {
            return new String(console.in().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new Fault(Fault.Code.UNAVAILABLE, "The standard input cannot be read: " + e, e);
        }
    }
}
