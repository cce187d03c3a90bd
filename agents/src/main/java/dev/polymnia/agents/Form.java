package dev.polymnia.agents;

import dev.polymnia.core.model.Approach;
import dev.polymnia.core.model.Constraint;
import dev.polymnia.core.model.Prompt;
import dev.polymnia.core.model.Sampling;
import dev.polymnia.core.model.StopReason;
import dev.polymnia.core.platform.OwnTexts;
import java.util.List;
import java.util.Optional;

/// An answer that is put into the form that the client [wants][Wishes#form]: agents that reason in
/// the same channel as they answer in could not reason within that form, so one more agent, bound
/// to it, says what they came to.
final class Form {
    private static final String TEMPLATE = "form.txt";
    private static final int MAX_TOKENS = 2048;

    /// What was said is cut here, so that it fits into the context.
    private static final int LONGEST = 16_000;

    private Form() {}

    /// Has an answer put into the run's form; blocks until that is done.
    ///
    /// @param prompt what the agents read
    /// @param words the answer
    /// @param place of the agent that does it
    /// @return the answer in its form; empty if it was cut off, or failed
    static Optional<String> of(Run run, Prompt prompt, String words, Panel.Place place) {
        Constraint form = run.request().wishes().form();
        String task =
                OwnTexts.read(Form.class.getResourceAsStream(TEMPLATE), TEMPLATE)
                        .replace("@FORM@", name(form))
                        .replace("@WORDS@", Cut.to(LONGEST, words));
        // Tools have had their say.
        Prompt asked = prompt.withHint(task.strip()).withTools(List.of());
        Approach approach = Approach.words("", Sampling.GREEDY, MAX_TOKENS).named("form");
        Seat seat = new Seat(place.number(), place.number(), approach);
        Agent.Start start =
                new Agent.Start(
                        List.of(seat),
                        place.wave(),
                        it -> run.brief().laterOptions(it).withConstraint(form));
        return Panel.ask(run, asked, start, Form::said).stream().findFirst().flatMap(said -> said);
    }

    private static String name(Constraint form) {
        return switch (form) {
            case Constraint.JsonSchema(String schema) ->
                    "JSON that fits this JSON Schema: " + Cut.to(LONGEST, schema);
            case Constraint.Grammar _ -> "a text of the form that is asked for above";
            case Constraint.Free _ -> throw new IllegalStateException("no form is wanted");
        };
    }

    private static Optional<String> said(Agent agent) {
        return agent.reason()
                .filter(reason -> reason == StopReason.END)
                .map(_ -> agent.said().strip());
    }
}
