package dev.polymnia.agents.code;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class DocstringExamplesTest {
    @Test
    void examples_with_a_result_become_assertions() {
        assertThat(
                        DocstringExamples.asserts(
                                """
                                def f(a, b):
                                    \"""Adds.
                                    >>> f(1, 2)
                                    3
                                    >>> f('a', 'b')
                                    'ab'

                                    More words.
                                    >>> f(1, 1) > 1
                                    True
                                    >>> f(2, 2)
                                    4
                                    \"""
                                """))
                .containsExactly(
                        "assert f(1, 2) == 3",
                        "assert f('a', 'b') == 'ab'",
                        "assert (f(1, 1) > 1) == True",
                        "assert f(2, 2) == 4");
    }

    @Test
    void examples_that_compare_by_themselves_stay_as_they_are() {
        assertThat(
                        DocstringExamples.asserts(
                                """
                                '''
                                >>> f(19) == 'xix'
                                >>> f(152) == 'clii'
                                '''
                                """))
                .containsExactly("assert f(19) == 'xix'", "assert f(152) == 'clii'");
    }

    @Test
    void examples_that_cannot_be_told_for_sure_are_left_out() {
        assertThat(
                        DocstringExamples.asserts(
                                """
                                '''
                                >>> f(0) # as before
                                1
                                >>> f(2)
                                several
                                lines
                                >>> print(f(4))
                                4
                                >>> f(3)
                                '''
                                """))
                .isEmpty();
    }

    /// Tasks say what they show by this, so it must not come to mean more: `examples.py` reads the
    /// other forms for the agents.
    @Test
    void what_doctest_does_not_know_is_none_of_its_examples() {
        assertThat(
                        DocstringExamples.asserts(
                                """
                                '''
                                f(4) == 4
                                f(5) => 5
                                f(6) returns 6
                                '''
                                """))
                .isEmpty();
    }
}
