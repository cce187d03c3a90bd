package dev.polymnia.server.people;

import com.password4j.Argon2Function;
import com.password4j.Hash;
import com.password4j.types.Argon2;
import dev.polymnia.core.Fault;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;

/// What a person knows and nobody else. Long ones are good ones: nothing is asked of their
/// characters (NIST SP 800-63B, 3.1.1.2), but those that everybody tries first are refused.
///
/// @param text in NFKC, so that every keyboard means the same; never stored or logged
public record Password(String text) {
    private static final int SHORTEST = 12;
    private static final int LONGEST = 128;

    /// Argon2id with 19 MiB and two passes, the least that OWASP asks for. It holds up whoever
    /// tries many, and this machine for about a tenth of a second.
    private static final Argon2Function ARGON2 =
            Argon2Function.getInstance(19_456, 2, 1, 32, Argon2.ID);

    /// What lists of the most used passwords begin with, of those that are long enough.
    private static final Set<String> COMMON =
            Set.of(
                    "123456789012",
                    "1234567890123",
                    "012345678910",
                    "1q2w3e4r5t6y",
                    "1qaz2wsx3edc",
                    "abc123abc123",
                    "abcdefghijkl",
                    "administrator",
                    "asdfghjkl123",
                    "baseball1234",
                    "changemechangeme",
                    "correcthorsebatterystaple",
                    "dragondragon",
                    "football1234",
                    "hallohallo12",
                    "iloveyou1234",
                    "letmein12345",
                    "monkeymonkey",
                    "passwordpassword",
                    "password1234",
                    "password12345",
                    "passwort1234",
                    "passwort12345",
                    "polymnia1234",
                    "polymniapolymnia",
                    "princess1234",
                    "qwerty123456",
                    "qwerty1234567",
                    "qwertyuiop12",
                    "qwertyuiop123",
                    "qwertyuiopasdf",
                    "qwertzuiop12",
                    "qwertzuiop123",
                    "sunshine1234",
                    "superman1234",
                    "trustno1trustno1",
                    "welcome12345",
                    "zxcvbnm12345");

    /// Brings the text into its usual form.
    public Password {
        text = Normalizer.normalize(text, Normalizer.Form.NFKC);
    }

    /// Checks whether it is good enough to be chosen.
    ///
    /// @param name of its person
    /// @throws Fault `INVALID` if it is too short, too long, or easily guessed
    public void requireGood(PersonName name) {
        int length = text.codePointCount(0, text.length());
        if (length < SHORTEST || length > LONGEST) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "A password of %d characters; choose %d to %d."
                            .formatted(length, SHORTEST, LONGEST));
        }
        String small = text.toLowerCase(Locale.ROOT);
        boolean monotonous = text.codePoints().distinct().count() < 4;
        boolean named = name.folded().length() > 3 && small.contains(name.folded());
        if (COMMON.contains(small) || monotonous || named) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "This password is among the first that anybody would try; choose another.");
        }
    }

    /// Returns what is kept of it: Argon2id with a salt of its own, as a PHC string. Slow by
    /// intention.
    public String hash() {
        Hash hash = com.password4j.Password.hash(text).addRandomSalt(16).with(ARGON2);
        return hash.getResult();
    }

    /// Returns whether it is the one of which that was kept. As slow.
    public boolean matches(String hash) {
        return com.password4j.Password.check(text, hash)
                .with(Argon2Function.getInstanceFromHash(hash));
    }

    /// Never shows it.
    @Override
    public String toString() {
        return "Password[…]";
    }
}
