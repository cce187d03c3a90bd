package dev.polymnia.app;

import dev.polymnia.core.run.Money;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads amounts of money such as `0.05`, as millionths.
final class Amounts implements ITypeConverter<Long> {
    private static final Pattern FORM = Pattern.compile("\\d{1,9}(\\.\\d{1,6})?");

    @Override
    public Long convert(String value) {
        if (!FORM.matcher(value).matches()) {
            throw new TypeConversionException(
                    "'"
                            + value
                            + "' is not an amount of money; write one like 0.05, with at most six"
                            + " decimals");
        }
        return Money.millionths(value);
    }
}
