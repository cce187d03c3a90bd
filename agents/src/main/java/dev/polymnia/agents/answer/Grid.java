package dev.polymnia.agents.answer;

/// The points that numbers are rounded to before they are compared. Rounding is exact, and a number
/// half-way between two points goes away from zero (2.675 to 2.68, -2.675 to -2.68). A point is
/// rounded to itself.
sealed interface Grid {
    /// Returns the point that a number belongs to.
    Rational rounded(Rational number);

    /// What holds where a question says nothing: two decimals, more where the number would keep
    /// fewer than three significant digits. So 200/3, 66.666 and 66.67 agree, as do 1/3 and 0.333,
    /// and 0.0012 and 0.0013 do not. Integers are points, whatever their size.
    record Usual() implements Grid {
        private static final int DECIMALS = 2;
        private static final int DIGITS = 3;

        @Override
        public Rational rounded(Rational number) {
            if (number.isInteger()) {
                return number;
            }
            int decimals = Math.max(DECIMALS, DIGITS - 1 - number.magnitude());
            return number.rounded(Rational.powerOfTen(-decimals));
        }
    }

    /// No rounding: for questions that ask for a fraction.
    record Exact() implements Grid {
        @Override
        public Rational rounded(Rational number) {
            return number;
        }
    }

    /// The multiples of a step: "to the nearest tenth", "to two decimal places".
    ///
    /// @param size above 0
    record Step(Rational size) implements Grid {
        @Override
        public Rational rounded(Rational number) {
            return number.rounded(size);
        }
    }

    /// So many significant digits, of integers too.
    ///
    /// @param digits from 1 to 12
    record Figures(int digits) implements Grid {
        @Override
        public Rational rounded(Rational number) {
            return number.isZero()
                    ? number
                    : number.rounded(Rational.powerOfTen(number.magnitude() - digits + 1));
        }
    }
}
