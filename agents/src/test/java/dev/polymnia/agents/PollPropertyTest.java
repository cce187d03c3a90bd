package dev.polymnia.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.core.model.Approach;
import dev.polymnia.core.model.Sampling;
import dev.polymnia.core.run.Event;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What the guarantee of [Poll#lossless] is worth: polls with weights of all sizes, code that fails
/// its tests, free texts and chains that were cut off, some of which grow in the middle.
final class PollPropertyTest {
    private static final int ROUNDS = 3000;
    private static final int COMPLETIONS = 20;
    private static final List<String> ANSWERS = List.of("a", "b", "c");

    /// More than adding up weights in another order changes.
    private static final double ROUNDING = 3e-6;

    private final Random random = new Random(17);

    /// A poll at work, and what is needed to hold it once more with another end.
    private final class Vote {
        private final List<Approach> plan = new ArrayList<>();
        private final Poll poll = new Poll(plan);
        private final List<Chain> ended = new ArrayList<>();
        private final List<Integer> out = new ArrayList<>();

        void plan(List<Approach> more) {
            poll.plan(more);
            IntStream.range(plan.size(), plan.size() + more.size()).forEach(out::add);
            plan.addAll(more);
            Collections.shuffle(out, random);
        }

        void end(Chain chain) {
            ended.add(chain);
            poll.add(chain);
        }

        /// Returns a poll of the same beginning.
        ///
        /// @param rest those that are still out
        Poll complete(List<Chain> rest) {
            Poll full = new Poll(plan);
            ended.forEach(full::add);
            rest.forEach(full::add);
            return full;
        }

        List<Chain> allOf(Optional<String> answer) {
            return out.stream().map(number -> chain(number, answer, true, 1, 1)).toList();
        }
    }

    private static Chain chain(
            int number, Optional<String> answer, boolean whole, double confidence, double merit) {
        return new Chain(
                number,
                Approach.Kind.WORDS,
                "It is " + answer.orElse("hard to say"),
                answer,
                whole,
                confidence,
                10 + number % 3,
                merit,
                "");
    }

    private List<Approach> approaches(int count) {
        boolean plain = random.nextInt(4) == 0;
        List<Approach> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double most = plain ? 1 : Math.pow(10, 2 * random.nextDouble() - 1);
            double beta = plain ? 0 : random.nextInt(3) * 2;
            all.add(Approach.words("", Sampling.GREEDY, 1).withWeight(most, beta));
        }
        return all;
    }

    /// Returns how one more chain may end.
    ///
    /// @param agreement how probable it is that it is for the first answer
    private Chain chain(int number, double agreement) {
        double confidence = random.nextInt(8) == 0 ? Double.NaN : random.nextDouble();
        boolean agrees = random.nextDouble() < agreement;
        String answer = agrees ? ANSWERS.getFirst() : ANSWERS.get(random.nextInt(ANSWERS.size()));
        return switch (random.nextInt(10)) {
            case 0 -> chain(number, Optional.empty(), true, confidence, 1);
            case 1 -> chain(number, Optional.empty(), false, confidence, 1);
            case 2 -> chain(number, Optional.of(answer), false, confidence, 1);
            case 3 -> chain(number, Optional.of(answer), true, confidence, 0);
            case 4 -> chain(number, Optional.of(answer), true, confidence, 0.001);
            case 5 -> chain(number, Optional.of(answer), true, confidence, random.nextDouble());
            default -> chain(number, Optional.of(answer), true, confidence, 1);
        };
    }

    @Test
    void no_end_changes_what_is_settled_and_some_end_changes_what_is_not() {
        int settled = 0;
        int grown = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Vote vote = new Vote();
            vote.plan(approaches(2 + random.nextInt(9)));
            int grows = random.nextInt(3) == 0 ? random.nextInt(vote.plan.size()) : -1;
            double agreement = random.nextDouble();
            while (!vote.out.isEmpty()) {
                if (vote.ended.size() == grows) {
                    vote.plan(approaches(1 + random.nextInt(6)));
                }
                vote.end(chain(vote.out.removeLast(), agreement));
                if (vote.poll.lossless().isPresent()) {
                    settled++;
                    grown += grows >= 0 && vote.ended.size() > grows ? 1 : 0;
                    assertSettled(vote, agreement);
                } else if (!vote.out.isEmpty()) {
                    assertOpen(vote);
                }
            }
        }
        assertThat(settled).isGreaterThan(ROUNDS / 2);
        assertThat(grown).isGreaterThan(ROUNDS / 20);
    }

    private void assertSettled(Vote vote, double agreement) {
        String winner = vote.poll.choice().orElseThrow().answer().orElseThrow();
        List<List<Chain>> ends = new ArrayList<>();
        ends.add(vote.allOf(Optional.empty()));
        ANSWERS.forEach(answer -> ends.add(vote.allOf(Optional.of(answer))));
        for (int i = 0; i < COMPLETIONS; i++) {
            double other = i % 2 == 0 ? agreement : 0;
            ends.add(vote.out.stream().map(number -> chain(number, other)).toList());
        }
        for (List<Chain> end : ends) {
            assertThat(vote.complete(end).choice())
                    .as("%s with %s of %s", vote.ended, end, vote.plan)
                    .hasValueSatisfying(choice -> {
                        assertThat(choice.method()).isEqualTo(Event.Method.VOTE);
                        assertThat(choice.answer()).contains(winner);
                    });
        }
    }

    /// Checks that nobody is waited for in vain: all who are out, together, can take the lead, or
    /// make the text free.
    private static void assertOpen(Vote vote) {
        List<Event.Share> shares = vote.poll.tally().shares();
        boolean free =
                vote.complete(vote.allOf(Optional.empty()))
                        .choice()
                        .filter(choice -> choice.method() == Event.Method.VOTE)
                        .isEmpty();
        if (free) {
            return;
        }
        String leader = shares.getFirst().answer();
        String rival = shares.size() > 1 ? shares.get(1).answer() : "another";
        Event.Tally tally = vote.complete(vote.allOf(Optional.of(rival))).tally();
        assertThat(weight(tally, leader) - weight(tally, rival))
                .as("%s of %s", vote.ended, vote.plan)
                .isLessThan(ROUNDING);
    }

    private static double weight(Event.Tally tally, String answer) {
        return tally.shares().stream()
                .filter(share -> share.answer().equals(answer))
                .mapToDouble(Event.Share::weight)
                .sum();
    }
}
