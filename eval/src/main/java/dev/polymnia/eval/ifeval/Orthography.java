package dev.polymnia.eval.ifeval;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What [Sentences] knows of English words.
final class Orthography {
    /// Abbreviations, without their last full stop. Those that Punkt has learned and that are in
    /// general use; not learned, and so not here, are "e.g.", "i.e.", "etc.", "al.", "no.", "fig.".
    private static final Set<String> ABBREVIATIONS =
            words(
                    """
                    a.d a.m adm ala ariz aug ave bros c calif co col colo conn corp cos ct d d.c dec
                    dr e f feb fla fri ft g ga gen h ill inc j.p jan jr k kan ky l l.a lt ltd m m.b.a
                    maj messrs mg mich minn mr mrs ms n n.c n.d n.h n.j n.m n.y nev nov oct ok okla
                    ore p p.m pa ph.d prof r r.i rep reps s s.c sen sep sept sr st sw t tenn tues u.k
                    u.n u.s u.s.a u.s.s.r v va vs vt w w.va wash wed wis yr\
                    """);

    /// Words that are common in small letters, so that a capital letter means a new sentence.
    private static final Set<String> COMMON =
            words(
                    """
                    a about above according across after again against all almost along already also
                    although always among an and another any anyone anything are around as at away
                    back be because been before behind being below best better between big both but
                    by call can check clearly come consider could did do does doing don't down
                    during each early either else enough even eventually ever every everyone
                    everything finally find first following for from further generally get give go
                    good great had has have having he hence her here hers him his how however i if
                    imagine in indeed instead into is it it's its just keep know large last later
                    least less let let's like little long look made make many may maybe me meanwhile
                    might moreover more most much must my near need neither never nevertheless new
                    next no nobody none nor not nothing now of off often on once one only or other
                    others our out over overall own people perhaps please put rather really remember
                    right same say second see several shall she should similarly since so some
                    someone something sometimes soon still such take tell than thank thanks that
                    that's the their them then there there's therefore these they they're thing
                    things think third this those though three through throughout thus time to today
                    together too toward try two under unfortunately unless until up upon us use
                    usually very was we we're well were what when whenever where whereas whether
                    which while who whoever whole whom whose why will with within without work would
                    yes yesterday yet you you're your yours\
                    """);

    private Orthography() {}

    /// Returns whether a word, or what follows its last hyphen, is an abbreviation.
    ///
    /// @param word in small letters, without its last full stop
    static boolean isAbbreviation(String word) {
        return ABBREVIATIONS.contains(word)
                || ABBREVIATIONS.contains(word.substring(word.lastIndexOf('-') + 1));
    }

    /// Returns whether a word is common.
    ///
    /// @param word in small letters
    static boolean isCommon(String word) {
        return COMMON.contains(word);
    }

    private static Set<String> words(String text) {
        return Stream.of(text.split("\\s+", -1)).collect(Collectors.toUnmodifiableSet());
    }
}
