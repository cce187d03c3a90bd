package dev.polymnia.eval.ifeval;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.Fault;
import dev.polymnia.eval.Target;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/// Checks instructions. Thread-safe.
///
/// The meaning of each kind is that of the authors' program (google-research,
/// `instruction_following_eval`), with its oddities, so that numbers can be compared.
public final class Instructions {
    private static final Map<String, Kind> KINDS = kinds(new Languages());

    private Instructions() {}

    /// Returns the ids of all kinds that can be checked.
    public static Set<String> ids() {
        return KINDS.keySet();
    }

    /// Checks whether a response follows its instructions. A blank response follows none.
    ///
    /// @param target the instructions
    /// @param response the answer in full, without the model's reasoning
    /// @return one strict and one loose verdict for each instruction
    /// @throws Fault with `INVALID` if the id of an instruction is unknown, or an argument is
    ///   missing or ill-typed, whatever the response
    /// @throws Fault with `UNAVAILABLE` or `CORRUPT` if a language has to be told and the profiles
    ///   of the languages cannot be read
    public static Verdict check(Target.Instructions target, String response) {
        requireNonNull(response, "response is null");
        List<Predicate<String>> checks =
                target.instructions().stream().map(Instructions::bind).toList();
        List<String> variants = Variants.of(response);
        List<Boolean> strict = new ArrayList<>();
        List<Boolean> loose = new ArrayList<>();
        for (Predicate<String> check : checks) {
            boolean asItIs = follows(check, response);
            strict.add(asItIs);
            loose.add(asItIs || variants.stream().skip(1).anyMatch(v -> follows(check, v)));
        }
        return new Verdict(strict, loose);
    }

    private static boolean follows(Predicate<String> check, String response) {
        return !PythonText.isBlank(response) && check.test(response);
    }

    private static Predicate<String> bind(Target.Instruction instruction) {
        Kind kind = KINDS.get(instruction.id());
        if (kind == null) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "The instruction '"
                            + instruction.id()
                            + "' is not known; known are "
                            + String.join(", ", KINDS.keySet())
                            + ".");
        }
        return kind.bind(new Arguments(instruction));
    }

    private static Map<String, Kind> kinds(LanguageDetector languages) {
        Map<String, Kind> kinds = new LinkedHashMap<>();
        kinds.put("keywords:existence", Keywords::existence);
        kinds.put("keywords:frequency", Keywords::frequency);
        kinds.put("keywords:forbidden_words", Keywords::forbiddenWords);
        kinds.put("keywords:letter_frequency", Keywords::letterFrequency);
        kinds.put(
                "language:response_language",
                arguments -> ResponseLanguage.bind(arguments, languages));
        kinds.put("length_constraints:number_sentences", Length::sentences);
        kinds.put("length_constraints:number_paragraphs", Length::paragraphs);
        kinds.put("length_constraints:number_words", Length::words);
        kinds.put("length_constraints:nth_paragraph_first_word", Length::firstWord);
        kinds.put("detectable_content:number_placeholders", Content::placeholders);
        kinds.put("detectable_content:postscript", Content::postscript);
        kinds.put("detectable_format:number_bullet_lists", Format::bullets);
        kinds.put("detectable_format:constrained_response", _ -> Format::isConstrained);
        kinds.put("detectable_format:number_highlighted_sections", Format::highlights);
        kinds.put("detectable_format:multiple_sections", Format::sections);
        kinds.put("detectable_format:json_format", _ -> Format::isJson);
        kinds.put("detectable_format:title", _ -> Format::hasTitle);
        kinds.put("combination:two_responses", _ -> Combination::isTwoResponses);
        kinds.put("combination:repeat_prompt", Combination::repeatPrompt);
        kinds.put("startend:end_checker", StartEnd::end);
        kinds.put("startend:quotation", _ -> StartEnd::isQuotation);
        kinds.put("change_case:capital_word_frequency", Cases::capitalWords);
        kinds.put("change_case:english_capital", _ -> Cases.capital(languages));
        kinds.put("change_case:english_lowercase", _ -> Cases.lowercase(languages));
        kinds.put("punctuation:no_comma", _ -> Punctuation::hasNoComma);
        return Collections.unmodifiableMap(kinds);
    }
}
