package dev.polymnia.server.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import dev.polymnia.core.Fault;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/// The database of a server: one connection that writes, a few that read. It is one server's as
/// long as it is open. Thread-safe.
final class Database implements AutoCloseable {
    static final String FILE = "runs.db";

    private static final String POSTGRESQL = "jdbc:postgresql:";
    private static final int READERS = 4;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    /// How long a database is waited for that does not answer yet.
    private static final Duration START_WAIT = Duration.ofSeconds(3);

    /// A commit is on the disk when it is told (FULL), so that it survives the machine's end, not
    /// only the process's. Readers see the last commit and hold nobody up (WAL).
    private static final Map<String, String> SQLITE =
            Map.of(
                    "journal_mode", "WAL",
                    "synchronous", "FULL",
                    "foreign_keys", "true",
                    "transaction_mode", "IMMEDIATE",
                    "busy_timeout", Long.toString(LONGEST_WAIT.toMillis()));

    /// The connection that writes holds this for itself; so there is one server, whatever breaks.
    /// One that ended just now may hold it still, so it is waited for here: a pool does not try
    /// again what it says first to a connection.
    private static final String CLAIM =
            "do $$ begin for tries in 1..30 loop if pg_try_advisory_lock(1886354797, 8420) then"
                    + " return; end if; perform pg_sleep(0.1); end loop; raise exception 'another"
                    + " server keeps its runs there; stop it, or choose another database'; end $$";

    private final boolean sqlite;
    private final AutoCloseable claim;
    private final HikariDataSource writer;
    private final HikariDataSource readers;
    private final Jdbi writing;
    private final Jdbi reading;

    private Database(
            String url, AutoCloseable claim, HikariDataSource writer, HikariDataSource readers) {
        sqlite = url.startsWith("jdbc:sqlite:");
        this.claim = claim;
        this.writer = writer;
        this.readers = readers;
        writing = Jdbi.create(writer);
        reading = Jdbi.create(readers);
    }

    static Database inFolder(Path folder) {
        Path file = folder.resolve(FILE).toAbsolutePath();
        try {
            create(file);
            FileChannel claim = claim(folder);
            String url = "jdbc:sqlite:" + file;
            return open(url, sqlite(url), sqlite(url), claim);
        } catch (IOException e) {
            throw new Fault(
                    Fault.Code.UNAVAILABLE,
                    "Runs cannot be kept in %s: %s. Make it a folder that can be written, or choose another."
                            .formatted(folder, reason(e)),
                    e);
        }
    }

    private static String reason(IOException e) {
        return e instanceof AccessDeniedException denied
                ? "%s may not be written".formatted(denied.getFile())
                : String.valueOf(e.getMessage());
    }

    static Database at(String url) {
        requirePostgres(url);
        return open(url, claiming(url), config(url), () -> {});
    }

    /// Checks a URL.
    ///
    /// @throws Fault `INVALID` if it is for something other than PostgreSQL
    static void requirePostgres(String url) {
        if (!url.startsWith(POSTGRESQL)) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "The URL of the database of runs (not shown) does not begin with %s; write %s//HOST/DATABASE?user=NAME&password=WORD."
                            .formatted(POSTGRESQL, POSTGRESQL));
        }
    }

    private static HikariConfig claiming(String url) {
        HikariConfig config = config(url);
        config.setConnectionInitSql(CLAIM);
        config.setInitializationFailTimeout(START_WAIT.toMillis());
        return config;
    }

    /// Keeps servers from a database of PostgreSQL until it is closed.
    ///
    /// @throws Fault `UNAVAILABLE` if one has it, or it cannot be reached
    static AutoCloseable claim(String url) {
        HikariConfig config = claiming(url);
        config.setMaximumPoolSize(1);
        try {
            return new HikariDataSource(config);
        } catch (HikariPool.PoolInitializationException e) {
            throw fault("The database of runs cannot be opened: ", e);
        }
    }

    private static Database open(
            String url, HikariConfig writing, HikariConfig reading, AutoCloseable claim) {
        HikariDataSource writer = null;
        try {
            writing.setMaximumPoolSize(1);
            writing.setPoolName("run-store-writer");
            writer = new HikariDataSource(writing);
            Migrations.apply(url);
            reading.setMaximumPoolSize(READERS);
            reading.setPoolName("run-store-readers");
            return new Database(url, claim, writer, new HikariDataSource(reading));
        } catch (HikariPool.PoolInitializationException | FlywayException e) {
            leave(writer, claim);
            throw fault("The database of runs cannot be opened: ", e);
        } catch (Fault fault) {
            leave(writer, claim);
            throw fault;
        }
    }

    private static void leave(@Nullable HikariDataSource writer, AutoCloseable claim) {
        if (writer != null) {
            writer.close();
        }
        giveUp(claim);
    }

    private static HikariConfig sqlite(String url) {
        HikariConfig config = config(url);
        // What is deleted is overwritten with zeros, not only forgotten.
        config.setConnectionInitSql("pragma secure_delete = on");
        SQLITE.forEach(config::addDataSourceProperty);
        return config;
    }

    private static HikariConfig config(String url) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMinimumIdle(1);
        config.setMaxLifetime(0);
        config.setConnectionTimeout(LONGEST_WAIT.toMillis());
        config.setInitializationFailTimeout(1);
        return config;
    }

    /// Makes the file and its folder, for the owner's eyes only, unless they are there.
    private static void create(Path file) throws IOException {
        createFolder(file.resolveSibling("."));
        try {
            createFile(file);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isWritable(file)) {
                throw new IOException("the file " + file.getFileName() + " is not writable", e);
            }
        }
    }

    /// Makes a file for the owner's eyes only, into which something is written.
    ///
    /// @throws Fault `INVALID` if it is there, `UNAVAILABLE` if it cannot be made
    static void createNew(Path file) {
        try {
            createFile(file);
        } catch (FileAlreadyExistsException e) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "There is a file %s already; name another one.".formatted(file),
                    e);
        } catch (IOException e) {
            throw new Fault(
                    Fault.Code.UNAVAILABLE,
                    "%s cannot be written: %s.".formatted(file, e.getMessage()),
                    e);
        }
    }

    /// Makes a folder for the owner's eyes only, unless it is there.
    static void createFolder(Path folder) throws IOException {
        try {
            Files.createDirectories(folder, permissions("rwx------"));
        } catch (FileAlreadyExistsException e) {
            throw new IOException("there is a file of that name", e);
        }
    }

    /// Makes a file for the owner's eyes only.
    static void createFile(Path file) throws IOException {
        Files.createFile(file, permissions("rw-------"));
    }

    private static FileAttribute<?>[] permissions(String permissions) {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    /// Makes the folder this server's. The operating system ends that with the process.
    ///
    /// @throws Fault `UNAVAILABLE` if it is another's
    static FileChannel claim(Path folder) throws IOException {
        FileChannel channel =
                FileChannel.open(
                        folder.resolve("runs.lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw taken(folder);
        }
        channel.close();
        throw taken(folder);
    }

    private static Fault taken(Path folder) {
        return new Fault(
                Fault.Code.UNAVAILABLE,
                "Another server keeps its runs in %s; stop it, or choose another folder."
                        .formatted(folder));
    }

    /// Returns whether it is SQLite, and not PostgreSQL.
    boolean isSqlite() {
        return sqlite;
    }

    /// Writes in one transaction.
    ///
    /// @throws JdbiException if it is not committed, or that is not known
    void write(Consumer<Handle> work) {
        writing.useTransaction(work::accept);
    }

    /// Writes in one transaction what somebody waits for.
    ///
    /// @throws Fault `UNAVAILABLE` if it is not committed, or that is not known; or that of the
    ///   work, and then nothing is written
    void change(Consumer<Handle> work) {
        try {
            write(work);
        } catch (JdbiException e) {
            throw fault("The database cannot be written: ", e);
        }
    }

    /// Writes in one transaction what follows from what is there: nothing else is written between
    /// what the work reads and what it writes, as one connection writes all.
    ///
    /// @return what the work returns
    /// @throws Fault as [#change]
    <T> T compute(Function<Handle, T> work) {
        try {
            return writing.inTransaction(work::apply);
        } catch (JdbiException e) {
            throw fault("The database cannot be written: ", e);
        }
    }

    /// Has nothing left of what was deleted, as far as a database can: SQLite's log is written into
    /// the file, where zeros stand, and emptied; PostgreSQL gives the places of old rows free.
    ///
    /// @throws Fault `UNAVAILABLE` if that was not possible
    void scrub() {
        try {
            boolean done = writing.withHandle(handle -> sqlite ? emptyLog(handle) : vacuum(handle));
            if (!done) {
                throw new Fault(
                        Fault.Code.UNAVAILABLE,
                        "What was deleted is still in the database's log, as somebody reads it;"
                                + " it goes when the server stops.");
            }
        } catch (JdbiException e) {
            throw fault("What was deleted may still be in the database's files: ", e);
        }
    }

    private static boolean emptyLog(Handle handle) {
        return handle.createQuery("pragma wal_checkpoint(truncate)").mapTo(Integer.class).first()
                == 0;
    }

    private static boolean vacuum(Handle handle) {
        handle.execute("vacuum");
        return true;
    }

    /// Reads.
    ///
    /// @throws Fault `UNAVAILABLE` if that is not possible
    <T> T read(Function<Handle, T> work) {
        try {
            return reading.withHandle(work::apply);
        } catch (JdbiException e) {
            throw fault("The runs cannot be read: ", e);
        }
    }

    /// Returns a fault that tells what lies below an exception.
    static Fault fault(String words, Exception cause) {
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return new Fault(Fault.Code.UNAVAILABLE, words + root.getMessage(), cause);
    }

    private static void giveUp(AutoCloseable claim) {
        try {
            claim.close();
        } catch (Exception e) {
            throw new Fault(
                    Fault.Code.UNAVAILABLE, "The lock of the runs cannot be given up: " + e, e);
        }
    }

    @Override
    public void close() {
        readers.close();
        writer.close();
        giveUp(claim);
    }
}
