package dev.polymnia.core.run;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.Clock;
import dev.polymnia.core.Fault;
import dev.polymnia.core.model.Meter;
import dev.polymnia.core.model.Prices;
import dev.polymnia.core.model.Usage;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// What is left of a [Budget] while a run lasts. The one place where limits are checked.
///
/// Spending has two halves. What *may* be spent is reserved through the [#meter] and is gone for
/// everybody else at once, tokens and their price together; what was not spent is given back there.
/// A local model reserves each token before it samples it, so that tokens hold exactly; time holds
/// within one step of the model. A remote call reserves the most it can cost, as it cannot be
/// stopped half-way. What *was* spent is entered in the ledger by [#settle].
///
/// Money is counted in trillionths of the currency, so it is exact; only the ledger rounds it. The
/// time runs from the creation of the account. Thread-safe.
public final class Account {
    /// So many trillionths are a millionth.
    private static final long MILLIONTH = 1_000_000;

    private final Clock clock;
    private final Prices prices;
    private final Meter meter = new Grants();
    private final long start;
    private final SortedMap<Integer, Spent> spent = new TreeMap<>();
    private final List<AgentReport> reports = new ArrayList<>();

    private volatile Budget budget;

    /// Less than nothing if a call did not keep to what was granted; so is the money.
    private long tokensLeft;

    private long moneyLeft;
    private long excess;
    private boolean lacksMoney;
    private int agentsLeft;

    /// @param money in trillionths
    private record Spent(Usage usage, long money) {
        Spent plus(Spent other) {
            return new Spent(usage.plus(other.usage), Account.plus(money, other.money));
        }
    }

    /// Opens an account for what costs nothing; its time begins now.
    ///
    /// @param budget the limits
    /// @param clock tells the time
    public Account(Budget budget, Clock clock) {
        this(budget, clock, Prices.FREE);
    }

    /// Opens an account; its time begins now.
    ///
    /// @param budget the limits
    /// @param clock tells the time
    /// @param prices what tokens cost
    public Account(Budget budget, Clock clock, Prices prices) {
        this(budget, clock, prices, new Ledger(List.of(), List.of(), Duration.ZERO), 0);
    }

    /// Opens an account of which something is spent already: of a run that was suspended. Its time
    /// goes on now; while it was suspended none passed.
    ///
    /// @param budget the limits the run began with
    /// @param clock tells the time
    /// @param prices what tokens cost
    /// @param before what was spent
    /// @param agents how many agents were started
    public Account(Budget budget, Clock clock, Prices prices, Ledger before, int agents) {
        this.budget = requireNonNull(budget, "budget is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.prices = requireNonNull(prices, "prices is null");
        start = clock.nanos() - before.wall().toNanos();
        reports.addAll(before.agents());
        tokensLeft = budget.tokens() - before.usage().generated();
        moneyLeft = trillionths(budget.money());
        agentsLeft = Math.max(0, budget.agents() - agents);
        for (Ledger.Entry entry : before.entries()) {
            Spent each = spentBefore(entry);
            spent.put(entry.agent(), each);
            moneyLeft = plus(moneyLeft, -each.money());
        }
    }

    /// Returns what an entry is exactly; if prices have changed since, the most it can be.
    private Spent spentBefore(Ledger.Entry entry) {
        long exact = prices.cost(entry.usage());
        return new Spent(
                entry.usage(),
                exact / MILLIONTH == entry.money()
                        ? exact
                        : plus(trillionths(entry.money()), MILLIONTH - 1));
    }

    /// Returns the limits.
    public Budget budget() {
        return budget;
    }

    /// Raises the limits; what is lower than it was stays as it was.
    ///
    /// @param limits the new ones; their agents do not count
    public synchronized void raise(Budget limits) {
        Budget raised = budget.raisedTo(limits);
        tokensLeft = plus(tokensLeft, raised.tokens() - budget.tokens());
        moneyLeft = plus(moneyLeft, trillionths(raised.money()) - trillionths(budget.money()));
        budget = raised;
        lacksMoney = false;
    }

    /// Reserves agents that are about to be started. Agents are never given back.
    ///
    /// @param wanted how many, 0 or more
    /// @return how many may start, 0 to `wanted`
    public synchronized int admit(int wanted) {
        int granted = isTimeUp() || tokensLeft() == 0 ? 0 : Math.min(wanted, agentsLeft);
        agentsLeft -= granted;
        return granted;
    }

    /// Returns how many more agents may be started.
    public synchronized int agentsLeft() {
        return agentsLeft;
    }

    /// Returns how many more tokens may be generated, by all agents together; the money for them is
    /// there, too.
    public synchronized long tokensLeft() {
        return Math.max(0, Math.min(tokensLeft, affordable()));
    }

    /// Returns whether it is for want of money that less was granted than was wanted, the last time
    /// that happened, or that nothing more can be; if not, it is for want of tokens.
    public synchronized boolean lacksMoney() {
        return lacksMoney || (tokensLeft > 0 && affordable() <= 0);
    }

    /// Returns how long the run may still last; zero when the time is up.
    public Duration timeLeft() {
        Duration left = budget.time().minus(elapsed());
        return left.isNegative() ? Duration.ZERO : left;
    }

    /// Returns the time since the account was opened.
    public Duration elapsed() {
        return Duration.ofNanos(clock.nanos() - start);
    }

    /// Returns whether the time is up.
    public boolean isTimeUp() {
        return timeLeft().isZero();
    }

    /// Returns the view of this account that a model asks before it spends; always the same one.
    /// What was spent is entered in the ledger by [#settle] when a branch has stopped.
    public Meter meter() {
        return meter;
    }

    /// Enters what a branch has spent. It was reserved through the [#meter], and what was not spent
    /// was given back there.
    ///
    /// @param agent the agent's number from 0, or [Ledger#SHARED]
    /// @param usage the tokens
    /// @throws Fault with `INTERNAL`, once, if a call did cost more than was reserved for it; all
    ///   of it is entered nevertheless, because it is spent
    public synchronized void settle(int agent, Usage usage) {
        spent.merge(agent, new Spent(usage, prices.cost(usage)), Spent::plus);
        if (excess > 0) {
            String words = BigDecimal.valueOf(excess, 12).stripTrailingZeros().toPlainString();
            excess = 0;
            throw new Fault(
                    Fault.Code.INTERNAL,
                    "A call did cost %s more than the most it was granted, so the budget may be passed; the ledger has all of it. Compare the endpoint's bill with its prices, and raise the budget to ask again."
                            .formatted(words));
        }
    }

    /// Enters what an agent came to, once it has ended.
    public synchronized void report(AgentReport report) {
        reports.add(requireNonNull(report, "report is null"));
    }

    /// Returns what has been settled so far. What is reserved and not settled is not part of it.
    public synchronized Ledger ledger() {
        List<Ledger.Entry> entries = new ArrayList<>();
        spent.forEach((agent, each) ->
                entries.add(new Ledger.Entry(agent, each.usage(), each.money() / MILLIONTH)));
        return new Ledger(entries, reports, elapsed());
    }

    /// Returns how many generated tokens there is money for; less than 1 if there is none.
    private long affordable() {
        return prices.generated() == 0 ? Long.MAX_VALUE : moneyLeft / prices.generated();
    }

    private synchronized int grant(int wanted) {
        int granted = (int) Math.min(wanted, tokensLeft());
        if (granted < wanted) {
            lacksMoney = affordable() < tokensLeft;
        }
        tokensLeft -= granted;
        moneyLeft -= prices.most(0, granted);
        return granted;
    }

    private synchronized boolean grantPrompt(long tokens) {
        long most = prices.most(tokens, 0);
        if (most > 0 && most > moneyLeft) {
            lacksMoney = true;
            return false;
        }
        moneyLeft -= most;
        return true;
    }

    private synchronized void takeBack(long tokens, long money) {
        tokensLeft += tokens;
        moneyLeft = plus(moneyLeft, money);
        excess = plus(excess, Math.max(0, -money));
    }

    private static long trillionths(long millionths) {
        return millionths > Long.MAX_VALUE / MILLIONTH ? Long.MAX_VALUE : millionths * MILLIONTH;
    }

    /// Adds, and stays where a `long` ends.
    private static long plus(long one, long other) {
        long sum = one + other;
        boolean overflows = ((one ^ sum) & (other ^ sum)) < 0;
        if (!overflows) {
            return sum;
        }
        return one < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }

    private final class Grants implements Meter {
        @Override
        public int reserve(int tokens) {
            return grant(tokens);
        }

        @Override
        public void release(int tokens) {
            takeBack(tokens, prices.most(0, tokens));
        }

        @Override
        public boolean reservePrompt(long tokens) {
            return grantPrompt(tokens);
        }

        @Override
        public void settleCall(long prompt, long granted, Usage usage) {
            takeBack(
                    granted - usage.generated(), prices.most(prompt, granted) - prices.cost(usage));
        }

        @Override
        public boolean isTimeUp() {
            return Account.this.isTimeUp();
        }
    }
}
