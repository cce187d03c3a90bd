package dev.polymnia.agents;

import dev.polymnia.core.model.Approach;
import dev.polymnia.core.model.Prompt;
import dev.polymnia.core.model.TeamProfile;
import dev.polymnia.core.platform.OwnTexts;
import dev.polymnia.core.run.Event;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/// What a second round reads: the answers of a first one that did not agree (PaCoRe, Hu et al.
/// 2026; parallel-distill-refine, Madaan et al. 2025). All who refine share one prompt that ends
/// with the candidates: their final messages only, each answer once, in an order drawn by the run's
/// seed, with no word of how many gave it, so that nobody is led to the majority.
///
/// A guard decides what comes of it: an answer that three quarters of the first round gave is never
/// put to a second, and what the second comes to counts only if somebody in the first had said it.
final class Refinement {
    /// So large a share of the votes is not put in question.
    static final double SETTLED = 0.75;

    private static final String TEMPLATE = "join.txt";

    /// A final message is cut here, so that the candidates fit into the context.
    private static final int LONGEST = 4000;

    private Refinement() {}

    /// Returns whether a first round is to be refined: its agents gave at least two different
    /// answers, and none of these has a share of the weight that settles it.
    static boolean isWanted(Event.Tally tally) {
        double all = tally.shares().stream().mapToDouble(Event.Share::weight).sum();
        return tally.shares().size() > 1 && tally.shares().getFirst().weight() < SETTLED * all;
    }

    /// Returns the prompt of the second round.
    ///
    /// @param prompt of the first
    /// @param chains of the first; those without a vote are left out
    /// @param seed of the order
    static Prompt prompt(Prompt prompt, List<Chain> chains, long seed) {
        Map<String, String> candidates = new LinkedHashMap<>();
        for (Chain chain : chains) {
            if (chain.votes()) {
                candidates.putIfAbsent(chain.answer().orElseThrow(), Cut.to(LONGEST, chain.text()));
            }
        }
        List<String> texts = new ArrayList<>(candidates.values());
        Collections.shuffle(texts, new Random(seed));
        StringBuilder listed = new StringBuilder();
        for (int i = 0; i < texts.size(); i++) {
            listed.append(i == 0 ? "" : "\n\n").append(i + 1).append(". ").append(texts.get(i));
        }
        return prompt.withHint(template().replace("@CANDIDATES@", listed));
    }

    private static String template() {
        return OwnTexts.read(Refinement.class.getResourceAsStream(TEMPLATE), TEMPLATE);
    }

    /// Returns the team of the second round: the first approach in words, and nobody is waited for
    /// less than the others.
    static TeamProfile team(TeamProfile profile) {
        TeamProfile words = profile.only(approach -> approach.kind() != Approach.Kind.PROGRAM);
        return words.withApproaches(List.of(words.approaches().getFirst().named("refine")))
                .withStop(TeamProfile.Stop.LOSSLESS);
    }

    /// Chooses between the rounds.
    ///
    /// @param first what the first came to
    /// @param tally of the first
    /// @param second what the second came to; empty if nothing
    static Poll.Choice guarded(Poll.Choice first, Event.Tally tally, Optional<Poll.Choice> second) {
        return second.filter(choice -> choice.method() == Event.Method.VOTE)
                .filter(choice ->
                        tally.shares().stream()
                                .map(Event.Share::answer)
                                .anyMatch(choice.answer().orElse("")::equals))
                .orElse(first);
    }
}
