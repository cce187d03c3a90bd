package dev.polymnia.models.toolcall;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A block whose body is one JSON object: the call, or its arguments if the head has the name.
final class JsonBlock implements Block {
    private final Head head;
    private final ObjectBody body;
    private boolean inBody;
    private int bodyBegin;

    private JsonBlock(Head head, ObjectBody body, int openerLength) {
        this.head = head;
        this.body = body;
        bodyBegin = openerLength;
    }

    /// Returns a block after the marker that opens it.
    static JsonBlock after(String opener, Head head, ObjectBody body) {
        return new JsonBlock(head, body, opener.length());
    }

    /// Returns a block after the bracket of its object, which opens it.
    static JsonBlock afterBracket(Head head, ObjectBody body) {
        JsonBlock block = new JsonBlock(head, body, 0);
        block.inBody = true;
        body.accept('{');
        return block;
    }

    @Override
    public Verdict accept(char next) {
        if (inBody) {
            return body.accept(next);
        }
        Verdict verdict = head.accept(next);
        if (verdict != Verdict.WHOLE) {
            bodyBegin++;
            return verdict;
        }
        inBody = true;
        return body.accept(next);
    }

    @Override
    public int surplus() {
        return inBody ? body.surplus() : head.surplus();
    }

    @Override
    public boolean isWholeAtEnd() {
        return inBody && body.isWholeAtEnd();
    }

    @Override
    public boolean isBegun() {
        return true;
    }

    @Override
    public List<CallText> calls(String text) {
        String object = text.substring(bodyBegin, bodyBegin + body.end());
        @Nullable String name = head.name();
        if (name == null) {
            return CallText.of(object).stream().toList();
        }
        return List.of(new CallText(head.id(), name, body.isBroken() ? trimmed(object) : object));
    }

    /// A broken object ends at a marker only, so that a fence may be left at its end.
    private static String trimmed(String object) {
        String text = object.strip();
        return text.endsWith("```") ? text.substring(0, text.length() - 3).strip() : text;
    }
}
