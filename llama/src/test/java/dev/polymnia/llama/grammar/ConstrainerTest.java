package dev.polymnia.llama.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.polymnia.core.Fault;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ConstrainerTest {
    private static final TokenTrie PIECES =
            Texts.trie(
                    List.of(
                            Texts.utf8("a"),
                            Texts.utf8("ab"),
                            Texts.utf8("b"),
                            Texts.utf8("c"),
                            new byte[] {(byte) 0xC3},
                            new byte[] {(byte) 0xA9, 'a'},
                            Texts.utf8("ab")));
    private static final int A = 0;
    private static final int AB = 1;
    private static final int B = 2;
    private static final int C = 3;
    private static final int HALF = 4;
    private static final int OTHER_HALF = 5;
    private static final int AB_AGAIN = 6;
    private static final int SPECIAL = 7;
    private static final int END = 8;

    private static Constrainer of(String gbnf) {
        return new Constrainer(Grammar.parse(gbnf), PIECES);
    }

    @Test
    void allows_the_tokens_that_lead_on_and_the_end_where_the_text_may_end() {
        Constrainer constrainer = of("root ::= \"a\" \"b\"?");

        assertThat(BitSet.valueOf(constrainer.allowed()).stream()).containsExactly(A, AB, AB_AGAIN);
        assertThat(constrainer.allows(END)).isFalse();
        constrainer.accept(A);
        assertThat(BitSet.valueOf(constrainer.allowed()).stream()).containsExactly(B, END);
        assertThat(constrainer.complete()).isTrue();
        assertThat(constrainer.exhausted()).isFalse();
        constrainer.accept(B);
        assertThat(BitSet.valueOf(constrainer.allowed()).stream()).containsExactly(END);
        assertThat(constrainer.exhausted()).isTrue();
        constrainer.accept(END);
        assertThat(constrainer.exhausted()).isTrue();
    }

    @Test
    void never_allows_a_token_without_bytes() {
        Constrainer constrainer = of("root ::= .*");

        assertThat(constrainer.allows(SPECIAL)).isFalse();
        assertThat(BitSet.valueOf(constrainer.allowed()).get(SPECIAL)).isFalse();
    }

    @Test
    void follows_tokens_that_end_inside_a_code_point() {
        Constrainer constrainer = of("root ::= \"é\" [a-b]");

        assertThat(BitSet.valueOf(constrainer.allowed()).stream()).containsExactly(HALF);
        constrainer.accept(HALF);
        assertThat(BitSet.valueOf(constrainer.allowed()).stream()).containsExactly(OTHER_HALF);
        constrainer.accept(OTHER_HALF);
        assertThat(constrainer.exhausted()).isTrue();
    }

    @Test
    void refuses_to_go_where_it_does_not_allow() {
        Constrainer constrainer = of("root ::= \"ab\"");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> constrainer.accept(C))
                .withMessage("token 3 is not allowed by the grammar here");
        assertThat(constrainer.allows(AB)).isTrue();
    }

    @Test
    void a_fork_goes_on_alone() {
        Constrainer constrainer = of("root ::= \"a\" [bc]");
        constrainer.accept(A);
        Constrainer fork = constrainer.fork();

        fork.accept(C);

        assertThat(fork.exhausted()).isTrue();
        assertThat(constrainer.exhausted()).isFalse();
        constrainer.accept(B);
        assertThat(constrainer.exhausted()).isTrue();
    }

    @Test
    void a_forced_text_is_followed_or_changes_nothing() {
        Constrainer constrainer = of("root ::= \"ab\" \"c\"");

        assertThat(constrainer.acceptText(Texts.utf8("b"))).isFalse();
        assertThat(constrainer.acceptText(Texts.utf8("abd"))).isFalse();
        assertThat(constrainer.acceptText(new byte[0])).isTrue();
        assertThat(constrainer.acceptText(Texts.utf8("ab"))).isTrue();
        assertThat(BitSet.valueOf(constrainer.allowed()).stream()).containsExactly(C);
    }

    @Test
    void allows_nothing_where_the_vocabulary_cannot_write_what_follows() {
        Constrainer constrainer = of("root ::= \"x\"");

        assertThat(BitSet.valueOf(constrainer.allowed()).isEmpty()).isTrue();
        assertThat(constrainer.complete()).isFalse();
    }

    @Test
    void a_grammar_with_too_many_ways_is_a_fault_and_leaves_the_place() {
        Constrainer constrainer =
                of(
                        "root ::= \"a\" root \"b\" | \"a\" root \"c\" | \"a\" x \"d\"\n"
                                + "x ::= root | \"a\"");

        assertThatExceptionOfType(Fault.class)
                .isThrownBy(() -> {
                    while (constrainer.allows(A)) {
                        constrainer.accept(A);
                    }
                })
                .withMessageStartingWith("The grammar is too ambiguous: ")
                .satisfies(fault -> assertThat(fault.code()).isEqualTo(Fault.Code.INVALID));
        assertThatExceptionOfType(Fault.class).isThrownBy(() -> constrainer.allows(A));
        assertThat(constrainer.complete()).isFalse();
    }

    @Test
    void repetitions_of_what_may_be_empty_are_refused_while_running_or_work() {
        Constrainer constrainer = of("root ::= ((\"a\" \"b\"?){0,1000}){0,1000}");

        assertThatExceptionOfType(Fault.class)
                .isThrownBy(() -> {
                    while (constrainer.allows(A)) {
                        constrainer.accept(A);
                    }
                })
                .withMessageStartingWith("The grammar is too ambiguous: ");
    }

    @Test
    void recursion_at_the_end_of_a_rule_does_not_make_it_slower() {
        Constrainer constrainer = of("root ::= \"a\" root | \"b\"");

        for (int i = 0; i < 200_000; i++) {
            constrainer.accept(A);
        }

        assertThat(constrainer.allows(B)).isTrue();
    }

    @Test
    void equal_states_are_identical() {
        Automaton automaton = new Automaton(Grammar.parse("root ::= [ab]* \"c\"").network());
        State first = automaton.first();

        State after = automaton.step(automaton.step(first, (byte) 'a'), (byte) 'b');

        assertThat(after).isSameAs(first);
    }

    @Test
    void goes_on_after_its_states_have_been_forgotten() {
        // Each opening bracket is a deeper state; so many that all are forgotten on the way.
        Constrainer constrainer = of("root ::= \"a\" root \"b\" | \"c\"");
        Constrainer early = constrainer.fork();
        early.accept(A);
        int depth = 3 * Limits.STATES;
        for (int i = 0; i < depth; i++) {
            constrainer.accept(A);
        }
        constrainer.accept(C);
        for (int i = 0; i < depth; i++) {
            constrainer.accept(B);
        }

        assertThat(constrainer.exhausted()).isTrue();
        early.accept(C);
        assertThat(BitSet.valueOf(early.allowed()).stream()).containsExactly(B);
        early.accept(B);
        assertThat(early.exhausted()).isTrue();
    }
}
