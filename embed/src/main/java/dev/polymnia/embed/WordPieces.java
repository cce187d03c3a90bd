package dev.polymnia.embed;

import static java.util.Objects.requireNonNull;

import java.io.InputStream;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Splits a text into the tokens of a BERT model that knows no capitals, as `BertNormalizer`,
/// `BertPreTokenizer` and `WordPiece` of Hugging Face's tokenizers do. One thing is different on
/// purpose: names of special tokens in a text (`[SEP]`) are words like all others. Marks and
/// punctuation of younger scripts are known as Java knows them. Immutable.
final class WordPieces {
    private static final String INSIDE = "##";

    /// A word with more characters is not looked at.
    private static final int LONGEST_WORD = 100;

    private static final int REPLACEMENT = 0xFFFD;

    private static final Set<Byte> NO_TEXT =
            Set.of(Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE);

    private static final Set<Byte> PUNCTUATION =
            Set.of(
                    Character.CONNECTOR_PUNCTUATION,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.OTHER_PUNCTUATION);

    private final Map<String, Integer> vocabulary;
    private final int longestPiece;
    private final long begin;
    private final long end;
    private final long unknown;

    private WordPieces(Map<String, Integer> vocabulary) {
        this.vocabulary = vocabulary;
        longestPiece = vocabulary.keySet().stream().mapToInt(String::length).max().orElseThrow();
        begin = requireNonNull(vocabulary.get("[CLS]"), "there is no [CLS]");
        end = requireNonNull(vocabulary.get("[SEP]"), "there is no [SEP]");
        unknown = requireNonNull(vocabulary.get("[UNK]"), "there is no [UNK]");
    }

    /// Reads the vocabulary of a `tokenizer.json`.
    static WordPieces read(InputStream json) {
        JsonNode words = JsonMapper.shared().readTree(json).at("/model/vocab");
        Map<String, Integer> vocabulary = new HashMap<>();
        words.properties().forEach(word -> vocabulary.put(word.getKey(), word.getValue().asInt()));
        return new WordPieces(vocabulary);
    }

    /// Returns the tokens of a text, between those for its beginning and its end.
    long[] tokens(String text) {
        LongStream.Builder tokens = LongStream.builder();
        tokens.add(begin);
        for (String word : words(plain(text))) {
            add(word, tokens);
        }
        tokens.add(end);
        return tokens.build().toArray();
    }

    /// Returns a text without capitals, accents and what is no text, with spaces around each
    /// Chinese character.
    private static String plain(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints()
                .forEach(point -> {
                    if (isSpace(point)) {
                        clean.append(' ');
                    } else if (isChinese(point)) {
                        clean.append(' ').appendCodePoint(point).append(' ');
                    } else if (point != REPLACEMENT && !NO_TEXT.contains(type(point))) {
                        clean.appendCodePoint(point);
                    }
                });
        StringBuilder plain = new StringBuilder(clean.length());
        Normalizer.normalize(clean, Normalizer.Form.NFD)
                .codePoints()
                .filter(point -> type(point) != Character.NON_SPACING_MARK)
                .map(Character::toLowerCase)
                .forEach(plain::appendCodePoint);
        return plain.toString();
    }

    /// Returns the words; each character of punctuation is one.
    private static List<String> words(String plain) {
        List<String> words = new ArrayList<>();
        int begin = 0;
        int at = 0;
        while (at < plain.length()) {
            int point = plain.codePointAt(at);
            int next = at + Character.charCount(point);
            boolean apart = isPunctuation(point);
            if (apart || isSpace(point)) {
                if (begin < at) {
                    words.add(plain.substring(begin, at));
                }
                if (apart) {
                    words.add(plain.substring(at, next));
                }
                begin = next;
            }
            at = next;
        }
        if (begin < at) {
            words.add(plain.substring(begin));
        }
        return words;
    }

    /// Adds the longest pieces that a word begins with, one after the other. A word that cannot be
    /// put together of pieces is unknown as a whole.
    private void add(String word, LongStream.Builder tokens) {
        if (word.codePointCount(0, word.length()) > LONGEST_WORD) {
            tokens.add(unknown);
            return;
        }
        List<Integer> pieces = new ArrayList<>();
        int at = 0;
        while (at < word.length()) {
            String inside = at == 0 ? "" : INSIDE;
            int to = Math.min(word.length(), at + longestPiece);
            Integer piece = null;
            while (piece == null && to > at) {
                piece = vocabulary.get(inside + word.substring(at, to));
                if (piece == null) {
                    to--;
                }
            }
            if (piece == null) {
                tokens.add(unknown);
                return;
            }
            pieces.add(piece);
            at = to;
        }
        pieces.forEach(tokens::add);
    }

    private static byte type(int point) {
        return (byte) Character.getType(point);
    }

    private static boolean isSpace(int point) {
        return point == '\t' || point == '\n' || point == '\r' || Character.isSpaceChar(point);
    }

    private static boolean isPunctuation(int point) {
        boolean sign =
                (point >= '!' && point <= '/')
                        || (point >= ':' && point <= '@')
                        || (point >= '[' && point <= '`')
                        || (point >= '{' && point <= '~');
        return sign || PUNCTUATION.contains(type(point));
    }

    /// The ranges are those of the original.
    private static boolean isChinese(int point) {
        return (point >= 0x4E00 && point <= 0x9FFF)
                || (point >= 0x3400 && point <= 0x4DBF)
                || (point >= 0x20000 && point <= 0x2A6DF)
                || (point >= 0x2A700 && point <= 0x2B73F)
                || (point >= 0x2B740 && point <= 0x2B81F)
                || (point >= 0x2B920 && point <= 0x2CEAF)
                || (point >= 0xF900 && point <= 0xFAFF)
                || (point >= 0x2F800 && point <= 0x2FA1F);
    }
}
