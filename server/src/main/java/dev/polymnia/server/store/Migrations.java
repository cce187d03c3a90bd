package dev.polymnia.server.store;

import dev.polymnia.core.Fault;
import dev.polymnia.core.platform.OwnTexts;
import java.io.Reader;
import java.io.StringReader;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;
import org.jspecify.annotations.Nullable;

/// Brings a database to the tables of this version. The scripts are named here and not searched
/// for: a search would look through all jars, and sees nothing of a module. What SQLite and
/// PostgreSQL say differently has a script for each: `V7__conversations.sqlite.sql`. Immutable.
final class Migrations implements ResourceProvider {
    private static final List<String> NAMES =
            List.of(
                    "V1__runs.sql",
                    "V2__end.sql",
                    "V3__responses.sql",
                    "V4__people.sql",
                    "V5__signing_in.sql",
                    "V6__audit.sql",
                    "V7__conversations.sql",
                    "V8__shares.sql",
                    "V9__memory.sql",
                    "V10__openid.sql",
                    "V11__files.sql",
                    "V12__leaderboard.sql",
                    "V13__titles.sql",
                    "V14__feedback.sql");

    private static final int LAST = version(NAMES.getLast());

    private final String database;

    /// @param database `sqlite` or `postgresql`
    private Migrations(String database) {
        this.database = database;
    }

    /// Changes a database as far as that is needed.
    ///
    /// @throws Fault `UNSUPPORTED` if it is of a later version
    static void apply(String url) {
        apply(url, LAST);
    }

    /// Changes a database as far as an earlier version had it.
    static void apply(String url, int version) {
        Flyway flyway =
                Flyway.configure(Migrations.class.getClassLoader())
                        .dataSource(url, null, null)
                        .target(Integer.toString(version))
                        .resourceProvider(
                                new Migrations(
                                        url.startsWith("jdbc:sqlite:") ? "sqlite" : "postgresql"))
                        .javaMigrationClassProvider(List::of)
                        .load();
        MigrationInfo current = flyway.info().current();
        if (current != null) {
            requireKnown(Integer.parseInt(current.getVersion().getVersion()));
        }
        flyway.migrate();
    }

    /// Returns the versions that there were, and this one, in their order.
    static Stream<Integer> versions() {
        return NAMES.stream().map(Migrations::version);
    }

    /// Checks the version of a database.
    ///
    /// @throws Fault `UNSUPPORTED` if it is a later one
    static void requireKnown(int version) {
        if (version > LAST) {
            throw new Fault(
                    Fault.Code.UNSUPPORTED,
                    "The database is of a later version of Polymnia (%d, and this one knows %d); use that one."
                            .formatted(version, LAST));
        }
    }

    private static int version(String name) {
        return Integer.parseInt(name.substring(1, name.indexOf('_')));
    }

    @Override
    public @Nullable LoadableResource getResource(String name) {
        return NAMES.contains(name) ? new Script(name, database) : null;
    }

    @Override
    public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
        return NAMES.stream()
                .filter(name ->
                        name.startsWith(prefix) && Stream.of(suffixes).anyMatch(name::endsWith))
                .<LoadableResource>map(name -> new Script(name, database))
                .toList();
    }

    private static final class Script extends LoadableResource {
        private final String name;
        private final String database;

        Script(String name, String database) {
            this.name = name;
            this.database = database;
        }

        @Override
        public Reader read() {
            String own = name.replace(".sql", "." + database + ".sql");
            String file = Migrations.class.getResource(own) == null ? name : own;
            return new StringReader(
                    OwnTexts.read(Migrations.class.getResourceAsStream(file), file));
        }

        @Override
        public String getAbsolutePath() {
            return name;
        }

        @Override
        public String getAbsolutePathOnDisk() {
            return name;
        }

        @Override
        public String getFilename() {
            return name;
        }

        @Override
        public String getRelativePath() {
            return name;
        }
    }
}
