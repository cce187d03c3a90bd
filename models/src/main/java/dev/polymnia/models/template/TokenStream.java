package dev.polymnia.models.template;

import dev.polymnia.models.template.Token.Kind;
import java.util.List;

/// The tokens of a template, one after the other, and how deeply the parser is inside of them.
final class TokenStream {
    private final List<Token> tokens;
    private final int deepest;
    private int position;
    private int depth;

    TokenStream(List<Token> tokens, int deepest) {
        this.tokens = tokens;
        this.deepest = deepest;
    }

    Token current() {
        return tokens.get(position);
    }

    Token look() {
        return tokens.get(Math.min(position + 1, tokens.size() - 1));
    }

    int at() {
        return current().at();
    }

    Token next() {
        Token token = current();
        if (token.kind() != Kind.END) {
            position++;
        }
        return token;
    }

    boolean isKind(Kind kind) {
        return current().kind() == kind;
    }

    boolean isName(String name) {
        return current().isName(name);
    }

    boolean isOperator(String operator) {
        return current().isOperator(operator);
    }

    boolean skipName(String name) {
        return isName(name) && next() != null;
    }

    boolean skipOperator(String operator) {
        return isOperator(operator) && next() != null;
    }

    Token expect(Kind kind) {
        if (!isKind(kind)) {
            throw expected(kind.title());
        }
        return next();
    }

    void expectName(String name) {
        if (!skipName(name)) {
            throw expected("'" + name + "'");
        }
    }

    void expectOperator(String operator) {
        if (!skipOperator(operator)) {
            throw expected("'" + operator + "'");
        }
    }

    Problem expected(String what) {
        return Problem.syntax("expected " + what + ", found " + current().describe());
    }

    /// Counts one level of nesting; the parser recurses, so it must end somewhere.
    void enter() {
        if (++depth > deepest) {
            throw Problem.limit("it nests deeper than " + deepest + " levels");
        }
    }

    void leave() {
        depth--;
    }
}
