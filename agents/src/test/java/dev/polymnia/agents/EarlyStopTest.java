package dev.polymnia.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The rules against brute force over all outcomes.
final class EarlyStopTest {
    /// Three answers, and agents without a vote.
    private static final List<String> CHOICES = List.of("a", "b", "c", "");

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5, 8})
    void lossless_never_changes_the_winner(int planned) {
        List<Integer> fired = new ArrayList<>();
        forEachSequence(
                planned,
                outcome -> {
                    String winner = winner(outcome.subList(0, planned));
                    for (int done = 1; done < planned; done++) {
                        Ballot ballot = ballot(outcome.subList(0, done));
                        if (!ballot.isEmpty() && lossless(ballot, planned - done)) {
                            fired.add(done);
                            assertThat(ballot.winner().orElseThrow().answer())
                                    .as("%s after %d", outcome, done)
                                    .isEqualTo(winner);
                        }
                    }
                });
        assertThat(fired).isNotEmpty();
    }

    @Test
    void lossless_fires_as_soon_as_it_can() {
        int planned = 6;
        forEachSequence(
                planned,
                outcome -> {
                    for (int done = 1; done < planned; done++) {
                        Ballot ballot = ballot(outcome.subList(0, done));
                        boolean fires = !ballot.isEmpty() && lossless(ballot, planned - done);
                        if (!fires && !ballot.isEmpty()) {
                            assertThat(canTie(ballot, planned - done))
                                    .as("%s after %d", outcome, done)
                                    .isTrue();
                        }
                    }
                });
    }

    @Test
    void lossless_never_changes_the_winner_of_weighted_votes() {
        Random random = new Random(11);
        int fired = 0;
        for (int round = 0; round < 20_000; round++) {
            int planned = 2 + random.nextInt(11);
            List<Double> most = new ArrayList<>();
            List<Ballot.Vote> votes = new ArrayList<>();
            for (int agent = 0; agent < planned; agent++) {
                double heaviest = 0.2 + 3 * random.nextDouble();
                most.add(heaviest);
                votes.add(
                        new Ballot.Vote(
                                CHOICES.get(random.nextInt(3)),
                                heaviest * random.nextDouble(),
                                random.nextDouble(),
                                10,
                                agent,
                                true));
            }
            String winner = ballotOf(votes).winner().orElseThrow().answer();
            for (int done = 1; done < planned; done++) {
                Ballot ballot = ballotOf(votes.subList(0, done));
                double out =
                        most.subList(done, planned).stream().mapToDouble(Double::doubleValue).sum();
                if (EarlyStop.lossless(
                                ballot.leaderWeight(), ballot.secondWeight(), planned - done, out)
                        .isPresent()) {
                    fired++;
                    assertThat(ballot.winner().orElseThrow().answer()).isEqualTo(winner);
                }
            }
        }
        assertThat(fired).isGreaterThan(1000);
    }

    private static Ballot ballotOf(List<Ballot.Vote> votes) {
        Ballot ballot = new Ballot();
        votes.forEach(ballot::add);
        return ballot;
    }

    private static boolean lossless(Ballot ballot, int pending) {
        return EarlyStop.lossless(ballot.leaderWeight(), ballot.secondWeight(), pending, pending)
                .isPresent();
    }

    @Test
    void beta_is_the_exact_posterior() {
        for (int a = 0; a <= 16; a++) {
            for (int b = 0; a + b <= 16; b++) {
                assertThat(EarlyStop.aheadProbability(a, b))
                        .as("%d–%d", a, b)
                        .isCloseTo(integrated(a, b), within(1e-6));
                assertThat(EarlyStop.aheadProbability(a, b)).isEqualTo(counted(a, b));
            }
        }
    }

    @Test
    void beta_fires_where_it_is_said_to() {
        assertThat(EarlyStop.beta(4, 0)).isPresent();
        assertThat(EarlyStop.beta(6, 1)).isPresent();
        assertThat(EarlyStop.beta(3, 0)).isEmpty();
        assertThat(EarlyStop.beta(3, 1)).isEmpty();
        assertThat(EarlyStop.beta(5, 1)).isEmpty();
        assertThat(EarlyStop.beta(6, 2)).isEmpty();
        assertThat(EarlyStop.beta(0, 0)).isEmpty();
        assertThat(EarlyStop.beta(4, 0).orElseThrow().rule().isGuarantee()).isFalse();
    }

    /// Returns whether the votes still out could make another answer level with the leader.
    private static boolean canTie(Ballot ballot, int pending) {
        return ballot.secondWeight() + pending >= ballot.leaderWeight();
    }

    private static Ballot ballot(List<String> outcome) {
        Ballot ballot = new Ballot();
        for (int agent = 0; agent < outcome.size(); agent++) {
            if (outcome.get(agent).isEmpty()) {
                ballot.addSilent();
            } else {
                // Confidences and lengths that favour late agents, so that ties would turn.
                ballot.add(new Ballot.Vote(outcome.get(agent), 0.1 * agent, 100 - agent, agent));
            }
        }
        return ballot;
    }

    /// Counts by hand: most votes, then most confidence.
    private static String winner(List<String> outcome) {
        String best = "";
        double most = -1;
        for (String answer : CHOICES.subList(0, 3)) {
            double score = 0;
            for (int agent = 0; agent < outcome.size(); agent++) {
                score += outcome.get(agent).equals(answer) ? 1000 + 0.1 * agent : 0;
            }
            if (score > most) {
                most = score;
                best = answer;
            }
        }
        return best;
    }

    private static double integrated(int a, int b) {
        int slices = 20_000;
        double above = 0;
        double all = 0;
        for (int i = 0; i < slices; i++) {
            double p = (i + 0.5) / slices;
            double density = Math.pow(p, a) * Math.pow(1 - p, b);
            all += density;
            above += p > 0.5 ? density : 0;
        }
        return above / all;
    }

    private static double counted(int a, int b) {
        BigInteger sum = BigInteger.ZERO;
        for (int heads = 0; heads <= a; heads++) {
            sum = sum.add(choose(a + b + 1, heads));
        }
        return sum.doubleValue() / Math.pow(2, a + b + 1);
    }

    private static BigInteger choose(int n, int k) {
        BigInteger result = BigInteger.ONE;
        for (int i = 0; i < k; i++) {
            result = result.multiply(BigInteger.valueOf(n - i)).divide(BigInteger.valueOf(i + 1L));
        }
        return result;
    }

    private static void forEachSequence(int length, java.util.function.Consumer<List<String>> use) {
        int count = (int) Math.pow(CHOICES.size(), length);
        for (int code = 0; code < count; code++) {
            List<String> sequence = new ArrayList<>();
            for (int rest = code, i = 0; i < length; i++, rest /= CHOICES.size()) {
                sequence.add(CHOICES.get(rest % CHOICES.size()));
            }
            use.accept(sequence);
        }
    }
}
