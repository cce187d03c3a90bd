package dev.polymnia.app;

import dev.polymnia.app.terminal.Console;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "backup",
        mixinStandardHelpOptions = true,
        description =
                "Writes what a server keeps into a file: runs, people, keys, quotas, use. The"
                        + " server may be at work.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  polymnia backup polymnia-2026-11-29.backup",
            "  polymnia backup --config polymnia.toml /backups/polymnia.backup",
            "  polymnia restore /backups/polymnia.backup"
        })
final class BackupCommand implements Callable<Integer> {
    private final Console console;

    @Mixin private StoreOptions kept = new StoreOptions();

    @Parameters(paramLabel = "FILE", description = "is written, and not there yet")
    private Path file = Path.of("");

    BackupCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        kept.backup(kept.configuration(System.getenv())).write(file.toAbsolutePath());
        console.out()
                .println(
                        "%s holds all that is kept; polymnia restore puts it back."
                                .formatted(file));
        return 0;
    }
}
