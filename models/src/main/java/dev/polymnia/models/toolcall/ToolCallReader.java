package dev.polymnia.models.toolcall;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.message.Content;
import dev.polymnia.core.message.ToolSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Tells calls from words in the answer of one turn that comes in parts. One per branch; not
/// thread-safe.
///
/// Words are given out at once, except white space, which may turn out to stand before a call, and
/// what may be the beginning of a marker or of a call. The result does not depend on how the text
/// is cut. It takes time in proportion to the text.
///
/// - **What is left out:** markers, what joins calls, and white space between words and calls,
///   between calls and after the last. All else comes back, as words or in a call.
/// - **Which names are calls:** where markers say that something is a call it is one, of whatever
///   name, so that the caller can say which tools there are. Bare JSON ([ToolCallFormat#LLAMA],
///   [ToolCallFormat#JSON]) is a call only of a tool that is offered and only with arguments, an
///   empty object at least.
/// - **Arguments** are as the model wrote them: mostly a JSON object, but if the text between the
///   markers is damaged, so are they. Without any they are `{}`. Formats that write values between
///   tags have their values made into a JSON object, by what the tool's schema says of them.
/// - **Ids** are the model's own where it wrote one that this turn has not had yet.
/// - **Limit:** what is longer than [#LONGEST_CALL] is words.
public final class ToolCallReader {
    /// The most characters that a call may have, markers included.
    public static final int LONGEST_CALL = 1 << 20;

    /// What is too long for a call is given out, but for an end in which a marker may stand.
    private static final int KEPT_OF_LONG = 64;

    private final Syntax syntax;
    private final IntFunction<String> ids;
    private final Set<String> usedIds = new HashSet<>();
    private final StringBuilder space = new StringBuilder();
    private final StringBuilder held = new StringBuilder();
    private final StringBuilder words = new StringBuilder();
    private List<TurnPart> parts = new ArrayList<>();
    private @Nullable Block block;
    private int mayHold = LONGEST_CALL;
    private boolean afterCall;
    private int calls;

    /// Creates a reader at the beginning of an answer.
    ///
    /// @param format how the model writes calls
    /// @param tools the tools that are offered
    /// @param ids makes the id of the call with this index in the turn, counted from 0, for example
    ///   [ToolCallFormat#id]; different ones, not blank
    /// @throws dev.polymnia.core.Fault `INVALID` if the parameters of a tool are not a JSON object
    public ToolCallReader(ToolCallFormat format, List<ToolSpec> tools, IntFunction<String> ids) {
        syntax = Syntax.of(format, new Offer(tools));
        this.ids = requireNonNull(ids, "ids is null");
    }

    /// Takes more text of the answer.
    ///
    /// @param text any part of it, cut anywhere; may be empty
    /// @return what is decided now, in order; may be empty
    public List<TurnPart> accept(String text) {
        for (int at = 0; at < text.length(); at++) {
            read(text.charAt(at));
        }
        return take();
    }

    /// Ends the turn; call it once, however the turn ended.
    public TurnEnd finish() {
        boolean cutOff = false;
        Block open = block;
        if (open != null) {
            boolean whole = open.isWholeAtEnd();
            cutOff = isReadable() && !whole && open.isBegun();
            close(isReadable() && whole ? open.calls(held.toString()) : List.of());
        } else if (!held.isEmpty() && afterCall && mayBecome(syntax.links())) {
            held.setLength(0);
        } else {
            tellHeld();
        }
        if (!afterCall) {
            move(space, words);
        }
        return new TurnEnd(take(), cutOff);
    }

    private List<TurnPart> take() {
        endWords();
        List<TurnPart> taken = parts;
        parts = new ArrayList<>();
        return taken;
    }

    private void read(char next) {
        Block open = block;
        if (open != null) {
            readBlock(open, next);
        } else if (held.isEmpty() && Character.isWhitespace(next)) {
            space.append(next);
        } else {
            held.append(next);
            readMarker();
        }
    }

    private void readMarker() {
        if (afterCall && isHeld(syntax.links())) {
            held.setLength(0);
            return;
        }
        if (isHeld(syntax.openers()) || (afterCall && isHeld(syntax.nextOpeners()))) {
            block = syntax.blocks().apply(held.toString());
            return;
        }
        if (mayBecome(syntax.openers()) || (afterCall && mayBecome(syntax.links()))) {
            return;
        }
        // Another marker may begin inside of what was no marker.
        String again = held.substring(1);
        held.setLength(1);
        tellHeld();
        readAgain(again);
    }

    private boolean isHeld(List<String> markers) {
        for (String marker : markers) {
            if (marker.length() == held.length() && marker.contentEquals(held)) {
                return true;
            }
        }
        return false;
    }

    private boolean mayBecome(List<String> markers) {
        for (String marker : markers) {
            if (marker.length() > held.length()
                    && marker.charAt(0) == held.charAt(0)
                    && marker.startsWith(held.toString())) {
                return true;
            }
        }
        return false;
    }

    private void readBlock(Block open, char next) {
        held.append(next);
        switch (open.accept(next)) {
            case OPEN -> {
                if (held.length() > mayHold) {
                    mayHold = Math.min(mayHold, 2 * KEPT_OF_LONG);
                    giveOut(mayHold / 2);
                }
            }
            case WORDS -> {
                mayHold = 0;
                giveOut(0);
            }
            case WHOLE -> close(open, isReadable());
            case LOST -> close(open, false);
        }
    }

    /// Gives out what is held, but for its end.
    private void giveOut(int kept) {
        String end = held.substring(held.length() - kept);
        held.setLength(held.length() - kept);
        tellHeld();
        held.append(end);
    }

    private boolean isReadable() {
        return mayHold == LONGEST_CALL;
    }

    private void close(Block ended, boolean readable) {
        int end = held.length() - Math.min(ended.surplus(), held.length());
        String again = held.substring(end);
        held.setLength(end);
        close(readable ? ended.calls(held.toString()) : List.of());
        readAgain(again);
    }

    private void close(List<CallText> found) {
        block = null;
        mayHold = LONGEST_CALL;
        if (found.isEmpty()) {
            // White space at its end may stand before a call.
            int end = held.length();
            while (end > 0 && Character.isWhitespace(held.charAt(end - 1))) {
                end--;
            }
            giveOut(held.length() - end);
            move(held, space);
            return;
        }
        found.forEach(this::call);
        space.setLength(0);
        held.setLength(0);
        afterCall = true;
    }

    private void readAgain(String text) {
        for (int at = 0; at < text.length(); at++) {
            read(text.charAt(at));
        }
    }

    private void call(CallText found) {
        endWords();
        String id = found.id();
        String own = ids.apply(calls);
        boolean usable = id != null && !id.isBlank() && !usedIds.contains(id);
        String chosen = usable ? requireNonNull(id) : own;
        usedIds.add(chosen);
        calls++;
        parts.add(new TurnPart.Call(new Content.ToolCall(chosen, found.name(), found.arguments())));
    }

    private void tellHeld() {
        if (held.isEmpty()) {
            return;
        }
        if (!afterCall) {
            move(space, words);
        }
        space.setLength(0);
        afterCall = false;
        move(held, words);
    }

    private static void move(StringBuilder from, StringBuilder to) {
        to.append(from);
        from.setLength(0);
    }

    private void endWords() {
        if (!words.isEmpty()) {
            parts.add(new TurnPart.Words(words.toString()));
            words.setLength(0);
        }
    }
}
