package dev.polymnia.app;

import dev.polymnia.app.terminal.Console;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        description = "Prints a script that completes commands, options and models in a shell.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  polymnia completion bash > ~/.local/share/bash-completion/completions/polymnia",
            "  eval \"$(polymnia completion zsh)\"        # in ~/.zshrc, after compinit",
            "  polymnia completion fish > ~/.config/fish/completions/polymnia.fish"
        })
final class CompletionCommand implements Callable<Integer> {
    /// The shells that a script can be made for; in small letters, as people write them.
    enum Shell {
        bash,
        zsh,
        fish
    }

    private final Console console;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}")
    private Shell shell = Shell.bash;

    CompletionCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        CommandLine root = spec.root().commandLine();
        smallLetters(root);
        String script =
                switch (shell) {
                    // The script of picocli finds out itself which of the two runs it.
                    case bash, zsh -> AutoComplete.bash(root.getCommandName(), root);
                    case fish -> new FishCompletion(root).script();
                };
        console.out().print(script);
        return 0;
    }

    /// Offers the values of enums as people write them: the command line takes either case, and the
    /// descriptions use small letters.
    private static void smallLetters(CommandLine command) {
        CommandSpec here = command.getCommandSpec();
        for (OptionSpec option : List.copyOf(here.options())) {
            if (option.type().isEnum()) {
                List<String> values = new ArrayList<>();
                option.completionCandidates()
                        .forEach(value -> values.add(value.toLowerCase(Locale.ROOT)));
                here.remove(option);
                here.addOption(OptionSpec.builder(option).completionCandidates(values).build());
            }
        }
        command.getSubcommands().values().forEach(CompletionCommand::smallLetters);
    }
}
