package dev.polymnia.server.store;

import dev.polymnia.core.Fault;
import dev.polymnia.core.run.RunEvent;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.function.Function;

/// What a server keeps, in SQLite or PostgreSQL. One server at a time has a store. Thread-safe.
public final class Store implements AutoCloseable {
    private final Database database;
    private final RunStore runs;
    private final PeopleStore people;
    private final KeyStore keys;
    private final SessionStore sessions;
    private final OpenIdStore openIds;
    private final SpendingStore spendings;
    private final AuditStore audit;
    private final ConversationStore conversations;
    private final ShareStore shares;
    private final TitleStore titles;
    private final MemoryStore memories;
    private final FileStore files;
    private final GroupStore groups;
    private final LeaderboardStore leaderboard;

    private Store(Database database, Function<RunEvent, String> json, ZoneId zone) {
        this.database = database;
        runs = new RunStore(database, json);
        people = new PeopleStore(database);
        keys = new KeyStore(database, runs.writer());
        sessions = new SessionStore(database, runs.writer());
        openIds = new OpenIdStore(database);
        groups = new GroupStore(database);
        leaderboard = new LeaderboardStore(database);
        memories = new MemoryStore(database);
        conversations = new ConversationStore(database);
        shares = new ShareStore(database);
        files = new FileStore(database);
        titles = new TitleStore(database);
        audit = new AuditStore(database, runs.writer(), InstantSource.system());
        spendings = new SpendingStore(database, runs.writer(), InstantSource.system(), zone);
    }

    /// Opens the store in a folder, which is made if it is not there: SQLite, in files that only
    /// their owner may read. Its days and months are those of the machine's zone.
    ///
    /// @param json writes an event in one line
    /// @throws Fault `UNAVAILABLE` if it cannot be written there, or another server has it
    public static Store inFolder(Path folder, Function<RunEvent, String> json) {
        return inFolder(folder, json, ZoneId.systemDefault());
    }

    /// Opens the same.
    ///
    /// @param zone in which hours, days and months of quotas and usage begin
    /// @throws Fault as the other
    public static Store inFolder(Path folder, Function<RunEvent, String> json, ZoneId zone) {
        reachLibraries();
        return new Store(Database.inFolder(folder), json, zone);
    }

    /// Opens the store in a database of PostgreSQL. Its days and months are those of the machine's
    /// zone.
    ///
    /// @param url `jdbc:postgresql://HOST/DATABASE?user=…&password=…`; never shown
    /// @param json writes an event in one line
    /// @throws Fault `INVALID` if the URL is for nothing of that kind, `UNAVAILABLE` if the
    ///   database cannot be reached, or another server has it
    public static Store at(String url, Function<RunEvent, String> json) {
        return at(url, json, ZoneId.systemDefault());
    }

    /// Opens the same.
    ///
    /// @param zone in which hours, days and months of quotas and usage begin
    /// @throws Fault as the other
    public static Store at(String url, Function<RunEvent, String> json, ZoneId zone) {
        reachLibraries();
        return new Store(Database.at(url), json, zone);
    }

    /// See module-info: the libraries lie on the class path.
    static void reachLibraries() {
        Store.class.getModule().addReads(Store.class.getClassLoader().getUnnamedModule());
    }

    /// Returns the runs.
    public RunStore runs() {
        return runs;
    }

    /// Returns the people.
    public PeopleStore people() {
        return people;
    }

    /// Returns their keys.
    public KeyStore keys() {
        return keys;
    }

    /// Returns how they sign in.
    public SessionStore sessions() {
        return sessions;
    }

    /// Returns the accounts elsewhere by which they sign in.
    public OpenIdStore openIds() {
        return openIds;
    }

    /// Returns what may be spent, and was.
    public SpendingStore spendings() {
        return spendings;
    }

    /// Returns what people talk about.
    public ConversationStore conversations() {
        return conversations;
    }

    /// Returns the files of conversations.
    public FileStore files() {
        return files;
    }

    /// Returns the links by which others read that.
    public ShareStore shares() {
        return shares;
    }

    /// Returns the titles of that.
    public TitleStore titles() {
        return titles;
    }

    /// Returns what is remembered of people.
    public MemoryStore memories() {
        return memories;
    }

    /// Returns the groups of people.
    public GroupStore groups() {
        return groups;
    }

    /// Returns the leaderboard.
    public LeaderboardStore leaderboard() {
        return leaderboard;
    }

    /// Returns what was done.
    public AuditStore audit() {
        return audit;
    }

    /// Commits what has come, and closes the database.
    @Override
    public void close() {
        runs.close();
        database.close();
    }
}
