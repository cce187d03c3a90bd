package dev.polymnia.eval.ifeval;

import java.util.List;
import java.util.stream.Stream;

/// What a response may be turned into before it is checked loosely (section 2.2 of the paper):
/// without its first line (an introduction), without its last line (a farewell), without both, and
/// each of these and the response itself without asterisks (Markdown).
final class Variants {
    private Variants() {}

    /// Returns the eight variants without duplicates; the response as it is comes first.
    ///
    /// Oddity: what has lost a line is also stripped of white space, the response itself is not. A
    /// response of one line loses all of it, and so does one of two lines that loses both.
    static List<String> of(String response) {
        int first = response.indexOf('\n');
        int last = response.lastIndexOf('\n');
        String headless = first < 0 ? "" : response.substring(first + 1);
        String tailless = first < 0 ? "" : response.substring(0, last);
        String body = first < last ? response.substring(first + 1, last) : "";
        List<String> cut =
                List.of(
                        response,
                        PythonText.strip(headless),
                        PythonText.strip(tailless),
                        PythonText.strip(body));
        Stream<String> plain = cut.stream().map(variant -> variant.replace("*", ""));
        return Stream.concat(cut.stream(), plain).distinct().toList();
    }
}
