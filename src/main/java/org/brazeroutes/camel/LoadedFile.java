package org.brazeroutes.camel;

import java.util.List;
import org.apache.camel.builder.RouteConfigurationBuilder;
import org.apache.camel.model.RouteDefinition;
import org.brazeroutes.stream.Stream;

/** A route file that Camel could read, with the stream it declares in that line, or null for one that declares none. */
record LoadedFile(RouteFile file, RouteConfigurationBuilder builder, Stream stream, int line) {

    List<RouteDefinition> definitions() {
        return builder.getRouteCollection().getRoutes();
    }
}
