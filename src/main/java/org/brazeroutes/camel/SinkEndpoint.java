package org.brazeroutes.camel;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.WaitForTaskToComplete;
import org.apache.camel.component.direct.DirectEndpoint;
import org.apache.camel.component.http.HttpEndpoint;
import org.apache.camel.component.seda.SedaEndpoint;
import org.apache.camel.http.common.HttpMethods;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.support.NormalizedUri;
import org.brazeroutes.pass.StartException;
import org.brazeroutes.routes.Beginnings;

/** The endpoint that is the sink, and what must be there for it before a record is sent. */
final class SinkEndpoint {

    private static final Set<HttpMethods> WITH_BODY = EnumSet.of(HttpMethods.POST, HttpMethods.PUT, HttpMethods.PATCH);

    private SinkEndpoint() {
    }

    /** The endpoint; throws StartException with what to do if Camel cannot make it. */
    static Endpoint of(CamelContext context, SinkOptions.Endpoint sink) {
        String scheme = sink.uri().split(":", 2)[0];
        if (context.getComponent(scheme) == null) {
            throw new StartException("sink is " + sink.shown() + ", but no component '" + scheme + "' is on the classpath; put camel-" + scheme
                    + " and the jars it needs into lib/, or mend the URI");
        }
        Endpoint endpoint = made(context, sink);
        if (endpoint instanceof SedaEndpoint queue) {
            // a record in the queue is not delivered: what is left there ends with the process
            queue.setWaitForTaskToComplete(WaitForTaskToComplete.Always);
            queue.setTimeout(0);
        } else if (endpoint instanceof HttpEndpoint http) {
            requirePost(http, sink);
        }
        return endpoint;
    }

    private static Endpoint made(CamelContext context, SinkOptions.Endpoint sink) {
        try {
            return AsGiven.whileDoing(context,
                    () -> context.getCamelContextExtension().getEndpoint(NormalizedUri.newNormalizedUri(sink.uri(), false)));
        } catch (RuntimeException e) {
            throw new StartException("sink is " + sink.shown() + ", which Camel cannot use: " + sink.said(e)
                    + ". Check the URI in the component's documentation");
        }
    }

    /** Where the URI has a query, Camel would choose GET, and leave the record out. */
    private static void requirePost(HttpEndpoint http, SinkOptions.Endpoint sink) {
        if (http.getHttpMethod() == null) {
            http.setHttpMethod(HttpMethods.POST);
        } else if (!WITH_BODY.contains(http.getHttpMethod()) && !http.isGetWithBody() && !http.isDeleteWithBody()) {
            throw new StartException("sink is " + sink.shown() + ", and " + http.getHttpMethod() + " sends no record; set httpMethod to POST, PUT or PATCH");
        }
    }

    /**
     * Throws StartException if Camel cannot make the endpoint, or if it is to be the beginning of a route that is not there: records
     * would be waited for one by one, or lie in a queue that ends with the process.
     *
     * @param beginnings of all routes
     * @param errors     of route files that cannot be used: it may be in one of them
     */
    static void requireRoute(CamelContext context, SinkOptions.Endpoint sink, List<String> beginnings, List<String> errors) {
        Endpoint endpoint = of(context, sink);
        if (!needsRoute(endpoint)) {
            requireTaker(endpoint, sink);
            return;
        }
        List<String> routes = beginnings.stream().filter(beginning -> Beginnings.place(beginning).equals(Beginnings.place(endpoint.getEndpointUri()))).toList();
        if (routes.isEmpty()) {
            throw noRoute(sink, "no route begins there; add a route file that does, or mend the URI", errors);
        }
        if (routes.stream().anyMatch(beginning -> beginning.contains("multipleConsumers=true"))) {
            throw new StartException("sink is " + sink.shown() + ", where several routes begin: what one of them refuses would count as delivered."
                    + " Let one route begin there, and hand on by multicast");
        }
    }

    /** Throws StartException if the route that begins there does not run. */
    static void requireRunning(CamelContext context, SinkOptions.Endpoint sink, List<String> errors) {
        Endpoint endpoint = of(context, sink);
        if (needsRoute(endpoint) && !Beginnings.running(context).contains(Beginnings.place(endpoint.getEndpointUri()))) {
            throw noRoute(sink, "the route that begins there does not run", errors);
        }
    }

    private static boolean needsRoute(Endpoint endpoint) {
        return endpoint instanceof DirectEndpoint || endpoint instanceof SedaEndpoint;
    }

    private static StartException noRoute(SinkOptions.Endpoint sink, String why, List<String> errors) {
        return new StartException("sink is " + sink.shown() + ", but " + why + (errors.isEmpty() ? "" : ". Not read: " + String.join(" ", errors)));
    }

    /** Throws StartException if it is an endpoint that routes begin with, and nothing else. */
    private static void requireTaker(Endpoint endpoint, SinkOptions.Endpoint sink) {
        UriEndpoint described = endpoint.getClass().getAnnotation(UriEndpoint.class);
        if (described != null && described.consumerOnly()) {
            throw new StartException("sink is " + sink.shown() + ", to which nothing can be sent; choose another endpoint");
        }
    }
}
