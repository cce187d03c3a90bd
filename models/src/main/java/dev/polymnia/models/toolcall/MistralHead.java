package dev.polymnia.models.toolcall;

import org.jspecify.annotations.Nullable;

/// The head of a call of Mistral: the bracket of a list, or a name, from 2025 on, with or without
/// an id. The markers after the name may be missing.
final class MistralHead implements Head {
    static final String CALLS = "[TOOL_CALLS]";
    static final String ARGUMENTS = "[ARGS]";
    static final String ID = "[CALL_ID]";

    private enum Place {
        BEGINNING,
        LIST,
        NAME,
        MARKER,
        ID,
        ARGUMENTS
    }

    private final StringBuilder name = new StringBuilder();
    private final StringBuilder id = new StringBuilder();
    private final StringBuilder marker = new StringBuilder();
    private Place place = Place.BEGINNING;
    private int inList;
    private int surplus;

    @Override
    public Verdict accept(char next) {
        if (place == Place.LIST) {
            inList++;
        }
        if (place == Place.ID && Character.isLetterOrDigit(next)) {
            id.append(next);
            return Verdict.OPEN;
        }
        if ((place == Place.BEGINNING || place == Place.NAME) && Head.isNamePart(next)) {
            name.append(next);
            place = Place.NAME;
            return Verdict.OPEN;
        }
        if (marker.isEmpty()) {
            if (next == '{') {
                return Verdict.WHOLE;
            }
            if (Character.isWhitespace(next)) {
                place = place == Place.NAME || place == Place.ID ? Place.MARKER : place;
                return Verdict.OPEN;
            }
        }
        return switch (place) {
            case BEGINNING -> {
                place = Place.LIST;
                yield next == '[' ? Verdict.OPEN : lost(1);
            }
            case NAME, MARKER, ID -> marker(next);
            // The bracket may begin the marker of another call.
            case LIST -> lost(1 + inList);
            case ARGUMENTS -> lost(1);
        };
    }

    private Verdict lost(int characters) {
        surplus = characters;
        return Verdict.LOST;
    }

    private Verdict marker(char next) {
        place = Place.MARKER;
        marker.append(next);
        String text = marker.toString();
        if (text.equals(ID) || text.equals(ARGUMENTS)) {
            marker.setLength(0);
            place = text.equals(ID) ? Place.ID : Place.ARGUMENTS;
            return Verdict.OPEN;
        }
        return ID.startsWith(text) || ARGUMENTS.startsWith(text)
                ? Verdict.OPEN
                : lost(marker.length());
    }

    @Override
    public int surplus() {
        return surplus;
    }

    @Override
    public @Nullable String name() {
        return name.isEmpty() ? null : name.toString();
    }

    @Override
    public @Nullable String id() {
        return id.isEmpty() ? null : id.toString();
    }
}
