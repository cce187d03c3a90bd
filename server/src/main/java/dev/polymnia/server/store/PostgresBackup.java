package dev.polymnia.server.store;

import dev.polymnia.core.Fault;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The backup of a store in PostgreSQL.
final class PostgresBackup implements Backup {
    private static final Path VERSIONS = Path.of("/usr/lib/postgresql");

    private static final Pattern ROW = Pattern.compile("^\\d+\\t(\\d{1,9})\\t", Pattern.MULTILINE);

    private final String url;
    private final Map<String, String> environment;

    /// @param url as [Store#at] has it
    PostgresBackup(String url) {
        Database.requirePostgres(url);
        this.url = url;
        environment = environment(URI.create(url.substring("jdbc:".length())));
    }

    /// Returns what PostgreSQL's programs have to know, which none of the machine's other users
    /// sees there.
    private static Map<String, String> environment(URI uri) {
        Map<String, String> values = new HashMap<>();
        if (uri.getHost() != null) {
            values.put("PGHOST", uri.getHost());
        }
        if (uri.getPort() > 0) {
            values.put("PGPORT", Integer.toString(uri.getPort()));
        }
        String path = uri.getPath() == null ? uri.getSchemeSpecificPart() : uri.getPath();
        values.put("PGDATABASE", path.replaceAll("^/+|\\?.*$", ""));
        String query = uri.getRawQuery();
        for (String field : query == null ? new String[0] : query.split("&")) {
            String value =
                    URLDecoder.decode(
                            field.substring(field.indexOf('=') + 1), StandardCharsets.UTF_8);
            switch (field.substring(0, Math.max(0, field.indexOf('=')))) {
                case "user" -> values.put("PGUSER", value);
                case "password" -> values.put("PGPASSWORD", value);
                case "sslmode" -> values.put("PGSSLMODE", value);
                case "sslrootcert" -> values.put("PGSSLROOTCERT", value);
                // The driver's own.
                default -> {}
            }
        }
        return values;
    }

    @Override
    public void write(Path file) {
        Database.createNew(file);
        try {
            run(
                    "The backup was not made",
                    "pg_dump",
                    "--format=custom",
                    "--no-owner",
                    "--no-privileges",
                    "--file=" + file);
        } catch (Fault fault) {
            remove(file);
            throw fault;
        }
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw unavailable("%s cannot be removed: %s".formatted(file, e.getMessage()), e);
        }
    }

    @Override
    public void restore(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new Fault(Fault.Code.NOT_FOUND, "There is no backup %s.".formatted(file));
        }
        requireBackup(file);
        // No server is at work as long as this is open.
        try (AutoCloseable _ = Database.claim(url)) {
            run(
                    "%s was not put back, all is as before".formatted(file),
                    "pg_restore",
                    "--clean",
                    "--if-exists",
                    "--no-owner",
                    "--no-privileges",
                    "--single-transaction",
                    "--exit-on-error",
                    "--dbname=" + environment.get("PGDATABASE"),
                    file.toString());
        } catch (Fault fault) {
            throw fault;
        } catch (Exception e) {
            throw unavailable("The database cannot be left: " + e.getMessage(), e);
        }
    }

    /// Checks that a file is a backup, of a version that is known.
    private void requireBackup(Path file) {
        String rows;
        try {
            rows =
                    run(
                            "It cannot be read",
                            "pg_restore",
                            "--data-only",
                            "--table=flyway_schema_history",
                            "--file=-",
                            file.toString());
        } catch (Fault fault) {
            throw new Fault(
                    Fault.Code.CORRUPT,
                    "%s is no backup, or is damaged: %s".formatted(file, fault.getMessage()),
                    fault);
        }
        // Of each row the second field; 3 for example.
        int version =
                ROW.matcher(rows)
                        .results()
                        .mapToInt(row -> Integer.parseInt(row.group(1)))
                        .max()
                        .orElseThrow(() ->
                                new Fault(
                                        Fault.Code.CORRUPT,
                                        "%s is no backup of a server of Polymnia."
                                                .formatted(file)));
        Migrations.requireKnown(version);
    }

    private String run(String failure, String program, String... arguments) {
        List<String> command = new ArrayList<>(List.of(find(program).toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String said =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw unavailable(
                        "%s: %s ended with: %s".formatted(failure, program, said.strip()), null);
            }
            return said;
        } catch (IOException e) {
            throw unavailable("%s: %s".formatted(failure, e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Fault(Fault.Code.CANCELLED, failure + ": it was interrupted.", e);
        }
    }

    /// Returns a program of PostgreSQL: of the newest version that Debian has, else of the path.
    private static Path find(String program) {
        Stream<Path> path =
                Stream.of(System.getenv().getOrDefault("PATH", "").split(":")).map(Path::of);
        return Stream.concat(installed().stream(), path)
                .map(folder -> folder.resolve(program))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() ->
                        unavailable(
                                "There is no %s; install PostgreSQL's programs for clients."
                                        .formatted(program),
                                null));
    }

    private static List<Path> installed() {
        if (!Files.isDirectory(VERSIONS)) {
            return List.of();
        }
        try (Stream<Path> found = Files.list(VERSIONS)) {
            return found.map(version -> version.resolve("bin"))
                    .sorted(Comparator.reverseOrder())
                    .toList();
        } catch (IOException e) {
            throw unavailable("%s cannot be read: %s".formatted(VERSIONS, e.getMessage()), e);
        }
    }

    private static Fault unavailable(String message, @Nullable Exception cause) {
        return cause == null
                ? new Fault(Fault.Code.UNAVAILABLE, message)
                : new Fault(Fault.Code.UNAVAILABLE, message, cause);
    }
}
