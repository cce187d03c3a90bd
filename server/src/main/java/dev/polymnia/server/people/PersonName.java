package dev.polymnia.server.people;

import dev.polymnia.core.Fault;
import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// A person's name: 1 to 60 characters (NFC) that can be seen, of one script, so that nobody can
/// pass for somebody else with letters that look alike (UTS #39, 5.1, "single script" with the
/// writing systems of Japan, Korea and Taiwan).
///
/// @param text as it is shown
public record PersonName(String text) {
    private static final int LONGEST = 60;

    /// Scripts that are written together.
    private static final List<Set<UnicodeScript>> TOGETHER =
            List.of(
                    EnumSet.of(UnicodeScript.HAN, UnicodeScript.HIRAGANA, UnicodeScript.KATAKANA),
                    EnumSet.of(UnicodeScript.HAN, UnicodeScript.HANGUL),
                    EnumSet.of(UnicodeScript.HAN, UnicodeScript.BOPOMOFO));

    /// Brings the text into its usual form and checks it.
    ///
    /// @throws Fault `INVALID` if it is no name
    public PersonName {
        text = Label.of(text, LONGEST);
        Set<UnicodeScript> scripts = scripts(text);
        if (scripts.size() > 1 && TOGETHER.stream().noneMatch(all -> all.containsAll(scripts))) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "The name '%s' mixes the scripts %s, whose letters look alike; choose one."
                            .formatted(text, scripts));
        }
    }

    private static Set<UnicodeScript> scripts(String text) {
        Set<UnicodeScript> scripts = EnumSet.noneOf(UnicodeScript.class);
        text.codePoints().mapToObj(UnicodeScript::of).forEach(scripts::add);
        scripts.remove(UnicodeScript.COMMON);
        scripts.remove(UnicodeScript.INHERITED);
        return scripts;
    }

    /// Returns what two names have in common that are taken for the same: compatible characters
    /// (NFKC), capital letters and spaces make no difference.
    public String folded() {
        return fold(text);
    }

    /// Returns the same of any text.
    public static String fold(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .strip()
                .replaceAll("\\s+", " ");
    }

    @Override
    public String toString() {
        return text;
    }
}
