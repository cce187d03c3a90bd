package dev.polymnia.app;

import dev.polymnia.app.chat.DataFolder;
import dev.polymnia.app.config.Configuration;
import dev.polymnia.app.config.Setting;
import dev.polymnia.core.Fault;
import dev.polymnia.server.EventJson;
import dev.polymnia.server.store.Backup;
import dev.polymnia.server.store.Store;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where a server keeps what it keeps. Confined to one thread.
final class StoreOptions {
    private static final String CONFIG = "POLYMNIA_CONFIG";

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "a TOML file that says all that the options of serve say, and more: limits,"
                            + " TLS, logs; default: the variable POLYMNIA_CONFIG. An option goes"
                            + " before it")
    private @Nullable Path config;

    @Option(
            names = "--data-dir",
            paramLabel = "FOLDER",
            description =
                    "where people, conversations, runs and all else are kept; default: the folder"
                            + " of the conversations of chat, which POLYMNIA_DATA names")
    private @Nullable Path folder;

    @Option(
            names = "--database",
            paramLabel = "URL",
            description =
                    "keeps all of that in PostgreSQL instead:"
                        + " jdbc:postgresql://HOST/DATABASE?user=NAME; default: the variable"
                        + " POLYMNIA_DATABASE, which keeps a password out of the list of processes")
    private @Nullable String database;

    /// Reads the configuration that an option or a variable names.
    Configuration configuration(Map<String, String> environment) {
        String usual = environment.getOrDefault(CONFIG, "").strip();
        return Configuration.read(
                config != null || usual.isEmpty() ? config : Path.of(usual), environment);
    }

    /// Opens the store: where the options say, else where the configuration does.
    Store open(Configuration configuration) {
        ZoneId zone = configuration.zone(Setting.ZONE).orElseGet(ZoneId::systemDefault);
        return url(configuration)
                .map(url -> Store.at(url, EventJson::line, zone))
                .orElseGet(() -> Store.inFolder(folder(configuration), EventJson::line, zone));
    }

    /// Returns the backup of the same store.
    Backup backup(Configuration configuration) {
        return url(configuration)
                .map(Backup::at)
                .orElseGet(() -> Backup.ofFolder(folder(configuration)));
    }

    private Optional<Path> place(Configuration configuration) {
        return Optional.ofNullable(folder).or(() -> configuration.file(Setting.DATA_DIR));
    }

    /// Returns the folder of what is kept as files.
    Path folder(Configuration configuration) {
        return place(configuration).orElseGet(() -> DataFolder.ofThisMachine().root());
    }

    private Optional<String> url(Configuration configuration) {
        Optional<String> url =
                Optional.ofNullable(database).or(() -> configuration.text(Setting.DATABASE));
        if (url.isPresent() && place(configuration).isPresent()) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "All is kept in a folder or in a database, but both are named; leave out the"
                            + " data-dir or the database.");
        }
        return url;
    }
}
