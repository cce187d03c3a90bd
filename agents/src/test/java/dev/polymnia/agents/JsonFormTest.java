package dev.polymnia.agents;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonFormTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":1,\"b\":[true,null]}|{ \"b\" : [ true , null ] , \"a\" : 1.00 }",
                "{\"a\":\"\\u0041\\/\\n\"}|{\"a\":\"A/\\u000a\"}",
                "{\"a\":100}|{\"a\":1E+2}",
                "{\"a\":0}|{\"a\":-0.0e7}",
                "{\"a\":2}|{\"a\":1,\"a\":2}",
                "{}|{\t}",
            })
    void equal_values_have_one_form(String a, String b) {
        assertThat(JsonForm.ofObject(a)).isPresent().isEqualTo(JsonForm.ofObject(b));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":1}|{\"a\":\"1\"}",
                "{\"a\":[1,2]}|{\"a\":[2,1]}",
                "{\"a\":\" x\"}|{\"a\":\"x\"}",
                "{\"a\":1e9999999999}|{\"a\":1e9999999998}",
                "{\"a\":\"b\\\",\\\"c\"}|{\"a\":\"b\",\"c\":\"\"}",
            })
    void other_values_have_other_forms(String a, String b) {
        assertThat(JsonForm.ofObject(a)).isPresent().isNotEqualTo(JsonForm.ofObject(b));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "1",
                "null",
                "{",
                "}",
                "{]",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{,}",
                "{a:1}",
                "{'a':1}",
                "{\"a\":01}",
                "{\"a\":1.}",
                "{\"a\":.5}",
                "{\"a\":+1}",
                "{\"a\":1e}",
                "{\"a\":tru}",
                "{\"a\":NaN}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\\u12g4\"}",
                "{\"a\":\"b\nc\"}",
                "{\"a\":\"",
                "{\"a\":[1 2]}",
                "{} x",
                "{}{}",
                "\u00a0{}",
            })
    void what_is_no_object_has_none(String text) {
        assertThat(JsonForm.ofObject(text)).isEmpty();
    }

    @Test
    void nothing_is_an_object_without_members() {
        assertThat(JsonForm.ofObject(" \n")).contains("{}");
    }

    @Test
    void depth_is_limited() {
        assertThat(JsonForm.ofObject("{\"a\":" + "[".repeat(60) + "]".repeat(60) + "}"))
                .isPresent();
        assertThat(JsonForm.ofObject("{\"a\":" + "[".repeat(100_000))).isEmpty();
    }
}
