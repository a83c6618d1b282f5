package org.brazeroutes.camel;

import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.support.RoutePolicySupport;
import org.brazeroutes.pass.Pass;
import org.brazeroutes.pass.Passes;

/** Begins a pass when a stream's route starts on a message, and ends it when the route is through with it. */
final class PassPolicy extends RoutePolicySupport {

    private static final String PASS = "BrazePass";

    private final Passes passes;

    PassPolicy(Passes passes) {
        this.passes = passes;
    }

    /** The pass that a message of a stream's route belongs to; empty if the stream was still busy with the one before. */
    static Optional<Pass> of(Exchange exchange) {
        return Optional.ofNullable(exchange.getProperty(PASS, Pass.class));
    }

    @Override
    public void onExchangeBegin(Route route, Exchange exchange) {
        passes.begin(route.getRouteId(), exchange.getExchangeId()).ifPresent(pass -> exchange.setProperty(PASS, pass));
    }

    @Override
    public void onExchangeDone(Route route, Exchange exchange) {
        // not by the property: a step of the route may have removed it
        passes.end(route.getRouteId(), exchange.getExchangeId(), exchange.getException() == null ? null : CamelText.line(exchange.getException()));
    }
}
