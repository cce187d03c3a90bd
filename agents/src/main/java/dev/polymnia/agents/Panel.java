package dev.polymnia.agents;

import dev.polymnia.core.Fault;
import dev.polymnia.core.model.Prompt;
import dev.polymnia.core.model.StopReason;
import dev.polymnia.core.model.Trunk;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Agents that are asked beside a vote, when it is over: all at once on a trunk of their own, and
/// waited for. They are not counted. Whatever happens to them, what the vote came to must not be
/// lost: only a cancelled run throws.
final class Panel {
    private Panel() {}

    /// Where agents stand in their run.
    ///
    /// @param number of the first; no other agent has it
    /// @param wave in which they begin
    record Place(int number, int wave) {
        /// Returns the place after so many agents.
        Place after(int agents) {
            return new Place(number + agents, wave + 1);
        }
    }

    /// Asks agents; blocks until all have ended. If the run [is to finish][Run#isFinishing], or one
    /// waits for the client, they are cancelled.
    ///
    /// @param prompt the conversation
    /// @param start who they are
    /// @param reads what is wanted of each
    /// @return in the order of the seats; empty if the run is to finish, the budget does not admit
    ///   them or ends before they have ended, or the prompt cannot be read
    static <T> List<T> ask(Run run, Prompt prompt, Agent.Start start, Function<Agent, T> reads) {
        List<Seat> seats = start.seats();
        if (seats.isEmpty()
                || run.isFinishing()
                || run.account().admit(seats.size()) < seats.size()) {
            return List.of();
        }
        // The end of the vote has closed it.
        run.desk().reopen();
        try (Trunk trunk = run.open(prompt, seats.getFirst().approach())) {
            return ask(run, Agent.startAll(run, start, trunk, prompt), reads);
        } catch (Fault fault) {
            if (fault.code() == Fault.Code.CANCELLED) {
                throw fault;
            }
            System.getLogger("polymnia")
                    .log(System.Logger.Level.DEBUG, "nobody could be asked beside a vote", fault);
            return List.of();
        }
    }

    private static <T> List<T> ask(Run run, List<Agent> agents, Function<Agent, T> reads) {
        try {
            await(run, agents);
            run.request().cancellation().check();
            // Who was cut off in the middle says nothing about the others.
            boolean cut =
                    run.isFinishing()
                            || agents.stream()
                                    .flatMap(agent -> agent.reason().stream())
                                    .anyMatch(Stops::isBudget);
            return cut ? List.of() : agents.stream().map(reads).toList();
        } finally {
            agents.forEach(Agent::close);
        }
    }

    private static void await(Run run, List<Agent> agents) {
        Map<Integer, Agent> byNumber = new HashMap<>();
        agents.forEach(agent -> byNumber.put(agent.number(), agent));
        List<Agent> atWork = new ArrayList<>(agents);
        while (!atWork.isEmpty()) {
            // Who is wanted besides comes too late.
            boolean ends = run.isForClient() || (run.hear(byNumber).isEmpty() && run.isFinishing());
            if (ends) {
                atWork.forEach(Agent::cancel);
                run.desk().halt(StopReason.CANCELLED);
            }
            atWork.stream().filter(Agent::isDone).forEach(Agent::tellFinished);
            atWork.removeIf(Agent::isDone);
        }
    }
}
