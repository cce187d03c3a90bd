package dev.polymnia.bench.peers;

import static java.util.stream.Collectors.joining;

import dev.polymnia.core.message.Message;
import dev.polymnia.core.model.Prompt;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/// What is asked. A prompt begins with a number that no prompt of this run had before, so that
/// nobody has read more of it than the template's first words. Not thread-safe.
final class Texts {
    private static final List<String> WHO =
            List.of("keeper", "captain", "widow", "surgeon", "carpenter", "smuggler", "teacher");
    private static final List<String> DID =
            List.of("mended", "counted", "described", "carried", "sold");
    private static final List<String> WHAT =
            List.of(
                    "old lamps",
                    "heavy ropes",
                    "torn sails",
                    "copper coins",
                    "wet ledgers",
                    "glass floats",
                    "brass keys",
                    "oak barrels",
                    "paper charts",
                    "iron nails",
                    "grey stones");
    private static final List<String> WHERE =
            List.of("beside the lighthouse", "on the long pier", "below the chapel");

    private static final List<String> VIEWS =
            List.of(
                    "the keeper, who loves the light and fears the winter",
                    "the captain, who has not slept for several nights",
                    "the widow, who remembers every ship that was lost",
                    "the surgeon, who came here to forget a large city",
                    "the carpenter, who builds a boat that nobody ordered",
                    "the smuggler, who hides more than copper coins here",
                    "the teacher, who writes all of it down for children",
                    "a gull, which sees the whole harbour from above");

    private static final List<String> TURNS =
            List.of(
                    "Tell me about a small harbour town: who lives there, what they sell, and how"
                            + " the mornings sound in the winter months.",
                    "Go on with the old keeper of the lighthouse, please: what does he do on a long"
                            + " night when no ship at all comes by?",
                    "Now a storm is coming up from the west. Describe how the people get ready and"
                            + " what they carry up to the chapel.",
                    "One of the boats has not come back yet. Who is waiting on the pier, and what"
                            + " do they say to each other there?",
                    "Let the captain tell in his own words what happened out there, from the first"
                            + " wave up to the broken mast.",
                    "What did the carpenter find in the wreck on the next morning, and why did he"
                            + " not show it to anybody else?",
                    "Describe the supper in the teacher's house, with all the dishes, the guests,"
                            + " and the one chair that stays empty.",
                    "Somebody knocks at the door late in the evening. Say who it is, how they look,"
                            + " and what they have brought along.",
                    "Tell how the whole town hears about it on the next day, from the baker down to"
                            + " the children behind the school.",
                    "Bring the story to its end now: the spring comes, the boat is ready, and one"
                            + " of them has to leave the harbour.");

    private final ToIntFunction<Prompt> count;
    private final Map<Integer, Integer> sentences = new HashMap<>();
    private int number = new Random().nextInt(900_000);

    /// @param count returns the tokens of a prompt; never asked while something is measured
    Texts(ToIntFunction<Prompt> count) {
        this.count = count;
    }

    /// Returns a beginning that was not there before; always of the same length.
    String beginning() {
        number = (number + 7919) % 900_000;
        return String.format(Locale.ROOT, "%06d is the number of this case.", 100_000 + number);
    }

    /// Returns a prompt with a story of about as many tokens.
    Prompt story(int tokens) {
        return story(sentences.computeIfAbsent(tokens, this::sentencesFor), beginning());
    }

    /// Returns the last words of the prompt of one of eight branches, of about twenty tokens.
    static String view(int index) {
        return "Tell this at great length, as it is seen by " + VIEWS.get(index) + ".";
    }

    /// Returns a chat of about forty tokens.
    Prompt chat(int index) {
        return Prompt.of(
                Message.system(beginning()),
                Message.user(
                        "Tell a long story of the %s, the %s and the %s in %d sentences."
                                .formatted(
                                        pick(WHO, index),
                                        pick(WHO, index / 7 + 1),
                                        pick(WHAT, index),
                                        20 + index)));
    }

    /// Returns what is said in one of ten turns, about thirty tokens with the template's.
    static Message turn(int index) {
        return Message.user(TURNS.get(index));
    }

    private int sentencesFor(int tokens) {
        int sentence = count(20) - count(19);
        int guess = 19 + (tokens - count(19)) / sentence;
        while (count(guess) < tokens) {
            guess++;
        }
        return guess;
    }

    private int count(int length) {
        return count.applyAsInt(story(length, beginning()));
    }

    private static Prompt story(int length, String beginning) {
        String text = IntStream.range(0, length).mapToObj(Texts::sentence).collect(joining(" "));
        return Prompt.of(
                Message.system(beginning + " You are a story-teller who never stops early."),
                Message.user(text));
    }

    private static String sentence(int i) {
        return "On day %d the %s %s the %s %s."
                .formatted(i + 1, pick(WHO, i), pick(DID, i), pick(WHAT, i), pick(WHERE, i));
    }

    private static String pick(List<String> words, int index) {
        return words.get(index % words.size());
    }
}
