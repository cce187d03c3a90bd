package dev.polymnia.models.template;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Python's operators on values.
final class Arithmetic {
    private final Budget budget;

    /// The operators with two operands that always evaluate both.
    enum Operator {
        ADD("+"),
        SUBTRACT("-"),
        MULTIPLY("*"),
        DIVIDE("/"),
        FLOOR_DIVIDE("//"),
        REMAINDER("%"),
        POWER("**");

        private final String sign;

        Operator(String sign) {
            this.sign = sign;
        }
    }

    Arithmetic(Budget budget) {
        this.budget = budget;
    }

    Value apply(Operator operator, Value left, Value right) {
        if (operator == Operator.REMAINDER && left instanceof Value.Text format) {
            if (format.safe()) {
                throw Problem.unsupported("'%' after a text that 'safe' has marked");
            }
            return Value.of(PercentFormat.format(format.value(), right, budget));
        }
        if (left instanceof Value.Undefined undefined) {
            throw undefined.problem();
        }
        if (right instanceof Value.Undefined undefined) {
            throw undefined.problem();
        }
        if (Numbers.isNumber(left) && Numbers.isNumber(right)) {
            return Numbers.isInteger(left) && Numbers.isInteger(right)
                    ? integers(operator, Numbers.integer(left), Numbers.integer(right))
                    : Value.of(reals(operator, Numbers.real(left), Numbers.real(right)));
        }
        if (operator == Operator.ADD) {
            return concatenate(left, right);
        }
        if (operator == Operator.MULTIPLY && Numbers.isInteger(right)) {
            return repeat(left, Numbers.integer(right), right);
        }
        if (operator == Operator.MULTIPLY && Numbers.isInteger(left)) {
            return repeat(right, Numbers.integer(left), left);
        }
        throw mismatch(operator, left, right);
    }

    Value negate(Value value) {
        return switch (value) {
            case Value.Real real -> Value.of(-real.value());
            case Value.Int _, Value.Bool _ ->
                    integers(Operator.SUBTRACT, 0, Numbers.integer(value));
            case Value.Undefined undefined -> throw undefined.problem();
            default -> throw Problem.failed("bad operand type for unary -: '" + value.type() + "'");
        };
    }

    Value plus(Value value) {
        return switch (value) {
            case Value.Real real -> real;
            case Value.Int _, Value.Bool _ -> Value.of(Numbers.integer(value));
            case Value.Undefined undefined -> throw undefined.problem();
            default -> throw Problem.failed("bad operand type for unary +: '" + value.type() + "'");
        };
    }

    private Value concatenate(Value left, Value right) {
        if (left instanceof Value.Text text) {
            if (right instanceof Value.Text other) {
                return concatenate(text, other);
            }
        } else if (left instanceof Value.Items list) {
            if (right instanceof Value.Items other) {
                return Value.of(joined(list.values(), other.values()));
            }
        } else if (left instanceof Value.Tuple tuple) {
            if (right instanceof Value.Tuple other) {
                return new Value.Tuple(joined(tuple.values(), other.values()));
            }
        } else {
            throw mismatch(Operator.ADD, left, right);
        }
        throw Problem.failed(
                "can only concatenate %s (not \"%s\") to %1$s"
                        .formatted(left.type(), right.type()));
    }

    private Value concatenate(Value.Text left, Value.Text right) {
        boolean safe = left.safe() || right.safe();
        String first = safe ? Markup.escaped(left, budget).value() : left.value();
        String second = safe ? Markup.escaped(right, budget).value() : right.value();
        budget.text((long) first.length() + second.length());
        return new Value.Text(first.concat(second), safe);
    }

    private List<Value> joined(List<Value> left, List<Value> right) {
        budget.spend((long) left.size() + right.size());
        List<Value> joined = new ArrayList<>(left.size() + right.size());
        joined.addAll(left);
        joined.addAll(right);
        return joined;
    }

    private Value repeat(Value value, long times, Value count) {
        long copies = Math.max(0, times);
        return switch (value) {
            case Value.Text text -> {
                budget.text(product(copies, text.value().length()));
                int repeats = text.value().isEmpty() ? 0 : (int) copies;
                yield new Value.Text(text.value().repeat(repeats), text.safe());
            }
            case Value.Items list -> Value.of(repeated(list.values(), copies));
            case Value.Tuple tuple -> new Value.Tuple(repeated(tuple.values(), copies));
            default -> throw mismatch(Operator.MULTIPLY, value, count);
        };
    }

    private List<Value> repeated(List<Value> values, long copies) {
        budget.spend(product(copies, values.size()));
        List<Value> repeated = new ArrayList<>();
        Collections.nCopies(values.isEmpty() ? 0 : (int) copies, values).forEach(repeated::addAll);
        return repeated;
    }

    /// Multiplies without overflow; more than the largest budget is all the same.
    private static long product(long copies, int size) {
        return Math.min(copies, Long.MAX_VALUE >> 32) * size;
    }

    private static Problem mismatch(Operator operator, Value left, Value right) {
        return Problem.failed(
                "unsupported operand type(s) for %s: '%s' and '%s'"
                        .formatted(operator.sign, left.type(), right.type()));
    }

    private static Value integers(Operator operator, long left, long right) {
        try {
            return switch (operator) {
                case ADD -> Value.of(Math.addExact(left, right));
                case SUBTRACT -> Value.of(Math.subtractExact(left, right));
                case MULTIPLY -> Value.of(Math.multiplyExact(left, right));
                case DIVIDE -> Value.of(reals(operator, (double) left, (double) right));
                case FLOOR_DIVIDE -> Value.of(Math.floorDivExact(left, nonzero(right)));
                case REMAINDER -> Value.of(Math.floorMod(left, nonzero(right)));
                case POWER -> power(left, right);
            };
        } catch (ArithmeticException overflow) {
            throw Numbers.tooLarge();
        }
    }

    private static Value power(long base, long exponent) {
        if (exponent < 0) {
            return Value.of(reals(Operator.POWER, (double) base, (double) exponent));
        }
        if (base == 0 || base == 1) {
            return Value.of(exponent == 0 ? 1 : base);
        }
        if (base == -1) {
            return Value.of(exponent % 2 == 0 ? 1L : -1L);
        }
        if (exponent > 63) {
            throw Numbers.tooLarge();
        }
        return Value.of(Numbers.exact(BigInteger.valueOf(base).pow((int) exponent)));
    }

    private static long nonzero(long divisor) {
        if (divisor == 0) {
            throw Problem.failed("division by zero");
        }
        return divisor;
    }

    private static double reals(Operator operator, double left, double right) {
        boolean divides =
                operator == Operator.DIVIDE
                        || operator == Operator.FLOOR_DIVIDE
                        || operator == Operator.REMAINDER;
        if (divides && right == 0) {
            throw Problem.failed("division by zero");
        }
        return switch (operator) {
            case ADD -> left + right;
            case SUBTRACT -> left - right;
            case MULTIPLY -> left * right;
            case DIVIDE -> left / right;
            case FLOOR_DIVIDE -> Math.floor((left - remainder(left, right)) / right + 0.5);
            case REMAINDER -> remainder(left, right);
            case POWER -> realPower(left, right);
        };
    }

    private static double remainder(double left, double right) {
        double remainder = left % right;
        return remainder != 0 && (remainder < 0) != (right < 0) ? remainder + right : remainder;
    }

    private static double realPower(double base, double exponent) {
        double power = Math.pow(base, exponent);
        if (Double.isNaN(power) && !Double.isNaN(base) && !Double.isNaN(exponent)) {
            throw Problem.unsupported("complex numbers");
        }
        boolean infinite = Double.isInfinite(power) && Double.isFinite(base);
        if (infinite || (base == 0 && exponent < 0)) {
            throw Problem.failed("a power is out of range");
        }
        return power;
    }
}
