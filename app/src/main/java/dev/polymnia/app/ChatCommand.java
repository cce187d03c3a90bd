package dev.polymnia.app;

import dev.polymnia.app.chat.Chat;
import dev.polymnia.app.chat.Settings;
import dev.polymnia.app.terminal.Console;
import dev.polymnia.core.Cancellation;
import dev.polymnia.core.model.BranchingModel;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "chat",
        mixinStandardHelpOptions = true,
        description = "Holds a conversation; /help in it shows its commands.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  polymnia chat",
            "  polymnia chat --mode contemplating --agents 4",
            "  polymnia chat --resume",
            "  polymnia chat --list",
            "  printf 'My name is Ada.\\nWhat is my name?\\n' | polymnia chat --incognito"
        })
final class ChatCommand implements Callable<Integer> {
    private final Console console;

    @Mixin private BackendOptions backend = new BackendOptions();

    @Mixin private RunOptions run = new RunOptions();

    @Option(names = "--system", description = "what the model is told before the first question")
    private String system = "";

    @Option(
            names = "--resume",
            arity = "0..1",
            fallbackValue = "",
            paramLabel = "ID",
            description = "goes on with the conversation of this id; without one, with the latest")
    private @Nullable String resume;

    @Option(names = "--list", description = "shows the conversations that can be resumed, and ends")
    private boolean list;

    @Option(names = "--incognito", description = "writes nothing of the conversation to the disk")
    private boolean incognito;

    @Option(
            names = "--plain",
            defaultValue = "${env:POLYMNIA_PLAIN:-false}",
            description = "tells everything in sentences, for screen readers")
    private boolean plain;

    ChatCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (list) {
            Chat.list(console);
            return 0;
        }
        Chat.Options options =
                new Chat.Options(
                        new Settings(
                                run.mode(), run.agents(), run.budget(), run.seed(), run.team()),
                        system,
                        Optional.ofNullable(resume),
                        incognito,
                        plain);
        try (ProgramSandbox programs = new ProgramSandbox(console)) {
            Chat.hold(console, this::load, options, programs::runner);
        }
        return 0;
    }

    private BranchingModel load() {
        Cancellation cancellation = new Cancellation();
        try (Interrupt _ = Interrupt.cancels(cancellation)) {
            return backend.open(console, !plain, cancellation, run.budget());
        }
    }
}
