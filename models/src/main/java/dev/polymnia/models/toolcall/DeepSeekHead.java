package dev.polymnia.models.toolcall;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The head of a call of DeepSeek: V3 and R1 write a type, the separator, the name and the fence of
/// a code block; V3.1 writes the name and the separator.
final class DeepSeekHead implements Head {
    static final String CALLS = "<｜tool▁calls▁begin｜>";
    static final String CALL = "<｜tool▁call▁begin｜>";
    static final String SEPARATOR = "<｜tool▁sep｜>";
    static final String CALL_END = "<｜tool▁call▁end｜>";
    static final String CALLS_END = "<｜tool▁calls▁end｜>";

    private enum Place {
        PREFIX,
        AFTER_SEPARATOR,
        NAME,
        FENCE
    }

    private final Prefix prefix;
    private final StringBuilder name = new StringBuilder();
    private Place place = Place.PREFIX;

    DeepSeekHead(String opener) {
        prefix =
                new Prefix(
                        opener.equals(CALLS)
                                ? List.of(CALL, Prefix.NAME, SEPARATOR)
                                : List.of(Prefix.NAME, SEPARATOR));
    }

    @Override
    public Verdict accept(char next) {
        return switch (place) {
            case PREFIX -> {
                Verdict verdict = prefix.accept(next);
                if (verdict != Verdict.WHOLE) {
                    yield verdict;
                }
                place = Place.AFTER_SEPARATOR;
                yield Verdict.OPEN;
            }
            case AFTER_SEPARATOR -> {
                if (!Head.isNamePart(next)) {
                    place = next == '`' ? Place.FENCE : place;
                    yield fill(next, next == '`' || Character.isWhitespace(next));
                }
                name.append(next);
                place = Place.NAME;
                yield Verdict.OPEN;
            }
            case NAME -> {
                if (Head.isNamePart(next)) {
                    name.append(next);
                    yield Verdict.OPEN;
                }
                place = Place.FENCE;
                yield fill(next, isFence(next));
            }
            case FENCE -> fill(next, isFence(next));
        };
    }

    private static Verdict fill(char next, boolean allowed) {
        return next == '{' ? Verdict.WHOLE : allowed ? Verdict.OPEN : Verdict.LOST;
    }

    private static boolean isFence(char next) {
        return next == '`' || Character.isWhitespace(next) || (next >= 'a' && next <= 'z');
    }

    @Override
    public int surplus() {
        return place == Place.PREFIX ? prefix.surplus() : 1;
    }

    @Override
    public @Nullable String name() {
        return name.isEmpty() ? prefix.name() : name.toString();
    }

    @Override
    public @Nullable String id() {
        return null;
    }
}
