package dev.polymnia.core.run;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.Clock;
import dev.polymnia.core.Fault;
import dev.polymnia.core.model.Meter;
import dev.polymnia.core.model.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What is left of a [Budget] while a run lasts. The one place where limits are checked.
///
/// Spending has two halves. What *may* be spent is reserved and is gone for everybody else at once;
/// what *was* spent is settled, and the rest goes back. A local model reserves each token before it
/// samples it, through a [Meter], so that tokens hold exactly; time holds within one step of the
/// model. A remote call reserves the most it can cost, as it cannot be stopped half-way.
///
/// The time runs from the creation of the account. Thread-safe.
public final class Account {
    private final Budget budget;
    private final Clock clock;
    private final long start;
    private final SortedMap<Integer, Ledger.Entry> spent = new TreeMap<>();
    private final List<AgentReport> reports = new ArrayList<>();
    private long tokensLeft;
    private long moneyLeft;
    private int agentsLeft;

    /// Opens an account; its time begins now.
    ///
    /// @param budget the limits
    /// @param clock tells the time
    public Account(Budget budget, Clock clock) {
        this(budget, clock, new Ledger(List.of(), List.of(), Duration.ZERO), 0);
    }

    /// Opens an account of which something is spent already: of a run that was suspended. Its time
    /// goes on now; while it was suspended none passed.
    ///
    /// @param budget the limits the run began with
    /// @param clock tells the time
    /// @param before what was spent
    /// @param agents how many agents were started
    public Account(Budget budget, Clock clock, Ledger before, int agents) {
        this.budget = requireNonNull(budget, "budget is null");
        this.clock = requireNonNull(clock, "clock is null");
        start = clock.nanos() - before.wall().toNanos();
        before.entries().forEach(entry -> spent.put(entry.agent(), entry));
        reports.addAll(before.agents());
        tokensLeft = Math.max(0, budget.tokens() - before.usage().generated());
        moneyLeft = Math.max(0, budget.money() - before.money());
        agentsLeft = Math.max(0, budget.agents() - agents);
    }

    /// Returns the limits this account began with.
    public Budget budget() {
        return budget;
    }

    /// Reserves agents that are about to be started. Agents are never given back.
    ///
    /// @param wanted how many, 0 or more
    /// @return how many may start, 0 to `wanted`
    public synchronized int admit(int wanted) {
        int granted = isTimeUp() || tokensLeft == 0 ? 0 : Math.min(wanted, agentsLeft);
        agentsLeft -= granted;
        return granted;
    }

    /// Returns how many more tokens may be generated, by all agents together.
    public synchronized long tokensLeft() {
        return tokensLeft;
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

    /// Returns the view of this account that a model asks before each token. The tokens themselves
    /// are entered in the ledger by [#settle] when the branch has stopped.
    public Meter meter() {
        return new TokenMeter();
    }

    /// Enters what a branch has spent. Its generated tokens were reserved through a [#meter].
    ///
    /// @param agent the agent's number from 0, or [Ledger#SHARED]
    /// @param usage the tokens
    public synchronized void settle(int agent, Usage usage) {
        enter(agent, usage, 0);
    }

    /// Enters what an agent came to, once it has ended.
    public synchronized void report(AgentReport report) {
        reports.add(requireNonNull(report, "report is null"));
    }

    /// Reserves the most that a remote call can cost.
    ///
    /// @param agent the agent's number from 0, or [Ledger#SHARED]
    /// @param tokens the most tokens the call can generate, at least 1
    /// @param money the most it can cost, in millionths, 0 or more
    /// @return the reservation, or empty if the budget does not allow the call
    public synchronized Optional<Reservation> reserve(int agent, long tokens, long money) {
        if (tokens < 1 || money < 0) {
            throw new IllegalArgumentException(
                    "a call of " + tokens + " tokens that costs " + money);
        }
        if (tokens > tokensLeft || money > moneyLeft || isTimeUp()) {
            return Optional.empty();
        }
        tokensLeft -= tokens;
        moneyLeft -= money;
        return Optional.of(new Reservation(agent, tokens, money));
    }

    /// Returns what has been settled so far. What is reserved and not settled is not part of it.
    public synchronized Ledger ledger() {
        return new Ledger(List.copyOf(spent.values()), reports, elapsed());
    }

    private synchronized int reserveTokens(int wanted) {
        int granted = (int) Math.min(wanted, tokensLeft);
        tokensLeft -= granted;
        return granted;
    }

    private synchronized void releaseTokens(long tokens) {
        tokensLeft += tokens;
    }

    private void enter(int agent, Usage usage, long money) {
        spent.merge(
                agent,
                new Ledger.Entry(agent, usage, money),
                (a, b) ->
                        new Ledger.Entry(agent, a.usage().plus(b.usage()), a.money() + b.money()));
    }

    private final class TokenMeter implements Meter {
        @Override
        public int reserve(int tokens) {
            return reserveTokens(tokens);
        }

        @Override
        public void release(int tokens) {
            releaseTokens(tokens);
        }

        @Override
        public boolean isTimeUp() {
            return Account.this.isTimeUp();
        }
    }

    /// The right to make one remote call. Thread-safe.
    public final class Reservation {
        private final int agent;
        private final long tokens;
        private final long money;
        private boolean open = true;

        private Reservation(int agent, long tokens, long money) {
            this.agent = agent;
            this.tokens = tokens;
            this.money = money;
        }

        /// Enters what the call did cost and gives back the rest.
        ///
        /// @param usage the tokens
        /// @param cost the money, in millionths
        /// @throws Fault with `INTERNAL` if the call spent more than was reserved; it is entered
        ///   nevertheless, because it is spent
        /// @throws IllegalStateException if it was settled before
        public void settle(Usage usage, long cost) {
            synchronized (Account.this) {
                if (!open) {
                    throw new IllegalStateException("the reservation is settled already");
                }
                open = false;
                tokensLeft = Math.max(0, tokensLeft + tokens - usage.generated());
                moneyLeft = Math.max(0, moneyLeft + money - cost);
                enter(agent, usage, cost);
            }
            if (usage.generated() > tokens || cost > money) {
                throw new Fault(
                        Fault.Code.INTERNAL,
                        "A call was reserved at %d tokens and %d millionths but took %d and %d."
                                .formatted(tokens, money, usage.generated(), cost));
            }
        }
    }
}
