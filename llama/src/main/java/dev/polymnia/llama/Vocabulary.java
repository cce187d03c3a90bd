package dev.polymnia.llama;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.polymnia.core.Fault;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;

/// The tokens of a model. Thread-safe: the native vocabulary is only read, and lives as long as the
/// [NativeModel].
final class Vocabulary implements Lexicon {
    private static final int NO_VOCABULARY = 0;
    private static final int UNKNOWN_OR_CONTROL = 1 | 1 << 3;
    private static final byte[] NOTHING = {};

    private final LlamaNative functions;
    private final MemorySegment handle;
    private final int size;
    private final int longest;
    private final List<String> controls;
    private final AtomicReferenceArray<byte[]> pieces;

    /// Reads the vocabulary of a model.
    ///
    /// @param tags texts of special tokens that count as words all the same, because they mark the
    ///   model's reasoning: they are shown, and conversations may hold them
    /// @param markers texts of special tokens that are shown, because they mark tool calls, and
    ///   that conversations may not hold all the same
    /// @throws Fault `UNSUPPORTED` if it has none
    Vocabulary(NativeModel model, Set<String> tags, Set<String> markers) {
        functions = model.functions();
        handle = model.vocabulary();
        if (type() == NO_VOCABULARY) {
            throw new Fault(
                    Fault.Code.UNSUPPORTED,
                    "The model file has no vocabulary; choose a model with its tokenizer.");
        }
        size = count();
        pieces = new AtomicReferenceArray<>(size);
        List<String> special = new ArrayList<>();
        int most = 1;
        for (int token = 0; token < size; token++) {
            MemorySegment text = text(token);
            int length = length(text);
            most = Math.max(most, length);
            if (length > 0 && (attributes(token) & UNKNOWN_OR_CONTROL) != 0) {
                String control = text.getString(0);
                if (tags.contains(control) || markers.contains(control)) {
                    pieces.set(token, control.getBytes(StandardCharsets.UTF_8));
                }
                if (!tags.contains(control)) {
                    special.add(control);
                }
            }
        }
        longest = most;
        controls = Collections.unmodifiableList(special);
    }

    @Override
    public int size() {
        return size;
    }

    /// Returns the length in bytes that no token's text exceeds.
    int longest() {
        return longest;
    }

    /// Returns the texts of the tokens that steer the model, such as `<|im_end|>`.
    List<String> controls() {
        return controls;
    }

    @Override
    public byte[] piece(int token) {
        byte[] known = pieces.get(token);
        if (known != null) {
            return known;
        }
        byte[] read = readPiece(token);
        pieces.set(token, read);
        return read;
    }

    @Override
    public boolean ends(int token) {
        try {
            return (boolean) functions.isEnd().invokeExact(handle, token);
        } catch (Throwable thrown) {
            throw LlamaNative.unexpected(thrown);
        }
    }

    /// Returns the token that begins every sequence of this model; -1 if it wants none.
    int begin() {
        try {
            boolean adds = (boolean) functions.addsBegin().invokeExact(handle);
            return adds ? (int) functions.beginToken().invokeExact(handle) : -1;
        } catch (Throwable thrown) {
            throw LlamaNative.unexpected(thrown);
        }
    }

    /// Returns the tokens of a text, as [#tokenize(String, TokenList)].
    TokenList tokenize(String text) {
        TokenList tokens = new TokenList();
        tokenize(text, tokens);
        return tokens;
    }

    /// Appends the tokens of a text, in which the texts of special tokens become those tokens.
    void tokenize(String text, TokenList target) {
        if (text.isEmpty()) {
            return;
        }
        try (Arena scratch = Arena.ofConfined()) {
            // Lone surrogates become question marks here: the native side throws on broken UTF-8.
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            MemorySegment source = scratch.allocateFrom(JAVA_BYTE, bytes);
            int room = bytes.length + 8;
            MemorySegment tokens = scratch.allocate(JAVA_INT, room);
            int count =
                    (int)
                            functions
                                    .tokenize()
                                    .invokeExact(
                                            handle,
                                            source,
                                            bytes.length,
                                            tokens,
                                            room,
                                            false,
                                            true);
            if (count < 0) {
                throw new Fault(
                        Fault.Code.INTERNAL,
                        "llama.cpp made %d tokens of %d bytes.".formatted(-count, bytes.length));
            }
            for (int i = 0; i < count; i++) {
                target.add(tokens.getAtIndex(JAVA_INT, i));
            }
        } catch (Throwable thrown) {
            throw LlamaNative.unexpected(thrown);
        }
    }

    private byte[] readPiece(int token) {
        try (Arena scratch = Arena.ofConfined()) {
            int room = 2 * longest + 8;
            MemorySegment buffer = scratch.allocate(room);
            int length =
                    (int) functions.tokenPiece().invokeExact(handle, token, buffer, room, 0, false);
            return length <= 0 ? NOTHING : buffer.asSlice(0, length).toArray(JAVA_BYTE);
        } catch (Throwable thrown) {
            throw LlamaNative.unexpected(thrown);
        }
    }

    private int type() {
        try {
            return (int) functions.vocabularyType().invokeExact(handle);
        } catch (Throwable thrown) {
            throw LlamaNative.unexpected(thrown);
        }
    }

    private int count() {
        try {
            return (int) functions.vocabularySize().invokeExact(handle);
        } catch (Throwable thrown) {
            throw LlamaNative.unexpected(thrown);
        }
    }

    private int attributes(int token) {
        try {
            return (int) functions.tokenAttributes().invokeExact(handle, token);
        } catch (Throwable thrown) {
            throw LlamaNative.unexpected(thrown);
        }
    }

    @SuppressWarnings("restricted") // the length of a C string is not known
    private MemorySegment text(int token) {
        try {
            MemorySegment text = (MemorySegment) functions.tokenText().invokeExact(handle, token);
            return text.reinterpret(Long.MAX_VALUE);
        } catch (Throwable thrown) {
            throw LlamaNative.unexpected(thrown);
        }
    }

    private static int length(MemorySegment text) {
        int length = 0;
        while (text.get(JAVA_BYTE, length) != 0) {
            length++;
        }
        return length;
    }
}
