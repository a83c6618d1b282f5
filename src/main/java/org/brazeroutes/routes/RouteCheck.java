package org.brazeroutes.routes;

import java.text.ParseException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.NoSuchEndpointException;
import org.apache.camel.model.AggregateDefinition;
import org.apache.camel.model.ExpressionNode;
import org.apache.camel.model.LogDefinition;
import org.apache.camel.model.LoopDefinition;
import org.apache.camel.model.OutputExpressionNode;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.SetBodyDefinition;
import org.apache.camel.model.SetHeaderDefinition;
import org.apache.camel.model.SetPropertyDefinition;
import org.apache.camel.model.SplitDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.model.ToDynamicDefinition;
import org.apache.camel.model.TryDefinition;
import org.apache.camel.model.language.ExpressionDefinition;
import org.apache.camel.util.URISupport;
import org.brazeroutes.stream.Stream;
import org.quartz.CronExpression;

/** Finds mistakes that Camel would report only when the route is made, without a line, or never: a call to no route waits. */
final class RouteCheck {

    private static final Set<String> BEGINNINGS = Set.of("direct:pages", "direct:partitions");

    /** Steps that lead nowhere else, whatever they say. */
    private static final Set<Class<?>> NEVER_ASK = Set.of(OutputExpressionNode.class, TryDefinition.class, SetBodyDefinition.class, SetHeaderDefinition.class,
            SetPropertyDefinition.class, LogDefinition.class);
    private static final String RECORDS = "${body.records}";

    private final CamelContext context;
    private final Set<String> buckets;
    /** What any route may call. */
    private final Set<String> shared;
    private final Set<String> called;

    RouteCheck(CamelContext context, Set<String> sharedIds, Set<String> buckets, Collection<LoadedFile> files) {
        this.context = context;
        this.buckets = new TreeSet<>(buckets);
        this.shared = sharedIds.stream().map("direct:"::concat).collect(Collectors.toCollection(TreeSet::new));
        this.called = new HashSet<>(shared);
        files.forEach(file -> file.definitions().forEach(
                route -> called.add(Beginnings.place(Beginnings.resolved(route.getInput().getEndpointUri(), context)))));
    }

    /** One line for the file's first mistake. */
    Optional<String> mistake(LoadedFile file) {
        try {
            for (RouteDefinition route : file.definitions()) {
                input(route);
                for (ProcessorDefinition<?> step : ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), ProcessorDefinition.class)) {
                    step(step);
                    if (step instanceof ToDefinition to && file.stream() != null) {
                        begins(file, to);
                        whole(file, to);
                    }
                }
                if (file.stream() != null && file.stream().name().equals(route.getId())) {
                    asksBraze(route);
                }
            }
            if (file.stream() == null) {
                stored(file);
            } else if (!buckets.contains(file.stream().bucket())) {
                throw new DeclarationException(file.line(), "there is no bucket '" + file.stream().bucket() + "'; there are "
                        + String.join(", ", buckets));
            }
            return Optional.empty();
        } catch (Exception e) {
            return Optional.of(file.error(e));
        }
    }

    /** A route that begins a pass is a stream's, and its name, table and schedule stand in its sink. */
    private static void stored(LoadedFile file) throws DeclarationException {
        for (RouteDefinition route : file.definitions()) {
            for (ToDefinition to : ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), ToDefinition.class)) {
                String called = Beginnings.place(to.getUri());
                if (BEGINNINGS.contains(called)) {
                    throw new DeclarationException(file.file().lineOf(called, to.getLineNumber()),
                            "a route with " + called + " needs the step that stores its records, table:<stream>");
                }
            }
        }
    }

    /** A list has pages, all others have partitions. */
    private static void begins(LoadedFile file, ToDefinition to) throws DeclarationException {
        String right = file.stream().kind() == Stream.Kind.LIST ? "direct:pages" : "direct:partitions";
        String called = Beginnings.place(to.getUri());
        if (BEGINNINGS.contains(called) && !called.equals(right)) {
            throw new DeclarationException(file.file().lineOf(called, to.getLineNumber()), "'" + called + "' does not begin what '"
                    + file.stream().name() + "' declares; " + right + " does");
        }
    }

    /** What Braze answered is there behind direct:braze, or behind a step that may call it: a route of the user's, say, or a bean. */
    private static void asksBraze(RouteDefinition route) throws DeclarationException {
        for (ProcessorDefinition<?> step : ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), ProcessorDefinition.class)) {
            boolean stores = step instanceof ToDefinition to && to.getUri().startsWith("table:");
            boolean takes = step instanceof SetBodyDefinition body && body.getExpression() != null && RECORDS.equals(body.getExpression().getExpression());
            if (stores || takes) {
                throw new DeclarationException(step.getLineNumber(), "'" + (stores ? "table:" : RECORDS)
                        + "' needs what Braze has answered; direct:braze must stand before it, in the loop");
            }
            boolean begins = step instanceof ToDefinition to && BEGINNINGS.contains(Beginnings.place(to.getUri()));
            if (!begins && NEVER_ASK.stream().noneMatch(type -> type.isInstance(step))) {
                return;
            }
        }
    }

    /** What is stored first moves the cursor over all days of the answer, so its records must come at once. */
    private static void whole(LoadedFile file, ToDefinition table) throws DeclarationException {
        if (!table.getUri().startsWith("table:")) {
            return;
        }
        boolean inLoop = ancestors(table).anyMatch(LoopDefinition.class::isInstance);
        if (file.stream().kind() == Stream.Kind.SERIES && inLoop && ancestors(table).takeWhile(step -> !(step instanceof LoopDefinition))
                .anyMatch(step -> step instanceof SplitDefinition || step instanceof AggregateDefinition)) {
            throw new DeclarationException(file.line(), "'table:' stores the records of an answer at once; change their list before it, and do not"
                    + " split or aggregate it");
        }
    }

    private static java.util.stream.Stream<ProcessorDefinition<?>> ancestors(ProcessorDefinition<?> step) {
        return java.util.stream.Stream.iterate(step.getParent(), Objects::nonNull, ProcessorDefinition::getParent);
    }

    private void input(RouteDefinition route) throws DeclarationException {
        try {
            String uri = route.getInput().getEndpointUri();
            if (uri.startsWith("quartz:")) {
                // that endpoint says only when Camel starts, for all routes, what is wrong
                checkCron(Beginnings.resolved(uri, context));
            }
            Endpoint input = context.getEndpoint(uri);
            context.removeEndpoint(input);
        } catch (Exception e) {
            throw new DeclarationException(route.getInput().getLineNumber(), e);
        }
    }

    private static void checkCron(String uri) throws Exception {
        Map<String, Object> parameters = URISupport.parseQuery(uri.substring(uri.indexOf('?') + 1));
        URISupport.resolveRawParameterValues(parameters);
        Object cron = parameters.get("cron");
        if (cron != null) {
            try {
                CronExpression.validateExpression(String.valueOf(cron));
            } catch (ParseException e) {
                throw new IllegalArgumentException("the cron '" + cron + "' is none of Quartz: " + e.getMessage());
            }
        }
    }

    private void step(ProcessorDefinition<?> step) throws DeclarationException {
        String uri = step instanceof ToDefinition to ? to.getUri()
                : step instanceof ToDynamicDefinition to && !to.getUri().contains("${") ? to.getUri() : null;
        if (uri != null) {
            String name = Beginnings.place(Beginnings.resolved(uri, context));
            if (name.startsWith("direct:") && !called.contains(name)) {
                throw new DeclarationException(step.getLineNumber(), "no route begins with '" + name + "'; there are " + String.join(", ", shared));
            }
            if (context.getComponent(name.replaceFirst("(?s):.*", "")) == null) {
                throw new DeclarationException(step.getLineNumber(), new NoSuchEndpointException(name));
            }
        }
        if (step instanceof ExpressionNode node && node.getExpression() != null) {
            expression(node.getExpression(), step.getLineNumber());
        }
    }

    private void expression(ExpressionDefinition expression, int line) throws DeclarationException {
        if (!"simple".equals(expression.getLanguage()) || expression.getExpression() == null) {
            return;
        }
        try {
            context.resolveLanguage("simple").createExpression(context.resolvePropertyPlaceholders(expression.getExpression()));
        } catch (RuntimeException e) {
            throw new DeclarationException(line, e);
        }
    }
}
