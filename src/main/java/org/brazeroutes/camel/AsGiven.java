package org.brazeroutes.camel;

import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.component.properties.PropertiesComponent;

/**
 * Leaves texts as they are. Camel looks for placeholders in an endpoint's URI, and then in each of its parameters, so that
 * nothing in the URI itself could keep a <code>{{</code> of a password from it.
 */
final class AsGiven extends PropertiesComponent {

    private AsGiven() {
    }

    /** What the work makes, without placeholders; for the start, while no routes are made. */
    static <T> T whileDoing(CamelContext context, Supplier<T> work) {
        var usual = context.getPropertiesComponent();
        context.setPropertiesComponent(new AsGiven());
        try {
            return work.get();
        } finally {
            context.setPropertiesComponent(usual);
        }
    }

    @Override
    public String parseUri(String text) {
        return text;
    }

    @Override
    public String parseUri(String text, boolean keepUnresolvedOptional) {
        return text;
    }
}
