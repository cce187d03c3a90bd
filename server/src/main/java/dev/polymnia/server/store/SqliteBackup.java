package dev.polymnia.server.store;

import dev.polymnia.core.Fault;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/// The backup of a store in a folder.
///
/// @param folder of the store
record SqliteBackup(Path folder) implements Backup {
    /// What belongs to a database beside its file.
    private static final List<String> ENDINGS = List.of("", "-wal", "-shm");

    private Path database() {
        return folder.resolve(Database.FILE);
    }

    @Override
    public void write(Path file) {
        if (!Files.exists(database())) {
            throw new Fault(
                    Fault.Code.NOT_FOUND,
                    "Nothing is kept in %s; name the folder of a server.".formatted(folder));
        }
        Database.createNew(file);
        try (Connection connection = open(database());
                PreparedStatement copy = connection.prepareStatement("vacuum into ?")) {
            copy.setString(1, file.toString());
            copy.execute();
        } catch (SQLException e) {
            remove(file);
            throw new Fault(
                    Fault.Code.UNAVAILABLE, "The backup was not made: " + e.getMessage(), e);
        }
    }

    @Override
    public void restore(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new Fault(Fault.Code.NOT_FOUND, "There is no backup %s.".formatted(file));
        }
        try {
            Database.createFolder(folder);
            restoreInto(file);
        } catch (IOException e) {
            throw unwritable(folder, e);
        }
    }

    private void restoreInto(Path file) throws IOException {
        try (FileChannel _ = Database.claim(folder)) {
            Path fresh = folder.resolve("restored.db");
            try {
                copy(file, fresh);
                check(fresh, file);
                replace(fresh);
            } finally {
                remove(fresh);
            }
        }
    }

    /// Copies into a file for the owner's eyes only, whatever the backup's are.
    private static void copy(Path file, Path fresh) throws IOException {
        Files.deleteIfExists(fresh);
        Database.createFile(fresh);
        try (OutputStream out = Files.newOutputStream(fresh)) {
            Files.copy(file, out);
        }
    }

    /// Checks that a copy of a backup is whole, and of a version that is known.
    private static void check(Path copy, Path file) {
        try (Connection connection = open(copy);
                Statement statement = connection.createStatement()) {
            String sound = text(statement, "pragma integrity_check");
            if (!sound.equals("ok")) {
                throw corrupt(file, sound);
            }
            Migrations.requireKnown(
                    Integer.parseInt(
                            text(
                                    statement,
                                    "select max(cast(version as integer)) from"
                                            + " flyway_schema_history")));
        } catch (SQLException | NumberFormatException e) {
            throw corrupt(file, String.valueOf(e.getMessage()));
        }
    }

    private static String text(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            return String.valueOf(rows.getString(1));
        }
    }

    /// Puts the copy in the place of what is there, which is gone then: it may hold what somebody
    /// had erased.
    private void replace(Path fresh) throws IOException {
        // First what would be read into the new file; without it the old one is still whole.
        try (Connection connection = open(database());
                Statement statement = connection.createStatement()) {
            statement.execute("pragma wal_checkpoint(truncate)");
        } catch (SQLException e) {
            throw new IOException("what is there cannot be closed: " + e.getMessage(), e);
        }
        for (String ending : ENDINGS.reversed()) {
            if (!ending.isEmpty()) {
                Files.deleteIfExists(folder.resolve(Database.FILE + ending));
            }
        }
        Files.move(
                fresh,
                database(),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    private static Connection open(Path file) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file.toAbsolutePath());
        try (Statement statement = connection.createStatement()) {
            statement.execute("pragma busy_timeout = 10000");
        }
        return connection;
    }

    private static Fault corrupt(Path file, String why) {
        return new Fault(
                Fault.Code.CORRUPT,
                "%s cannot be put back: %s. All is as before.".formatted(file, why));
    }

    private static Fault unwritable(Path place, IOException e) {
        return new Fault(
                Fault.Code.UNAVAILABLE,
                "%s cannot be written: %s.".formatted(place, e.getMessage()),
                e);
    }

    private static void remove(Path file) {
        for (String ending : ENDINGS) {
            try {
                Files.deleteIfExists(Path.of(file + ending));
            } catch (IOException e) {
                throw unwritable(file, e);
            }
        }
    }
}
