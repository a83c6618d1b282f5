package org.brazeroutes.routes;

import java.util.List;
import org.apache.camel.builder.RouteConfigurationBuilder;
import org.apache.camel.model.RouteDefinition;
import org.brazeroutes.stream.Stream;

/** A route file that Camel could read, with the stream it declares in that line, or null for one that declares none. */
public record LoadedFile(RouteFile file, RouteConfigurationBuilder builder, Stream stream, int line) {

    /** Its routes, as Camel has read them. */
    public List<RouteDefinition> definitions() {
        return builder.getRouteCollection().getRoutes();
    }

    /** One line that says what Camel does not like about it: file, line, what to do. */
    public String error(Exception failure) {
        return RouteErrors.line(file, failure);
    }

    /** One line that says what is wrong in the first line with that text, not before the given one. */
    public String error(String text, int from, String what) {
        return error(new DeclarationException(file.lineOf(text, from), what));
    }
}
