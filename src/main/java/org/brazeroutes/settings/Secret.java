package org.brazeroutes.settings;

/** A text that must never be printed: {@code toString} is {@code ***}, only {@link #reveal()} gives it away. */
public final class Secret {

    private final String text;

    public Secret(String text) {
        this.text = text;
    }

    /** The text itself, for the call that needs it and nothing else. */
    public String reveal() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && secret.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return "***";
    }
}
