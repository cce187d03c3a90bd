package dev.polymnia.server.store;

import dev.polymnia.core.Mode;
import dev.polymnia.core.model.Usage;
import dev.polymnia.server.people.Quota;
import dev.polymnia.server.people.Reservation;
import dev.polymnia.server.people.Spender;
import dev.polymnia.server.people.Spending;
import dev.polymnia.server.people.Standing;
import dev.polymnia.server.people.Use;
import dev.polymnia.server.people.Window;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/// Keeps quotas, what runs at work have reserved, and what runs spent. A reservation is committed
/// before its run begins and goes in one commit with what the run spent; so a quota holds whatever
/// breaks: what a server was about to spend when it was killed counts as spent ([#chargeLeft]).
///
/// Methods that do not say otherwise block for a moment and throw a [Fault] `UNAVAILABLE` if the
/// database cannot be read or written. Thread-safe.
public final class SpendingStore {
    private static final long MOST_TOKENS = 1L << 50;
    private static final Duration SLOT = Duration.ofMinutes(15);

    private final Database database;
    private final LogWriter writer;
    private final InstantSource time;
    private final ZoneId zone;

    /// @param database stays the caller's, and so does the writer
    SpendingStore(Database database, LogWriter writer, InstantSource time, ZoneId zone) {
        this.database = database;
        this.writer = writer;
        this.time = time;
        this.zone = zone;
    }

    /// What came of a wish to reserve.
    public sealed interface Answer {}

    /// It is reserved.
    ///
    /// @param granted what; less than was wanted if that is all that is left
    /// @param limiting why it is less; empty if it is not
    public record Granted(Reservation granted, Optional<Quota> limiting) implements Answer {}

    /// Nothing is reserved.
    ///
    /// @param standing of the quota that does not allow it
    public record Refused(Standing standing) implements Answer {}

    /// Reserves what a run may spend, in place of what was reserved for it before.
    ///
    /// @param wanted the most that it would spend
    /// @param least how many tokens it needs at least, 1 or more
    public Answer reserve(Reservation wanted, long least) {
        AtomicReference<Answer> answer = new AtomicReference<>();
        database.change(handle -> {
            answer.set(answer(handle, wanted, least));
            if (answer.get() instanceof Granted(Reservation granted, var _)) {
                insert(handle, granted);
            }
        });
        return answer.get();
    }

    private Answer answer(Handle handle, Reservation wanted, long least) {
        Reservation granted = wanted;
        Quota limiting = null;
        List<Standing> standings =
                holders(handle, wanted.spender()).stream()
                        .flatMap(holder -> standings(handle, holder, wanted.run()).stream())
                        .toList();
        for (Standing standing : standings) {
            Quota quota = standing.quota();
            if (!quota.isFor(wanted.mode())) {
                continue;
            }
            long left = standing.left();
            boolean enough =
                    switch (quota.resource()) {
                        case TOKENS -> left >= least;
                        case MONEY -> left > 0 || wanted.money() == 0;
                        case RUNS -> left > 0;
                    };
            if (!enough) {
                return new Refused(standing);
            }
            Reservation less =
                    switch (quota.resource()) {
                        case TOKENS ->
                                granted.withAmounts(
                                        Math.min(granted.tokens(), left), granted.money());
                        case MONEY ->
                                granted.withAmounts(
                                        granted.tokens(), Math.min(granted.money(), left));
                        case RUNS -> granted;
                    };
            if (!less.equals(granted)) {
                limiting = quota;
                granted = less;
            }
        }
        return new Granted(granted, Optional.ofNullable(limiting));
    }

    private static void insert(Handle handle, Reservation reservation) {
        handle.createUpdate("delete from reservations where run = :run")
                .bind("run", reservation.run())
                .execute();
        handle.createUpdate(
                        "insert into reservations (run, person, key_id, model, mode, tokens, money)"
                                + " values (:run, :person, :key, :model, :mode, :tokens, :money)")
                .bind("run", reservation.run())
                .bind("person", reservation.spender().person())
                .bind("key", reservation.spender().key())
                .bind("model", reservation.model())
                .bind("mode", reservation.mode().word())
                // Sums of these have to be numbers, too.
                .bind("tokens", Math.min(reservation.tokens(), MOST_TOKENS))
                // What has no limit is limited by no quota.
                .bind("money", reservation.money() == Long.MAX_VALUE ? 0 : reservation.money())
                .execute();
    }

    /// Settles a run that has a reservation, which ends.
    public void settle(Spending spending) {
        String id = newId();
        database.change(handle -> write(handle, id, spending));
    }

    /// Keeps what a run without a reservation spent, soon; returns at once.
    ///
    /// @return false if the database is too far behind; then it is not kept
    public boolean note(Spending spending) {
        String id = newId();
        return writer.note(handle -> write(handle, id, spending));
    }

    private static String newId() {
        return UUID.randomUUID().toString();
    }

    /// Writes a spending. A second time changes nothing.
    private static void write(Handle handle, String id, Spending spending) {
        handle.createUpdate("delete from reservations where run = :run")
                .bind("run", spending.run())
                .execute();
        handle.createUpdate(
                        "insert into spendings (id, at, person, key_id, model, mode, cached,"
                            + " computed, generated, branches, money) values (:id, :at,"
                            + " coalesce((select id from people where id = :person), ''),"
                            + " coalesce((select id from keys where id = :key), ''), :model, :mode,"
                            + " :cached, :computed, :generated, :branches, :money) on conflict (id)"
                            + " do nothing")
                .bind("id", id)
                .bind("at", spending.at().toEpochMilli())
                .bind("person", spending.spender().person())
                .bind("key", spending.spender().key())
                .bind("model", spending.model())
                .bind("mode", spending.mode().word())
                .bind("cached", spending.usage().cached())
                .bind("computed", spending.usage().computed())
                .bind("generated", spending.usage().generated())
                .bind("branches", spending.branches())
                .bind("money", spending.money())
                .execute();
    }

    /// Returns what was spent.
    ///
    /// @param spender without a key for all of a person's; null for everybody's
    /// @param from at or after this
    /// @param to before this
    public List<Use> uses(@Nullable Spender spender, Instant from, Instant to) {
        String whose =
                spender == null ? "" : " and person = :person and (:key = '' or key_id = :key)";
        return database.read(handle -> {
            Query query =
                    handle.createQuery(
                                    "select at / :slot as slot, person, key_id, model, mode,"
                                            + " count(*) as runs, sum(cached) as cached,"
                                            + " sum(computed) as computed, sum(generated) as"
                                            + " generated, sum(branches) as branches, sum(money) as"
                                            + " money from spendings where at >= :from and at < :to"
                                            + whose
                                            + " group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5")
                            .bind("slot", SLOT.toMillis())
                            .bind("from", from.toEpochMilli())
                            .bind("to", to.toEpochMilli());
            if (spender != null) {
                query.bind("person", spender.person()).bind("key", spender.key());
            }
            return query.map((row, _) -> use(row)).list();
        });
    }

    private static Use use(ResultSet row) throws SQLException {
        return new Use(
                Instant.ofEpochMilli(row.getLong("slot") * SLOT.toMillis()),
                new Spender(row.getString("person"), row.getString("key_id")),
                row.getString("model"),
                Mode.of(row.getString("mode")).orElseThrow(),
                row.getLong("runs"),
                new Usage(row.getLong("cached"), row.getLong("computed"), row.getLong("generated")),
                row.getLong("branches"),
                row.getLong("money"));
    }

    /// Returns the zone whose days and months are meant.
    public ZoneId zone() {
        return zone;
    }

    /// Counts as spent, now, all that is reserved: nothing is at work on it any more. What of it
    /// was really spent is not known.
    public void chargeLeft() {
        database.change(handle -> {
            handle.createUpdate(
                            "insert into spendings (id, at, person, key_id, model, mode, cached,"
                                + " computed, generated, branches, money) select run || ' ' || :at,"
                                + " :at, person, key_id, model, mode, 0, 0, tokens, 0, money from"
                                + " reservations")
                    .bind("at", time.millis())
                    .execute();
            handle.createUpdate("delete from reservations").execute();
        });
    }

    /// Replaces the quotas of a person, a key or a group.
    ///
    /// @param holder id
    /// @param before is told which there were; what it throws leaves all as it is
    public void limit(String holder, List<Quota> quotas, Consumer<List<Quota>> before) {
        database.change(handle -> {
            before.accept(quotas(handle, holder));
            handle.createUpdate("delete from quotas where holder = :holder")
                    .bind("holder", holder)
                    .execute();
            for (int place = 0; place < quotas.size(); place++) {
                insert(handle, holder, place, quotas.get(place));
            }
        });
    }

    private static void insert(Handle handle, String holder, int place, Quota quota) {
        Window window = quota.window();
        Mode mode = quota.mode();
        handle.createUpdate(
                        "insert into quotas (holder, place, resource, span, mode, most) values"
                                + " (:holder, :place, :resource, :span, :mode, :most)")
                .bind("holder", holder)
                .bind("place", place)
                .bind("resource", quota.resource().word())
                .bind("span", window == null ? null : window.word())
                .bind("mode", mode == null ? null : mode.word())
                .bind("most", quota.limit())
                .execute();
    }

    /// Returns whether any quota holds for a spender.
    public boolean isLimited(Spender spender) {
        return database.read(handle ->
                holders(handle, spender).stream()
                        .anyMatch(holder -> !quotas(handle, holder).isEmpty()));
    }

    /// Returns how the quotas of a person, a key or a group stand.
    ///
    /// @param holder id
    public List<Standing> standings(String holder) {
        return database.read(handle -> standings(handle, holder, ""));
    }

    private List<Standing> standings(Handle handle, String holder, String run) {
        return quotas(handle, holder).stream()
                .map(quota -> standing(handle, holder, quota, run))
                .toList();
    }

    /// Returns whose quotas hold for a spender: the person's own, the key's and their groups'.
    private static List<String> holders(Handle handle, Spender spender) {
        List<String> holders = new ArrayList<>(List.of(spender.person(), spender.key()));
        holders.addAll(
                handle.createQuery(
                                "select group_id from members where person = :person order by"
                                        + " group_id")
                        .bind("person", spender.person())
                        .mapTo(String.class)
                        .list());
        return holders;
    }

    private static List<Quota> quotas(Handle handle, String holder) {
        return handle.createQuery(
                        "select resource, span, mode, most from quotas where holder = :holder order"
                                + " by place")
                .bind("holder", holder)
                .map((row, _) -> quota(row))
                .list();
    }

    private static Quota quota(ResultSet row) throws SQLException {
        String span = row.getString("span");
        String mode = row.getString("mode");
        return new Quota(
                Quota.Resource.of(row.getString("resource")).orElseThrow(),
                span == null ? null : Window.of(span).orElseThrow(),
                mode == null ? null : Mode.of(mode).orElseThrow(),
                row.getLong("most"));
    }

    /// @param run whose reservation does not count
    private Standing standing(Handle handle, String holder, Quota quota, String run) {
        Window window = quota.window();
        if (window == null) {
            return new Standing(quota, 0, reserved(handle, "1", holder, quota, run), null);
        }
        boolean money = quota.resource() == Quota.Resource.MONEY;
        Instant now = time.instant();
        return new Standing(
                quota,
                sum(
                                handle,
                                money ? "money" : "generated",
                                "spendings",
                                "at >= :from",
                                holder,
                                quota)
                        .bind("from", window.start(now, zone).toEpochMilli())
                        .mapTo(Long.class)
                        .one(),
                reserved(handle, money ? "money" : "tokens", holder, quota, run),
                window.end(now, zone));
    }

    private static long reserved(
            Handle handle, String column, String holder, Quota quota, String run) {
        return sum(handle, column, "reservations", "run <> :run", holder, quota)
                .bind("run", run)
                .mapTo(Long.class)
                .one();
    }

    private static Query sum(
            Handle handle, String column, String table, String where, String holder, Quota quota) {
        Mode mode = quota.mode();
        return handle.createQuery(
                        "select coalesce(sum(%s), 0) from %s where %s and (:mode = '' or mode ="
                                        .formatted(column, table, whose(holder))
                                + " :mode) and "
                                + where)
                .bind("holder", holder)
                .bind("mode", mode == null ? "" : mode.word());
    }

    /// Returns what picks the rows that count for a holder, which its id says.
    private static String whose(String holder) {
        if (holder.startsWith("group-")) {
            return "person in (select person from members where group_id = :holder)";
        }
        return holder.startsWith("key-") ? "key_id = :holder" : "person = :holder";
    }
}
