package dev.polymnia.server.store;

import dev.polymnia.core.Fault;
import java.nio.file.Path;

/// The store of a server as one file, made while the server is at work, and put back while none is.
/// Not thread-safe; closed by nobody, as it holds nothing.
public sealed interface Backup permits SqliteBackup, PostgresBackup {
    /// Returns the backup of a store in a folder.
    static Backup ofFolder(Path folder) {
        Store.reachLibraries();
        return new SqliteBackup(folder);
    }

    /// Returns the backup of a store in PostgreSQL. Its own programs do the work: `pg_dump` and
    /// `pg_restore`, of the `PATH` or where Debian has them.
    ///
    /// @param url as [Store#at] has it
    /// @throws Fault `INVALID` if the URL is for nothing of that kind
    static Backup at(String url) {
        Store.reachLibraries();
        return new PostgresBackup(url);
    }

    /// Writes all that is committed into a file that only its owner may read. A server may be at
    /// work.
    ///
    /// @param file is not there yet
    /// @throws Fault `NOT_FOUND` if there is no store, `INVALID` if the file is there,
    ///   `UNAVAILABLE` if it cannot be written or the store not be read
    void write(Path file);

    /// Puts a store back as it was in a file; what is there now is replaced. No server may be at
    /// work.
    ///
    /// @throws Fault `NOT_FOUND` if there is no such file, `CORRUPT` if it is damaged, no backup,
    ///   or one of a later version; `UNAVAILABLE` if a server has the store, or it cannot be
    ///   written. Then all is as before
    void restore(Path file);
}
