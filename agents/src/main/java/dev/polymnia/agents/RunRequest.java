package dev.polymnia.agents;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Fault;
import dev.polymnia.core.Mode;
import dev.polymnia.core.message.Content;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.message.Role;
import dev.polymnia.core.message.Tool;
import dev.polymnia.core.message.ToolSpec;
import dev.polymnia.core.model.Constraint;
import dev.polymnia.core.run.Budget;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// A question and how much thought it is given.
///
/// @param run names the run in its events
/// @param messages the conversation; the last one is the question
/// @param mode how much thought
/// @param budget the limits of all agents together
/// @param seed of the run; each agent's own seed follows from it
/// @param agents the most agents of the Contemplating mode, 2 to 64; the other modes have one
/// @param cancellation ends the run
/// @param tools run here, while the run lasts; empty for none
/// @param clientTools run by the client, for which the run is [suspended][Suspended]; empty for
///   none
/// @param team what is wanted of the team in the Contemplating mode
/// @param wishes what is wanted of the words
public record RunRequest(
        String run,
        List<Message> messages,
        Mode mode,
        Budget budget,
        long seed,
        int agents,
        Cancellation cancellation,
        List<Tool> tools,
        List<ToolSpec> clientTools,
        TeamChoice team,
        Wishes wishes) {
    /// The most agents of one run.
    public static final int MOST_AGENTS = 64;

    /// Checks the parts.
    ///
    /// @throws Fault with `INVALID` if the question is empty, the budget does not allow what the
    ///   mode needs, or two tools have one name; `UNSUPPORTED` for stop strings in a mode that
    ///   reasons first, and for an explanation of an answer in a form
    public RunRequest {
        requireNonNull(run, "run is null");
        messages = List.copyOf(messages);
        requireNonNull(mode, "mode is null");
        requireNonNull(budget, "budget is null");
        requireNonNull(cancellation, "cancellation is null");
        tools = List.copyOf(tools);
        clientTools = List.copyOf(clientTools);
        requireNonNull(team, "team is null");
        requireNonNull(wishes, "wishes is null");
        if (mode != Mode.INSTANT && !wishes.stops().isEmpty()) {
            throw new Fault(
                    Fault.Code.UNSUPPORTED,
                    "Stop strings would end the reasoning before the answer; use the instant mode,"
                            + " or leave them out.");
        }
        if (team.explained() && !(wishes.form() instanceof Constraint.Free)) {
            throw new Fault(
                    Fault.Code.UNSUPPORTED,
                    "An answer in a form of its own cannot be explained; leave one of both out.");
        }
        requireNames(specs(tools, clientTools));
        if (messages.isEmpty() || isEmpty(messages.getLast())) {
            throw new Fault(Fault.Code.INVALID, "The question is empty; write one.");
        }
        if (mode == Mode.CONTEMPLATING) {
            requireTeam(budget, agents);
        }
    }

    /// Creates a request without tools, with a team as the profile says.
    ///
    /// @throws Fault with `INVALID` if the question is empty, or the budget does not allow what the
    ///   mode needs
    public RunRequest(
            String run,
            List<Message> messages,
            Mode mode,
            Budget budget,
            long seed,
            int agents,
            Cancellation cancellation) {
        this(
                run,
                messages,
                mode,
                budget,
                seed,
                agents,
                cancellation,
                List.of(),
                List.of(),
                TeamChoice.PROFILE,
                Wishes.NONE);
    }

    /// Returns this request with another name in its events.
    public RunRequest withRun(String value) {
        return new RunRequest(
                value,
                messages,
                mode,
                budget,
                seed,
                agents,
                cancellation,
                tools,
                clientTools,
                team,
                wishes);
    }

    /// Returns this request with another conversation.
    public RunRequest withMessages(List<Message> value) {
        return new RunRequest(
                run,
                value,
                mode,
                budget,
                seed,
                agents,
                cancellation,
                tools,
                clientTools,
                team,
                wishes);
    }

    /// Returns this request with other limits.
    public RunRequest withBudget(Budget value) {
        return new RunRequest(
                run,
                messages,
                mode,
                value,
                seed,
                agents,
                cancellation,
                tools,
                clientTools,
                team,
                wishes);
    }

    /// Returns this request with another number of agents.
    public RunRequest withAgents(int value) {
        return new RunRequest(
                run,
                messages,
                mode,
                budget,
                seed,
                value,
                cancellation,
                tools,
                clientTools,
                team,
                wishes);
    }

    /// Returns this request with another cancellation.
    public RunRequest withCancellation(Cancellation value) {
        return new RunRequest(
                run, messages, mode, budget, seed, agents, value, tools, clientTools, team, wishes);
    }

    /// Returns this request with other tools that are run here.
    public RunRequest withTools(List<Tool> value) {
        return new RunRequest(
                run,
                messages,
                mode,
                budget,
                seed,
                agents,
                cancellation,
                value,
                clientTools,
                team,
                wishes);
    }

    /// Returns this request with other tools that the client runs.
    public RunRequest withClientTools(List<ToolSpec> value) {
        return new RunRequest(
                run,
                messages,
                mode,
                budget,
                seed,
                agents,
                cancellation,
                tools,
                value,
                team,
                wishes);
    }

    /// Returns this request with other wishes for the team.
    public RunRequest withTeam(TeamChoice value) {
        return new RunRequest(
                run,
                messages,
                mode,
                budget,
                seed,
                agents,
                cancellation,
                tools,
                clientTools,
                value,
                wishes);
    }

    /// Returns this request with other wishes for the words.
    ///
    /// @throws Fault `UNSUPPORTED` if they are not possible, as in a new request
    public RunRequest withWishes(Wishes value) {
        return new RunRequest(
                run,
                messages,
                mode,
                budget,
                seed,
                agents,
                cancellation,
                tools,
                clientTools,
                team,
                value);
    }

    /// Returns what the model is told about all tools.
    List<ToolSpec> specs() {
        return specs(tools, clientTools);
    }

    private static List<ToolSpec> specs(List<Tool> tools, List<ToolSpec> clientTools) {
        return Stream.concat(tools.stream().map(Tool::spec), clientTools.stream()).toList();
    }

    private static void requireNames(List<ToolSpec> specs) {
        Set<String> names = new HashSet<>();
        for (ToolSpec spec : specs) {
            if (!names.add(spec.name())) {
                throw new Fault(
                        Fault.Code.INVALID,
                        "Two tools are called '%s'; give each a name of its own."
                                .formatted(spec.name()));
            }
        }
    }

    /// Returns the number of agents that the mode plans with.
    int planned() {
        return mode == Mode.CONTEMPLATING ? Math.min(agents, budget.agents()) : 1;
    }

    /// Returns whether a team works on it.
    boolean hasTeam() {
        return mode == Mode.CONTEMPLATING && wishes.answers() == 1;
    }

    private static boolean isEmpty(Message question) {
        return question.role() == Role.USER
                && question.parts().stream()
                        .allMatch(part ->
                                part instanceof Content.Text(String text) && text.isBlank());
    }

    private static void requireTeam(Budget budget, int agents) {
        if (agents < 2 || agents > MOST_AGENTS) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "Contemplating with %d agents; choose 2 to %d.".formatted(agents, MOST_AGENTS));
        }
        if (budget.agents() < 2) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "Contemplating needs at least 2 agents but the budget allows %d; raise it or"
                                    .formatted(budget.agents())
                            + " choose thinking.");
        }
        if (budget.tokens() < agents) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "The budget allows %d tokens for %d agents, less than one each; raise it or ask"
                                    .formatted(budget.tokens(), agents)
                            + " fewer agents.");
        }
    }
}
