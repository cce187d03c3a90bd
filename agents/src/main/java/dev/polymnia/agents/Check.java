package dev.polymnia.agents;

import dev.polymnia.core.TaskClass;
import dev.polymnia.core.message.Tool;
import dev.polymnia.core.message.ToolSpec;
import dev.polymnia.core.model.Approach;
import dev.polymnia.core.model.Prompt;
import dev.polymnia.core.model.Sampling;
import dev.polymnia.core.platform.OwnTexts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A second look at the leading answers of a vote that is not settled. Each is put as a claim to
/// one more agent, who reads nothing else of what was said and has to find an error by working the
/// question out anew, not by opinion. A *logic checker* recomputes it, in a program where programs
/// are run, else in words. Where there are tools that only read, a *fact validator* looks it up
/// besides. What they come to is held against the claim in code: whoever denies it, or comes to
/// another answer, refutes it. Answers that were confirmed go before those of which nothing was
/// found, and these before the refuted; among equals, and if all were refuted, the vote decides.
///
/// The claim is put back into the question (Weng et al. 2023, "Large Language Models are Better
/// Reasoners with Self-Verification", section 3.2) and checked by what was computed or looked up
/// (Gou et al. 2024, "CRITIC", section 3).
final class Check {
    /// So many answers are looked at.
    private static final int MOST = 4;

    private static final int MAX_TOKENS = 384;

    /// A claim is cut here, so that it fits into the context.
    private static final int LONGEST = 400;

    private static final Set<String> CONFIRMATIONS = Set.of("true", "yes");
    private static final Set<String> DENIALS = Set.of("false", "no");
    private static final Pattern NO_LETTERS = Pattern.compile("[^a-z]+");

    /// Who looks at a claim, and how they are asked.
    private enum Role {
        PROGRAM("checker", Approach.Kind.PROGRAM, "check-program.txt"),
        WORDS("checker", Approach.Kind.WORDS, "check-words.txt"),
        VALIDATOR("validator", Approach.Kind.WORDS, "validate.txt");

        private final String name;
        private final Approach.Kind kind;
        private final String template;

        Role(String name, Approach.Kind kind, String template) {
            this.name = name;
            this.kind = kind;
            this.template = template;
        }

        Approach approach(Chain claim) {
            String hint =
                    OwnTexts.read(Check.class.getResourceAsStream(template), template)
                            .replace("@CLAIM@", Cut.to(LONGEST, claim.text().strip()))
                            .strip();
            return Approach.words(hint, Sampling.GREEDY, MAX_TOKENS).named(name).of(kind);
        }
    }

    /// What was found of a claim. Of several verdicts that counts which comes last here.
    private enum Verdict {
        NONE,
        CONFIRMED,
        REFUTED
    }

    private final Run run;
    private final Poll poll;
    private final List<Chain> claims;
    private final Map<String, Verdict> verdicts = new HashMap<>();
    private Panel.Place place;
    private boolean cutShort;

    /// Plans a check; nobody is asked yet.
    ///
    /// @param poll of the team
    /// @param place of the agents that check
    Check(Run run, Poll poll, Panel.Place place) {
        this.run = run;
        this.poll = poll;
        this.place = place;
        // How code behaves is no claim: it has been held against its tests already.
        boolean code = run.brief().question() == TaskClass.CODE;
        claims = code ? List.of() : poll.speakers().stream().limit(MOST).toList();
    }

    /// Has the answers checked; blocks until that is done.
    ///
    /// @param prompt what the team read
    /// @return what the vote comes to among the answers that were confirmed, or if there are none
    ///   among those that nobody refuted; empty if the vote stands as it was, also if not all who
    ///   were to check could do so
    Optional<Poll.Choice> choice(Prompt prompt) {
        ask(run.runsPrograms() ? Role.PROGRAM : Role.WORDS, prompt.withTools(List.of()));
        List<ToolSpec> tools =
                run.request().tools().stream().map(Tool::spec).filter(ToolSpec::readOnly).toList();
        if (!tools.isEmpty()) {
            ask(Role.VALIDATOR, prompt.withTools(tools));
        }
        if (cutShort) {
            return Optional.empty();
        }
        return Stream.of(Verdict.CONFIRMED, Verdict.NONE)
                .filter(verdicts::containsValue)
                .findFirst()
                .flatMap(best -> poll.among(answer -> verdicts.get(answer) == best));
    }

    /// Returns the place of whoever is asked next.
    Panel.Place after() {
        return place;
    }

    private void ask(Role role, Prompt prompt) {
        List<Seat> seats = new ArrayList<>();
        for (Chain claim : claims) {
            int number = place.number() + seats.size();
            seats.add(new Seat(number, number, role.approach(claim)));
        }
        List<Chain> said =
                Panel.ask(
                        run,
                        prompt,
                        new Agent.Start(seats, place.wave(), run.brief()::laterOptions),
                        Agent::chain);
        cutShort |= said.size() < seats.size();
        for (int i = 0; i < said.size(); i++) {
            String claim = claims.get(i).answer().orElseThrow();
            verdicts.merge(
                    claim,
                    verdict(role, claim, said.get(i)),
                    (one, other) -> one.compareTo(other) < 0 ? other : one);
        }
        place = place.after(seats.size());
    }

    /// Who checks in words says what the result is, which may itself be a yes or a no; the others
    /// say whether the claim is right, whatever a yes would mean as an answer to the question.
    private static Verdict verdict(Role role, String claim, Chain said) {
        if (!said.votes()) {
            return Verdict.NONE;
        }
        String word = NO_LETTERS.matcher(said.text().toLowerCase(Locale.ROOT)).replaceAll("");
        if (role != Role.WORDS && DENIALS.contains(word)) {
            return Verdict.REFUTED;
        }
        boolean confirmed = role != Role.WORDS && CONFIRMATIONS.contains(word);
        return confirmed || said.answer().orElseThrow().equals(claim)
                ? Verdict.CONFIRMED
                : Verdict.REFUTED;
    }
}
