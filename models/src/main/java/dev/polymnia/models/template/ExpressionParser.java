package dev.polymnia.models.template;

import dev.polymnia.models.template.Expression.Applied;
import dev.polymnia.models.template.Expression.Comparand;
import dev.polymnia.models.template.Expression.Given;
import dev.polymnia.models.template.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Parses expressions with Jinja's precedences, from `if` down to unary minus.
final class ExpressionParser {
    private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");
    private static final Map<String, Arithmetic.Operator> PRODUCTS =
            Map.of(
                    "*", Arithmetic.Operator.MULTIPLY,
                    "/", Arithmetic.Operator.DIVIDE,
                    "//", Arithmetic.Operator.FLOOR_DIVIDE,
                    "%", Arithmetic.Operator.REMAINDER);

    private final TokenStream tokens;
    private final PrimaryParser primaries;

    ExpressionParser(TokenStream tokens, Mentions mentions) {
        this.tokens = tokens;
        this.primaries = new PrimaryParser(tokens, this, mentions);
    }

    PrimaryParser primaries() {
        return primaries;
    }

    Expression expression() {
        tokens.enter();
        int at = tokens.at();
        Expression expression = or();
        while (tokens.skipName("if")) {
            Expression test = or();
            Expression otherwise = tokens.skipName("else") ? expression() : null;
            expression = new Expression.Conditional(test, expression, otherwise, at);
        }
        tokens.leave();
        return expression;
    }

    /// Parses what may be a tuple without parentheses: `a, b`.
    Expression tuple(boolean conditional, String end) {
        int at = tokens.at();
        List<Expression> items = new ArrayList<>();
        boolean comma = false;
        while (!isTupleEnd(end)) {
            items.add(conditional ? expression() : or());
            if (!tokens.skipOperator(",")) {
                break;
            }
            comma = true;
        }
        if (items.isEmpty()) {
            throw tokens.expected("an expression");
        }
        return comma ? new Expression.Tuple(items, at) : items.getFirst();
    }

    boolean isTupleEnd(String end) {
        return tokens.isKind(Kind.VARIABLE_END)
                || tokens.isKind(Kind.BLOCK_END)
                || tokens.isOperator(")")
                || (!end.isEmpty() && tokens.isName(end));
    }

    /// Parses an expression without an inline `if`.
    Expression or() {
        int at = tokens.at();
        Expression left = and();
        while (tokens.skipName("or")) {
            left = new Expression.Or(left, and(), at);
        }
        return left;
    }

    private Expression and() {
        int at = tokens.at();
        Expression left = not();
        while (tokens.skipName("and")) {
            left = new Expression.And(left, not(), at);
        }
        return left;
    }

    private Expression not() {
        int at = tokens.at();
        if (!tokens.skipName("not")) {
            return comparison();
        }
        tokens.enter();
        Expression operand = not();
        tokens.leave();
        return new Expression.Not(operand, at);
    }

    private Expression comparison() {
        int at = tokens.at();
        Expression first = sum();
        List<Comparand> rest = new ArrayList<>();
        while (true) {
            Token token = tokens.current();
            if (token.kind() == Kind.OPERATOR && COMPARISONS.contains(token.text())) {
                tokens.next();
                rest.add(new Comparand(token.text(), sum()));
            } else if (tokens.skipName("in")) {
                rest.add(new Comparand("in", sum()));
            } else if (token.isName("not") && tokens.look().isName("in")) {
                tokens.next();
                tokens.next();
                rest.add(new Comparand("not in", sum()));
            } else {
                return rest.isEmpty() ? first : new Expression.Compare(first, rest, at);
            }
        }
    }

    private Expression sum() {
        int at = tokens.at();
        Expression left = concatenation();
        while (tokens.isOperator("+") || tokens.isOperator("-")) {
            Arithmetic.Operator operator =
                    tokens.next().isOperator("+")
                            ? Arithmetic.Operator.ADD
                            : Arithmetic.Operator.SUBTRACT;
            left = new Expression.Binary(operator, left, concatenation(), at);
        }
        return left;
    }

    private Expression concatenation() {
        int at = tokens.at();
        Expression first = product();
        if (!tokens.isOperator("~")) {
            return first;
        }
        List<Expression> parts = new ArrayList<>(List.of(first));
        while (tokens.skipOperator("~")) {
            parts.add(product());
        }
        return new Expression.Concatenation(parts, at);
    }

    private Expression product() {
        int at = tokens.at();
        Expression left = power();
        while (tokens.isKind(Kind.OPERATOR) && PRODUCTS.containsKey(tokens.current().text())) {
            Arithmetic.Operator operator =
                    PRODUCTS.getOrDefault(tokens.next().text(), Arithmetic.Operator.MULTIPLY);
            left = new Expression.Binary(operator, left, power(), at);
        }
        return left;
    }

    private Expression power() {
        int at = tokens.at();
        Expression left = unary(true);
        while (tokens.skipOperator("**")) {
            left = new Expression.Binary(Arithmetic.Operator.POWER, left, unary(true), at);
        }
        return left;
    }

    private Expression unary(boolean filtered) {
        int at = tokens.at();
        Expression expression;
        if (tokens.isOperator("-") || tokens.isOperator("+")) {
            boolean negative = tokens.next().isOperator("-");
            tokens.enter();
            Expression operand = unary(false);
            tokens.leave();
            expression =
                    negative
                            ? new Expression.Negative(operand, at)
                            : new Expression.Positive(operand, at);
        } else {
            expression = primaries.primary();
        }
        Expression complete = primaries.postfix(expression);
        return filtered ? filtersAndTests(complete) : complete;
    }

    private Expression filtersAndTests(Expression input) {
        Expression expression = input;
        while (true) {
            if (tokens.isOperator("|")) {
                Applied filter = filter();
                expression = new Expression.Filter(expression, filter, filter.at());
            } else if (tokens.isName("is")) {
                expression = test(expression);
            } else if (tokens.isOperator("(")) {
                int at = tokens.at();
                expression = new Expression.Call(expression, primaries.given(), at);
            } else {
                return expression;
            }
        }
    }

    /// Parses `|name(…)`; the bar is optional, as a filter block has none before its first filter.
    Applied filter() {
        tokens.skipOperator("|");
        int at = tokens.at();
        String name = dotted();
        Given given = tokens.isOperator("(") ? primaries.given() : Given.NOTHING;
        return new Applied(name, given, at);
    }

    private String dotted() {
        StringBuilder name = new StringBuilder(tokens.expect(Kind.NAME).text());
        while (tokens.skipOperator(".")) {
            name.append('.').append(tokens.expect(Kind.NAME).text());
        }
        return name.toString();
    }

    private Expression test(Expression input) {
        int at = tokens.next().at();
        boolean negated = tokens.skipName("not");
        String name = dotted();
        Applied test = new Applied(name, testArguments(), at);
        Expression result = new Expression.Test(input, test, at);
        return negated ? new Expression.Not(result, at) : result;
    }

    /// A test takes one argument without parentheses: `x is divisibleby 3`.
    private Given testArguments() {
        if (tokens.isOperator("(")) {
            return primaries.given();
        }
        Token token = tokens.current();
        boolean argument =
                switch (token.kind()) {
                    case STRING, INTEGER, FLOAT -> true;
                    case NAME -> !Set.of("else", "or", "and").contains(token.text());
                    case OPERATOR -> token.text().equals("[") || token.text().equals("{");
                    case DATA, BLOCK_BEGIN, BLOCK_END, VARIABLE_BEGIN, VARIABLE_END, END -> false;
                };
        if (!argument) {
            return Given.NOTHING;
        }
        if (token.isName("is")) {
            throw Problem.syntax("tests with 'is' cannot be chained");
        }
        tokens.enter();
        Expression value = primaries.postfix(primaries.primary());
        tokens.leave();
        return new Given(List.of(value), List.of(), null, null);
    }
}
