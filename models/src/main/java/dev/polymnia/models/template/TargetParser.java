package dev.polymnia.models.template;

import dev.polymnia.models.template.Statement.Target;
import dev.polymnia.models.template.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Parses what values are assigned to: `name`, `namespace.name`, `a, b`, `(a, (b, c))`.
final class TargetParser {
    private static final Set<String> CONSTANTS =
            Set.of("true", "True", "false", "False", "none", "None");

    private final TokenStream tokens;
    private final ExpressionParser expressions;

    TargetParser(TokenStream tokens, ExpressionParser expressions) {
        this.tokens = tokens;
        this.expressions = expressions;
    }

    Target target(boolean members, String end) {
        tokens.enter();
        List<Target> targets = new ArrayList<>();
        boolean comma = false;
        while (!expressions.isTupleEnd(end) && !tokens.isOperator("=")) {
            targets.add(single(members));
            if (!tokens.skipOperator(",")) {
                break;
            }
            comma = true;
        }
        if (targets.isEmpty()) {
            throw tokens.expected("a name to assign to");
        }
        tokens.leave();
        return comma ? new Target.Unpacked(targets) : targets.getFirst();
    }

    private Target single(boolean members) {
        if (tokens.skipOperator("(")) {
            Target inner = target(members, "");
            tokens.expectOperator(")");
            return inner;
        }
        String name = name();
        if (members && tokens.skipOperator(".")) {
            return new Target.Member(name, tokens.expect(Kind.NAME).text());
        }
        return new Target.Variable(name);
    }

    String name() {
        if (CONSTANTS.contains(tokens.current().text())) {
            throw tokens.expected("a name to assign to");
        }
        return tokens.expect(Kind.NAME).text();
    }
}
