package dev.polymnia.models;

import static java.util.Map.Entry.comparingByValue;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingLong;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// The header of a GGUF file: what a model says about itself. Vocabularies and other arrays are
/// checked but not kept. Immutable.
public final class Gguf {
    private final Path path;
    private final Map<String, Object> values;
    private final List<Tensor> tensors;
    private final String bosText;
    private final String eosText;

    /// Takes what a reader has checked.
    ///
    /// @param values `Long`, `Double`, `Boolean`, `String` or [GgufArray]
    Gguf(
            Path path,
            Map<String, Object> values,
            List<Tensor> tensors,
            String bosText,
            String eosText) {
        this.path = path;
        this.values = Map.copyOf(values);
        this.tensors = List.copyOf(tensors);
        this.bosText = bosText;
        this.eosText = eosText;
    }

    /// Reads and checks the header of a file; blocks. Afterwards the header is whole and
    /// consistent, every tensor lies within the file, and llama.cpp knows the architecture. The
    /// weights themselves are not looked at.
    ///
    /// @throws dev.polymnia.core.Fault `NOT_FOUND` if there is no such file; `INVALID` for a
    ///   folder; `CORRUPT` if it is damaged or not GGUF, with the first wrong byte; `UNSUPPORTED`
    ///   if its version or architecture cannot be loaded; `UNAVAILABLE` if it cannot be read
    public static Gguf read(Path path) {
        return GgufReader.read(path);
    }

    /// Returns the file.
    public Path path() {
        return path;
    }

    /// Returns llama.cpp's name of the model's build, for example `qwen2`.
    public String architecture() {
        return string("general.architecture").orElseThrow();
    }

    /// Returns the published name; empty if the file has none.
    public Optional<String> name() {
        return string("general.name");
    }

    /// Returns the longest context that the model was trained for, in tokens; empty if not told.
    public OptionalInt contextLength() {
        long length = integer(architecture() + ".context_length").orElse(0);
        return length > 0 && length <= Integer.MAX_VALUE
                ? OptionalInt.of((int) length)
                : OptionalInt.empty();
    }

    /// Returns the source of the chat template; empty if the file has none.
    public Optional<String> chatTemplate() {
        return string("tokenizer.chat_template");
    }

    /// Returns the kind of tokenizer, for example `gpt2`; empty if the file has none.
    public Optional<String> tokenizerModel() {
        return string("tokenizer.ggml.model");
    }

    /// Returns how many tokens the vocabulary has; 0 if the file has none.
    public int vocabularySize() {
        return values.get("tokenizer.ggml.tokens") instanceof GgufArray tokens ? tokens.count() : 0;
    }

    /// Returns the text of the token that begins a sequence; empty if the file names none.
    public String bosText() {
        return bosText;
    }

    /// Returns the text of the token that ends a sequence; empty if the file names none.
    public String eosText() {
        return eosText;
    }

    /// Returns the name of the quantisation, for example `Q4_K_M`. If the file does not tell, the
    /// number format that takes most of its bytes; `unknown` if there are no tensors either.
    public String quantisation() {
        OptionalLong fileType = integer("general.file_type");
        if (fileType.isPresent()) {
            Optional<String> name = Quantisations.name(fileType.getAsLong());
            if (name.isPresent()) {
                return name.get();
            }
        }
        return tensors.stream()
                .collect(groupingBy(Tensor::type, summingLong(Tensor::bytes)))
                .entrySet()
                .stream()
                .max(comparingByValue())
                .map(Map.Entry::getKey)
                .orElse("unknown");
    }

    /// Returns how many weights the tensors of this file hold.
    public long parameters() {
        return tensors.stream().mapToLong(Tensor::elements).sum();
    }

    /// Returns the tensors, in the file's order.
    public List<Tensor> tensors() {
        return tensors;
    }

    /// Returns a text; empty if the key is missing or holds something else.
    public Optional<String> string(String key) {
        return values.get(key) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /// Returns a whole number of any width; empty if the key is missing or holds something else. An
    /// unsigned one above the largest `long` comes out negative.
    public OptionalLong integer(String key) {
        return values.get(key) instanceof Long number
                ? OptionalLong.of(number)
                : OptionalLong.empty();
    }

    /// Returns a truth value; empty if the key is missing or holds something else.
    public Optional<Boolean> flag(String key) {
        return values.get(key) instanceof Boolean flag ? Optional.of(flag) : Optional.empty();
    }

    @Override
    public String toString() {
        return path + " [" + architecture() + ", " + quantisation() + "]";
    }

    /// One tensor of the file.
    ///
    /// @param name unique in the file
    /// @param dimensions elements per dimension, the fastest first; at most 4
    /// @param type ggml's name of the number format, for example `Q4_K`
    /// @param offset where its data begins, in bytes from the start of the data section
    /// @param bytes the size of its data
    public record Tensor(String name, List<Long> dimensions, String type, long offset, long bytes) {
        /// Copies the parts.
        public Tensor {
            dimensions = List.copyOf(dimensions);
        }

        /// Returns how many elements it has.
        public long elements() {
            return dimensions.stream().reduce(1L, (a, b) -> a * b);
        }
    }
}
