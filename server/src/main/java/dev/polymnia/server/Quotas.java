package dev.polymnia.server;

import dev.polymnia.agents.Leg;
import dev.polymnia.agents.RunRequest;
import dev.polymnia.core.Fault;
import dev.polymnia.core.Mode;
import dev.polymnia.core.model.ModelInfo;
import dev.polymnia.core.run.Budget;
import dev.polymnia.server.people.Quota;
import dev.polymnia.server.people.Reservation;
import dev.polymnia.server.people.Spender;
import dev.polymnia.server.people.Spending;
import dev.polymnia.server.people.Standing;
import dev.polymnia.server.store.SpendingStore;
import dev.polymnia.server.store.SpendingStore.Granted;
import dev.polymnia.server.store.SpendingStore.Refused;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Holds runs to what their spenders may still spend: the most that a run could spend is reserved
/// before it begins, its budget is that, and what it really spent takes the place of the
/// reservation before its client is told of the end. Thread-safe.
final class Quotas implements Allowance, Settlement {
    /// What a team may need beyond its agents: rounds of checks and explanations.
    private static final int MORE_AGENTS = 2;

    private final SpendingStore store;
    private final InstantSource time;

    /// The runs that have a reservation.
    private final Map<String, Reservation> reserved = new ConcurrentHashMap<>();

    /// @param store stays the caller's. What servers before had reserved counts as spent from now
    ///   on
    Quotas(SpendingStore store, InstantSource time) {
        this.store = store;
        this.time = time;
        store.chargeLeft();
    }

    @Override
    public Leg allow(Spender spender, Leg leg, ModelInfo model) {
        if (spender.equals(Spender.OPERATOR) || !store.isLimited(spender)) {
            return leg;
        }
        RunRequest request = leg.request();
        long before = leg.spent().usage().generated();
        Reservation wanted =
                new Reservation(
                        request.run(),
                        spender,
                        model.name(),
                        request.mode(),
                        Math.max(
                                1,
                                Math.min(request.budget().tokens() - before, most(request, model))),
                        money(request.budget(), leg.spent().money(), model));
        Granted granted =
                reserve(wanted, request.mode() == Mode.CONTEMPLATING ? request.agents() : 1);
        granted.limiting().ifPresent(quota -> RequestTrace.current().limits(quota.words()));
        Reservation amounts = granted.granted();
        Budget budget = request.budget().withTokens(before + amounts.tokens());
        return leg.withBudget(
                wanted.money() == amounts.money()
                        ? budget
                        : budget.withMoney(leg.spent().money() + amounts.money()));
    }

    /// Returns how much a run without a budget may generate: as if each agent filled the context.
    private static long most(RunRequest request, ModelInfo model) {
        long agents =
                request.mode() == Mode.CONTEMPLATING ? request.agents() + (long) MORE_AGENTS : 1;
        return agents * model.contextTokens();
    }

    private static long money(Budget budget, long before, ModelInfo model) {
        if (model.prices().isFree()) {
            return 0;
        }
        return budget.limitsMoney() ? Math.max(0, budget.money() - before) : Long.MAX_VALUE;
    }

    private Granted reserve(Reservation wanted, long least) {
        return switch (store.reserve(wanted, least)) {
            case Granted granted -> {
                reserved.put(wanted.run(), granted.granted());
                yield granted;
            }
            case Refused(Standing standing) -> throw refusal(standing);
        };
    }

    /// Reserves more for a run at work, whose budget is about to be raised. Does nothing if no
    /// quota holds for it, or it is over.
    ///
    /// @throws Fault `OVERLOADED` if its spender has not that much left; what was reserved stays
    void raise(String run, Budget wanted) {
        // Not beside its settlement, after which nothing may be reserved.
        reserved.computeIfPresent(
                run,
                (_, before) ->
                        switch (store.reserve(
                                before.withAmounts(wanted.tokens(), before.money()),
                                wanted.tokens())) {
                            case Granted(Reservation granted, var _) -> granted;
                            case Refused(Standing standing) -> throw refusal(standing);
                        });
    }

    private static Fault refusal(Standing standing) {
        Quota quota = standing.quota();
        String renewed =
                Optional.ofNullable(standing.renewed())
                        .map(" It is renewed at %s."::formatted)
                        .orElse("");
        return new Fault(
                Fault.Code.OVERLOADED,
                "The quota of %s allows no such run now: %d are spent and %d are reserved by runs at work.%s"
                        .formatted(quota.words(), standing.spent(), standing.reserved(), renewed));
    }

    @Override
    public void settle(Settled run) {
        Spending spending =
                new Spending(
                        run.run(),
                        run.spender(),
                        run.model(),
                        run.mode(),
                        time.instant(),
                        run.usage(),
                        run.branches(),
                        run.money());
        if (reserved.remove(run.run()) != null) {
            settleReserved(spending);
        } else if (run.usage().prompt() + run.usage().generated() > 0 && !store.note(spending)) {
            warn(run.run() + " is missing in the usage: the database is too slow", null);
        }
    }

    private void settleReserved(Spending spending) {
        try {
            store.settle(spending);
        } catch (Fault fault) {
            // It stays reserved, and counts as spent when the next server begins.
            warn(spending.run() + " keeps its reservation: " + fault.getMessage(), fault);
        }
    }

    private static void warn(String words, @Nullable Throwable cause) {
        System.getLogger("polymnia").log(System.Logger.Level.WARNING, words, cause);
    }
}
