package dev.polymnia.app;

import dev.polymnia.app.terminal.Console;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "restore",
        mixinStandardHelpOptions = true,
        description =
                "Puts back what polymnia backup wrote, in the place of all that is kept now. The"
                        + " server must have been stopped.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  polymnia backup before.backup && polymnia restore /backups/polymnia.backup",
            "  polymnia restore --config polymnia.toml /backups/polymnia.backup"
        })
final class RestoreCommand implements Callable<Integer> {
    private final Console console;

    @Mixin private StoreOptions kept = new StoreOptions();

    @Parameters(paramLabel = "FILE", description = "was written by polymnia backup")
    private Path file = Path.of("");

    RestoreCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        kept.backup(kept.configuration(System.getenv())).restore(file.toAbsolutePath());
        console.out().println("All is as it was in %s.".formatted(file));
        return 0;
    }
}
