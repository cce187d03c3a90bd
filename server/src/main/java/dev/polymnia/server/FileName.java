package dev.polymnia.server;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Names of files, which come from clients and are labels only: no file is opened by one here. They
/// are such that nothing happens to whoever saves a file under one, on any system. Stateless.
final class FileName {
    private static final String NONE = "file";
    private static final int MOST_BYTES = 255;

    /// An ending that is longer says nothing.
    private static final int LONGEST_ENDING = 20;

    /// What is not seen, or turns what is (bidirectional controls), and halves of characters.
    private static final Pattern UNSEEN =
            Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Cn}\\p{Zl}\\p{Zp}]");

    /// What Windows has no place for in a name.
    private static final Pattern FORBIDDEN = Pattern.compile("[<>:\"|?*]");

    /// Devices of Windows, with any ending.
    private static final Pattern DEVICE =
            Pattern.compile(
                    "(con|prn|aux|nul|conin\\$|conout\\$|(com|lpt)[0-9¹²³])( *\\..*)?",
                    Pattern.CASE_INSENSITIVE);

    private FileName() {}

    /// Returns a name that does no harm.
    ///
    /// @param sent by a client, with folders before it perhaps
    static String of(String sent) {
        String name = sent.substring(Math.max(sent.lastIndexOf('/'), sent.lastIndexOf('\\')) + 1);
        name = Normalizer.normalize(UNSEEN.matcher(name).replaceAll(""), Normalizer.Form.NFC);
        name = FORBIDDEN.matcher(name).replaceAll("_");
        if (DEVICE.matcher(ended(name)).matches()) {
            name = "_" + name;
        }
        name = ended(cut(ended(name), MOST_BYTES));
        return name.isEmpty() ? NONE : name;
    }

    /// Returns a name without spaces around it, and full stops at its end, which Windows forgets.
    private static String ended(String name) {
        int begin = 0;
        int end = name.length();
        while (end > 0 && (name.charAt(end - 1) == '.' || isSpace(name.charAt(end - 1)))) {
            end--;
        }
        while (begin < end && isSpace(name.charAt(begin))) {
            begin++;
        }
        return name.substring(begin, end);
    }

    private static boolean isSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    /// Returns a name of so many bytes at the most, with its ending.
    private static String cut(String name, int mostBytes) {
        String ending = ending(name);
        int room = mostBytes - bytes(ending);
        // Each character has a byte at least.
        String stem = name.substring(0, Math.min(room, name.length() - ending.length()));
        if (!stem.isEmpty() && Character.isHighSurrogate(stem.charAt(stem.length() - 1))) {
            stem = stem.substring(0, stem.length() - 1);
        }
        while (bytes(stem) > room) {
            stem = stem.substring(0, stem.offsetByCodePoints(stem.length(), -1));
        }
        return stem + ending;
    }

    private static String ending(String name) {
        int dot = name.lastIndexOf('.');
        return dot <= 0 || name.length() - dot > LONGEST_ENDING ? "" : name.substring(dot);
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /// Returns names that are told apart on every system, where capitals make no difference either:
    /// `a.txt`, `A (2).txt`.
    static List<String> apart(List<String> names) {
        Set<String> taken = new HashSet<>();
        List<String> apart = new ArrayList<>();
        for (String name : names) {
            String own = name;
            for (int i = 2; !taken.add(folded(own)); i++) {
                String mark = " (%d)".formatted(i);
                String ending = ending(name);
                String stem =
                        cut(
                                name.substring(0, name.length() - ending.length()),
                                MOST_BYTES - bytes(mark) - bytes(ending));
                own = stem + mark + ending;
            }
            apart.add(own);
        }
        return apart;
    }

    private static String folded(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFKC)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT);
    }

    /// Returns the header that has a browser save what it is sent under a name (RFC 6266).
    static String disposition(String name) {
        StringBuilder plain = new StringBuilder();
        StringBuilder all = new StringBuilder();
        name.codePoints().forEach(c -> plain.append(c < 127 && c != '%' ? (char) c : '_'));
        for (byte each : name.getBytes(StandardCharsets.UTF_8)) {
            boolean word =
                    each > 0 && (Character.isLetterOrDigit(each) || ".-_".indexOf(each) >= 0);
            all.append(word ? String.valueOf((char) each) : "%%%02X".formatted(each & 0xFF));
        }
        return "attachment; filename=\"%s\"; filename*=UTF-8''%s".formatted(plain, all);
    }
}
