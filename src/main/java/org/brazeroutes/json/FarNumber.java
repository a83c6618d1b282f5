package org.brazeroutes.json;

/** A number, not zero, whose exponent is beyond those of BigDecimal: as it is written. */
final class FarNumber extends Number {

    private static final long serialVersionUID = 1;

    private final String text;

    FarNumber(String text) {
        this.text = text;
    }

    @Override
    public int intValue() {
        return (int) doubleValue();
    }

    @Override
    public long longValue() {
        return (long) doubleValue();
    }

    @Override
    public float floatValue() {
        return (float) doubleValue();
    }

    /** Zero or infinite. */
    @Override
    public double doubleValue() {
        return Double.parseDouble(text);
    }

    @Override
    public String toString() {
        return text;
    }
}
