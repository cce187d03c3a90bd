package dev.polymnia.agents.answer;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// A unit of measurement or money whose name carries meaning: 5 km are not 5 m. What is not in this
/// table, muffins for example, is something that is counted, and its name says nothing about the
/// number.
enum Unit {
    DOLLAR("$", Dimension.MONEY, "dollar", "buck", "usd", "us$"),
    EURO("€", Dimension.MONEY, "euro", "eur"),
    STERLING("£", Dimension.MONEY, "gbp", "quid"),
    YEN("¥", Dimension.MONEY, "yen", "jpy"),
    RUPEE("₹", Dimension.MONEY, "rupee", "inr"),
    CENT("cent", Dimension.COINS, "¢", "pence", "penny", "pennie"),
    PERCENT("%", Dimension.SHARE, "percent", "pct", "percentage"),
    MILLIMETRE("mm", Dimension.LENGTH, "millimeter", "millimetre"),
    CENTIMETRE("cm", Dimension.LENGTH, "centimeter", "centimetre"),
    METRE("m", Dimension.LENGTH, "meter", "metre"),
    KILOMETRE("km", Dimension.LENGTH, "kilometer", "kilometre"),
    INCH("inch", Dimension.LENGTH, "in", "inche"),
    FOOT("ft", Dimension.LENGTH, "feet", "foot"),
    YARD("yard", Dimension.LENGTH, "yd"),
    MILE("mile", Dimension.LENGTH, "mi"),
    MILLIGRAM("mg", Dimension.MASS, "milligram"),
    GRAM("g", Dimension.MASS, "gram", "gm"),
    KILOGRAM("kg", Dimension.MASS, "kilogram", "kilo"),
    TON("ton", Dimension.MASS, "tonne"),
    OUNCE("oz", Dimension.MASS, "ounce"),
    POUND("lb", Dimension.MASS, "pound"),
    MILLILITRE("ml", Dimension.VOLUME, "milliliter", "millilitre"),
    LITRE("l", Dimension.VOLUME, "liter", "litre"),
    GALLON("gallon", Dimension.VOLUME, "gal"),
    QUART("quart", Dimension.VOLUME, "qt"),
    PINT("pint", Dimension.VOLUME, "pt"),
    CUP("cup", Dimension.VOLUME),
    TABLESPOON("tablespoon", Dimension.VOLUME, "tbsp"),
    TEASPOON("teaspoon", Dimension.VOLUME, "tsp"),
    MILLISECOND("ms", Dimension.TIME, "millisecond"),
    SECOND("s", Dimension.TIME, "second", "sec"),
    MINUTE("minute", Dimension.TIME, "min"),
    HOUR("hour", Dimension.TIME, "h", "hr"),
    DAY("day", Dimension.TIME),
    WEEK("week", Dimension.TIME, "wk"),
    MONTH("month", Dimension.TIME),
    YEAR("year", Dimension.TIME, "yr"),
    DECADE("decade", Dimension.TIME),
    CENTURY("century", Dimension.TIME, "centurie"),
    CELSIUS("°c", Dimension.TEMPERATURE, "celsius", "c"),
    FAHRENHEIT("°f", Dimension.TEMPERATURE, "fahrenheit", "f"),
    KELVIN("kelvin", Dimension.TEMPERATURE),
    DEGREE("°", Dimension.ANGLE, "degree", "deg"),
    RADIAN("radian", Dimension.ANGLE, "rad"),
    KILOBYTE("kb", Dimension.DATA, "kilobyte"),
    MEGABYTE("mb", Dimension.DATA, "megabyte"),
    GIGABYTE("gb", Dimension.DATA, "gigabyte"),
    BYTE("byte", Dimension.DATA),
    BIT("bit", Dimension.DATA),
    WATT("watt", Dimension.POWER),
    KILOWATT("kw", Dimension.POWER, "kilowatt"),
    VOLT("volt", Dimension.OTHER),
    NEWTON("newton", Dimension.OTHER),
    JOULE("joule", Dimension.OTHER),
    CALORIE("calorie", Dimension.OTHER, "cal"),
    KILOCALORIE("kcal", Dimension.OTHER, "kilocalorie"),
    HERTZ("hz", Dimension.OTHER, "hertz"),
    ACRE("acre", Dimension.AREA),
    HECTARE("hectare", Dimension.AREA, "ha");

    private static final Map<String, Unit> BY_NAME = byName();

    private final String symbol;
    private final Dimension dimension;
    private final String names;

    Unit(String symbol, Dimension dimension, String... names) {
        this.symbol = symbol;
        this.dimension = dimension;
        this.names = String.join(" ", names);
    }

    /// What a unit measures.
    enum Dimension {
        MONEY,
        COINS,
        SHARE,
        LENGTH,
        AREA,
        MASS,
        VOLUME,
        TIME,
        TEMPERATURE,
        ANGLE,
        DATA,
        POWER,
        OTHER
    }

    /// Finds the unit that a word names, in singular or plural.
    ///
    /// @param word in small letters
    static Optional<Unit> named(String word) {
        Unit exact = BY_NAME.get(word);
        if (exact != null) {
            return Optional.of(exact);
        }
        return word.length() > 3 && word.endsWith("s")
                ? Optional.ofNullable(BY_NAME.get(word.substring(0, word.length() - 1)))
                : Optional.empty();
    }

    /// Returns the canonical name.
    String symbol() {
        return symbol;
    }

    Dimension dimension() {
        return dimension;
    }

    /// Returns whether a word may also be something else (`in`, `c`, `m`), so that it names a unit
    /// only right after a number.
    static boolean isAmbiguous(String word) {
        return word.length() == 1 || word.equals("in") || word.equals("pt") || word.equals("ha");
    }

    private static Map<String, Unit> byName() {
        Map<String, Unit> map = new HashMap<>();
        for (Unit unit : values()) {
            map.put(unit.symbol, unit);
            for (String name : unit.names.split(" ", -1)) {
                if (!name.isEmpty()) {
                    map.put(name, unit);
                }
            }
        }
        map.put("hrs", HOUR);
        map.put("min", MINUTE);
        map.put("lbs", POUND);
        map.put("yrs", YEAR);
        return Map.copyOf(map);
    }
}
