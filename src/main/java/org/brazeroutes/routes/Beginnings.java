package org.brazeroutes.routes;

import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;

/** Where routes begin, in one spelling, so that a call can be compared with them. */
public final class Beginnings {

    private Beginnings() {
    }

    /** The URI without parameters and without slashes behind its scheme: {@code direct:deliver}. */
    public static String place(String uri) {
        String bare = uri.strip();
        bare = bare.contains("?") ? bare.substring(0, bare.indexOf('?')).strip() : bare;
        return bare.contains(":/") ? bare.replaceFirst("^(\\w+):/*", "$1:") : bare;
    }

    /** The URI with its placeholders filled, where that is possible. */
    public static String resolved(String uri, CamelContext context) {
        try {
            return context.resolvePropertyPlaceholders(uri);
        } catch (IllegalArgumentException unknown) {
            // told when Camel gets the route
            return uri;
        }
    }

    /** Those of the routes that run. */
    public static Set<String> running(CamelContext context) {
        return context.getRoutes().stream().filter(route -> context.getRouteController().getRouteStatus(route.getId()).isStarted())
                .map(route -> place(route.getEndpoint().getEndpointUri())).collect(Collectors.toSet());
    }
}
