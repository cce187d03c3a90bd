package dev.polymnia.models.template;

import dev.polymnia.models.template.Expression.Given;
import dev.polymnia.models.template.Expression.Named;
import dev.polymnia.models.template.Expression.Pair;
import dev.polymnia.models.template.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Parses names, literals, and what directly follows them: `.name`, `[key]` and `(arguments)`.
final class PrimaryParser {
    private final TokenStream tokens;
    private final ExpressionParser expressions;
    private final Mentions mentions;

    PrimaryParser(TokenStream tokens, ExpressionParser expressions, Mentions mentions) {
        this.tokens = tokens;
        this.expressions = expressions;
        this.mentions = mentions;
    }

    Expression primary() {
        Token token = tokens.current();
        return switch (token.kind()) {
            case NAME -> name(tokens.next());
            case STRING -> string();
            case INTEGER -> literal(integer(tokens.next()), token.at());
            case FLOAT -> literal(Value.of(Double.parseDouble(tokens.next().text())), token.at());
            case OPERATOR -> bracketed(token);
            case DATA, BLOCK_BEGIN, BLOCK_END, VARIABLE_BEGIN, VARIABLE_END, END ->
                    throw tokens.expected("an expression");
        };
    }

    private static Expression literal(Value value, int at) {
        return new Expression.Literal(value, at);
    }

    private static Value integer(Token token) {
        try {
            return Value.of(Long.parseLong(token.text()));
        } catch (NumberFormatException tooLarge) {
            throw Numbers.tooLarge();
        }
    }

    private Expression name(Token token) {
        return switch (token.text()) {
            case "true", "True" -> literal(Value.of(true), token.at());
            case "false", "False" -> literal(Value.of(false), token.at());
            case "none", "None" -> literal(Value.None.NONE, token.at());
            default -> {
                mentions.add(token.text());
                yield new Expression.Name(token.text(), token.at());
            }
        };
    }

    private Expression string() {
        int at = tokens.at();
        String first = tokens.next().text();
        if (!tokens.isKind(Kind.STRING)) {
            return literal(Value.of(first), at);
        }
        StringBuilder text = new StringBuilder(first);
        while (tokens.isKind(Kind.STRING)) {
            text.append(tokens.next().text());
        }
        return literal(Value.of(text.toString()), at);
    }

    private Expression bracketed(Token token) {
        return switch (token.text()) {
            case "(" -> parenthesized();
            case "[" -> {
                tokens.next();
                yield new Expression.Items(items("]"), token.at());
            }
            case "{" -> dict();
            default -> throw tokens.expected("an expression");
        };
    }

    private Expression parenthesized() {
        int at = tokens.next().at();
        if (tokens.skipOperator(")")) {
            return new Expression.Tuple(List.of(), at);
        }
        Expression inner = expressions.tuple(true, "");
        tokens.expectOperator(")");
        return inner;
    }

    private List<Expression> items(String end) {
        List<Expression> items = new ArrayList<>();
        while (!tokens.skipOperator(end)) {
            items.add(expressions.expression());
            if (!tokens.isOperator(end)) {
                tokens.expectOperator(",");
            }
        }
        return items;
    }

    private Expression dict() {
        int at = tokens.next().at();
        List<Pair> pairs = new ArrayList<>();
        while (!tokens.skipOperator("}")) {
            Expression key = expressions.expression();
            tokens.expectOperator(":");
            pairs.add(new Pair(key, expressions.expression()));
            if (!tokens.isOperator("}")) {
                tokens.expectOperator(",");
            }
        }
        return new Expression.Dict(pairs, at);
    }

    Expression postfix(Expression start) {
        Expression expression = start;
        while (true) {
            int at = tokens.at();
            if (tokens.skipOperator(".")) {
                expression = member(expression, at);
            } else if (tokens.skipOperator("[")) {
                expression = subscript(expression, at);
            } else if (tokens.isOperator("(")) {
                expression = new Expression.Call(expression, given(), at);
            } else {
                return expression;
            }
        }
    }

    private Expression member(Expression owner, int at) {
        Token token = tokens.current();
        if (token.kind() == Kind.INTEGER) {
            return new Expression.Item(owner, literal(integer(tokens.next()), token.at()), at);
        }
        return new Expression.Attribute(owner, tokens.expect(Kind.NAME).text(), at);
    }

    private Expression subscript(Expression owner, int at) {
        @Nullable Expression first = tokens.isOperator(":") ? null : expressions.expression();
        if (tokens.skipOperator(":")) {
            return range(owner, first, at);
        }
        if (first == null) {
            throw tokens.expected("an expression");
        }
        if (tokens.skipOperator("]")) {
            return new Expression.Item(owner, first, at);
        }
        tokens.expectOperator(",");
        List<Expression> keys = new ArrayList<>(List.of(first));
        keys.addAll(items("]"));
        return new Expression.Item(owner, new Expression.Tuple(keys, at), at);
    }

    private Expression range(Expression owner, @Nullable Expression from, int at) {
        @Nullable Expression to = bound();
        @Nullable Expression step = tokens.skipOperator(":") ? bound() : null;
        if (tokens.isOperator(",")) {
            throw Problem.unsupported("a slice with more than one dimension");
        }
        tokens.expectOperator("]");
        return new Expression.Range(owner, from, to, step, at);
    }

    private @Nullable Expression bound() {
        boolean absent = tokens.isOperator(":") || tokens.isOperator("]") || tokens.isOperator(",");
        return absent ? null : expressions.expression();
    }

    Given given() {
        tokens.expectOperator("(");
        List<Expression> positional = new ArrayList<>();
        List<Named> named = new ArrayList<>();
        Expression list = null;
        Expression dict = null;
        while (!tokens.skipOperator(")")) {
            if (tokens.isOperator("*") && list == null && dict == null) {
                tokens.next();
                list = expressions.expression();
            } else if (tokens.isOperator("**") && dict == null) {
                tokens.next();
                dict = expressions.expression();
            } else if (isNamed() && dict == null) {
                named.add(named());
            } else if (named.isEmpty() && list == null && dict == null) {
                positional.add(expressions.expression());
            } else {
                throw Problem.syntax("the arguments of a call are out of order");
            }
            if (!tokens.isOperator(")")) {
                tokens.expectOperator(",");
            }
        }
        return new Given(positional, named, list, dict);
    }

    private boolean isNamed() {
        return tokens.isKind(Kind.NAME) && tokens.look().isOperator("=");
    }

    private Named named() {
        String name = tokens.next().text();
        tokens.next();
        return new Named(name, expressions.expression());
    }
}
