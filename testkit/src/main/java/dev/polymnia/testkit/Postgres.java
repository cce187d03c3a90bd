package dev.polymnia.testkit;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// A PostgreSQL of its own on a free port of this machine. It does not run as root; root hands it
/// to the user `nobody`. Confined to one thread.
public final class Postgres {
    private static final boolean ROOT = System.getProperty("user.name").equals("root");

    private final Path home;
    private final Path programs;
    private final int port;
    private final boolean careful;
    private final AtomicInteger databases = new AtomicInteger();

    /// Starts one for tests: what it commits survives its own fall, but not that of the machine.
    ///
    /// @throws IOException if that fails
    /// @throws InterruptedException if this thread is interrupted
    public Postgres() throws IOException, InterruptedException {
        this(false);
    }

    /// Starts one.
    ///
    /// @param careful whether a commit is on the disk when it is told, as usual; for figures
    /// @throws IOException if that fails
    /// @throws InterruptedException if this thread is interrupted
    public Postgres(boolean careful) throws IOException, InterruptedException {
        this.careful = careful;
        programs = programs();
        home = Files.createTempDirectory("polymnia-postgres");
        if (ROOT) {
            execute(List.of("chown", "nobody", home.toString()));
        }
        run("initdb", "-D", data(), "-U", "polymnia", "-A", "trust", "-E", "UTF8", "--locale=C");
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        start();
    }

    /// Returns where Debian and others put what they do not put on the path.
    private static Path programs() throws IOException {
        Path versions = Path.of("/usr/lib/postgresql");
        if (Files.isDirectory(versions)) {
            try (Stream<Path> found = Files.list(versions)) {
                return found.map(version -> version.resolve("bin"))
                        .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                        .max(Comparator.naturalOrder())
                        .orElseThrow(Postgres::missing);
            }
        }
        return Stream.of(System.getenv("PATH").split(":"))
                .map(Path::of)
                .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                .findFirst()
                .orElseThrow(Postgres::missing);
    }

    private static IllegalStateException missing() {
        return new IllegalStateException(
                "There is no initdb; install PostgreSQL (Debian: apt-get install postgresql).");
    }

    /// Starts it again.
    ///
    /// @throws IOException if that fails
    /// @throws InterruptedException if this thread is interrupted
    public void start() throws IOException, InterruptedException {
        String options =
                "-c listen_addresses=127.0.0.1 -c port=%d -c unix_socket_directories="
                                .formatted(port)
                        + (careful ? "" : " -c fsync=off -c full_page_writes=off");
        run(
                "pg_ctl",
                "-D",
                data(),
                "-l",
                home.resolve("log").toString(),
                "-w",
                "-o",
                options,
                "start");
    }

    /// Stops it as its fall would, with whatever is connected.
    ///
    /// @throws IOException if that fails
    /// @throws InterruptedException if this thread is interrupted
    public void stop() throws IOException, InterruptedException {
        run("pg_ctl", "-D", data(), "-w", "-m", "immediate", "stop");
    }

    private String data() {
        return home.resolve("data").toString();
    }

    /// Returns the URL of a new, empty database.
    ///
    /// @throws SQLException if there is none
    public String newDatabase() throws SQLException {
        return create("");
    }

    /// Returns the URL of a new database with all that is in another.
    ///
    /// @param url of the other, to which nobody is connected
    /// @throws SQLException if there is none
    public String newDatabaseLike(String url) throws SQLException {
        return create(" template " + url.substring(url.lastIndexOf('/') + 1, url.indexOf('?')));
    }

    private String create(String like) throws SQLException {
        String name = "runs" + databases.getAndIncrement();
        try (Connection connection = DriverManager.getConnection(url("postgres"));
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name + like);
        }
        return url(name);
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:%d/%s?user=polymnia".formatted(port, database);
    }

    private void run(String program, String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        if (ROOT) {
            command.addAll(List.of("runuser", "-u", "nobody", "--"));
        }
        command.add(programs.resolve(program).toString());
        command.addAll(List.of(words));
        execute(command);
    }

    private static void execute(List<String> command) throws IOException, InterruptedException {
        // The server inherits the output, which would never end.
        Path output = Files.createTempFile("polymnia-postgres", ".txt");
        Process process =
                new ProcessBuilder(command)
                        .directory(Path.of("/").toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        int code = process.waitFor();
        String said = Files.readString(output);
        Files.delete(output);
        if (code != 0) {
            throw new IOException(String.join(" ", command) + " failed: " + said);
        }
    }

    /// Stops it and removes its files.
    ///
    /// @throws IOException if that fails, with what the program said that did not do it
    /// @throws InterruptedException if this thread is interrupted
    public void remove() throws IOException, InterruptedException {
        stop();
        // Each database has hundreds of files.
        execute(List.of("rm", "-rf", home.toString()));
    }
}
