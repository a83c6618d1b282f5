package org.brazeroutes.routes;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteConfigurationBuilder;
import org.apache.camel.dsl.yaml.YamlRoutesBuilderLoader;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.model.ToDynamicDefinition;
import org.apache.camel.spi.NodeIdFactory;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.util.URISupport;
import org.brazeroutes.stream.ColumnType;
import org.brazeroutes.stream.Declaration;
import org.brazeroutes.stream.Stream;
import org.brazeroutes.stream.Unnest;

/**
 * The streams that the route files declare, and what is wrong with the others. Reading it starts nothing.
 *
 * @param streams by name, parents before their children
 * @param routes  the readable files
 * @param errors  one line for each file that cannot be used: file, line, what to do
 * @param names   of all streams, also those after which files are named that cannot be used
 */
public record Catalogue(Map<String, Stream> streams, List<LoadedFile> routes, List<String> errors, Set<String> names) {

    /**
     * Reads the files into the context's model; routes are added to the context later. Two routes of one id are refused.
     *
     * @param sharedIds ids of the routes that all may call, and no file may have
     * @param buckets   of the rate limit, which streams name
     */
    public static Catalogue read(RouteFiles files, Set<String> sharedIds, Set<String> buckets, CamelContext context) {
        List<LoadedFile> loaded = new ArrayList<>();
        List<String> errors = new ArrayList<>();
        List<RouteFile> broken = new ArrayList<>();
        Set<String> names = new TreeSet<>();
        Map<String, String> ids = new LinkedHashMap<>();
        for (RouteFile file : files.all()) {
            try {
                RouteConfigurationBuilder builder = builder(file, context);
                for (RouteDefinition definition : builder.getRouteCollection().getRoutes()) {
                    if (definition.getInput() == null) {
                        throw new DeclarationException(file.lineOf("route", definition.getLineNumber()), "the route has no 'from', with which it begins");
                    }
                    definition.idOrCreate(context.getCamelContextExtension().getContextPlugin(NodeIdFactory.class));
                    if (sharedIds.contains(definition.getId())) {
                        throw new DeclarationException(file.lineOf("id:", definition.getLineNumber()), "the route id '" + definition.getId()
                                + "' is that of a shared step; choose another");
                    }
                    String other = ids.putIfAbsent(definition.getId(), file.location());
                    if (file.location().equals(other)) {
                        throw new DeclarationException(file.lineOf("id:", definition.getLineNumber()),
                                "the route id '" + definition.getId() + "' stands there twice");
                    }
                    if (other != null) {
                        throw new DuplicateRouteException("the route id '" + definition.getId() + "' stands in " + other + " and in "
                                + file.location() + "; rename or remove one of them");
                    }
                }
                loaded.add(loaded(file, builder, context));
            } catch (DuplicateRouteException e) {
                throw e;
            } catch (Exception | StackOverflowError e) {
                errors.add(RouteErrors.line(file, e));
                broken.add(file);
            }
        }
        loaded.stream().filter(file -> file.stream() != null).forEach(file -> names.add(file.stream().name()));
        RouteCheck check = new RouteCheck(context, sharedIds, buckets, loaded);
        for (LoadedFile file : List.copyOf(loaded)) {
            check.mistake(file).ifPresent(mistake -> {
                errors.add(mistake);
                broken.add(file.file());
                loaded.remove(file);
            });
        }
        broken.stream().filter(RouteFile::namesStream).forEach(file -> names.add(file.stream()));
        return new Catalogue(parentsFirst(loaded, errors, names), loaded, errors, names);
    }

    private static RouteConfigurationBuilder builder(RouteFile file, CamelContext context) throws Exception {
        file.requireText();
        Resource resource = ResourceHelper.fromBytes(file.name(), file.content());
        // the loader of all languages would parse the file twice
        RoutesBuilder found = PluginHelper.getRoutesLoader(context).getRoutesLoader(YamlRoutesBuilderLoader.EXTENSION).loadRoutesBuilder(resource);
        if (!(found instanceof RouteConfigurationBuilder builder) || !file.holdsList()) {
            throw new IllegalArgumentException("there is no route in it");
        }
        builder.setCamelContext(context);
        builder.getRouteCollection().setCamelContext(context);
        builder.getRouteConfigurationCollection().setCamelContext(context);
        builder.configure();
        builder.configuration();
        boolean others = !builder.getRestCollection().getRests().isEmpty() || !builder.getRouteTemplateCollection().getRouteTemplates().isEmpty()
                || !builder.getTemplatedRouteCollection().getTemplatedRoutes().isEmpty();
        if (others) {
            int first = List.of("rest:", "routeTemplate:", "templatedRoute:").stream().mapToInt(word -> file.lineOf(word, 0))
                    .filter(line -> line > 0).min().orElse(0);
            throw new DeclarationException(first, "of rest, routeTemplate and templatedRoute nothing is made here; write the routes out");
        }
        for (RouteConfigurationDefinition configuration : builder.getRouteConfigurationCollection().getRouteConfigurations()) {
            for (OnExceptionDefinition handler : configuration.getOnExceptions()) {
                validate(file, handler);
            }
        }
        return builder;
    }

    /** Camel would do it with each route, and blame that route's file. */
    private static void validate(RouteFile file, OnExceptionDefinition handler) throws DeclarationException {
        try {
            handler.validateConfiguration();
        } catch (IllegalArgumentException e) {
            throw new DeclarationException(file.lineOf("onException", handler.getLineNumber()),
                    "onException is not complete; it names exceptions, and has steps that"
                    + " say what they do, such as direct:failed");
        }
    }

    private static LoadedFile loaded(RouteFile file, RouteConfigurationBuilder builder, CamelContext context) throws Exception {
        List<RouteDefinition> definitions = builder.getRouteCollection().getRoutes();
        Stream stream = null;
        int line = 0;
        for (RouteDefinition definition : definitions) {
            for (ProcessorDefinition<?> step : ProcessorDefinitionHelper.filterTypeInOutputs(definition.getOutputs(), ProcessorDefinition.class)) {
                if (step instanceof ToDefinition to && to.getUri() == null || step instanceof ToDynamicDefinition toD && toD.getUri() == null) {
                    throw new DeclarationException(file.lineOf(step.getShortName() + ":", step.getLineNumber()), "the step " + step.getShortName()
                            + " has no uri, which says where it leads");
                }
            }
            for (ToDefinition to : ProcessorDefinitionHelper.filterTypeInOutputs(definition.getOutputs(), ToDefinition.class)) {
                if (to.getUri().startsWith("table:")) {
                    line = file.lineOf("table:", to.getLineNumber());
                    try {
                        stream = stream(to.getUri(), context);
                        if (!stream.name().equals(definition.getId()) || !stream.name().equals(file.stream())) {
                            throw new IllegalArgumentException("file, route id and table must have one name, but are '" + file.stream()
                                    + "', '" + definition.getId() + "' and '" + stream.name() + "'");
                        }
                    } catch (IllegalArgumentException e) {
                        throw new DeclarationException(line, e.getMessage());
                    }
                }
            }
        }
        return new LoadedFile(file, builder, stream, line);
    }

    private static Stream stream(String uri, CamelContext context) throws Exception {
        int question = uri.indexOf('?');
        Map<String, String> parameters = new LinkedHashMap<>();
        if (question > 0) {
            // Camel puts parameters into the URI as they are, without encoding what has a meaning there
            String query = uri.substring(question + 1).replace("+", "%2B").replaceAll("%(?![0-9A-Fa-f]{2})", "%25");
            for (Map.Entry<String, Object> entry : URISupport.parseQuery(query).entrySet()) {
                parameters.put(entry.getKey(), context.resolvePropertyPlaceholders(String.valueOf(entry.getValue())));
            }
        }
        return Declaration.parse(uri.substring("table:".length(), question > 0 ? question : uri.length()), parameters);
    }

    private static Map<String, Stream> parentsFirst(List<LoadedFile> loaded, List<String> errors, Set<String> names) {
        Map<String, LoadedFile> byName = loaded.stream().filter(file -> file.stream() != null)
                .collect(Collectors.toMap(file -> file.stream().name(), file -> file, (a, b) -> a, LinkedHashMap::new));
        Map<String, Stream> streams = new LinkedHashMap<>();
        List<LoadedFile> files = new ArrayList<>(byName.values());
        files.sort(Comparator.comparing(file -> file.stream().parent() != null));
        for (LoadedFile file : files) {
            String parent = file.stream().parent();
            boolean list = byName.containsKey(parent) && byName.get(parent).stream().kind() == Stream.Kind.LIST;
            if (parent == null || list && streams.containsKey(parent)) {
                mistake(file, byName).ifPresentOrElse(what -> errors.add(file.error(new DeclarationException(file.line(), what))),
                        () -> streams.put(file.stream().name(), file.stream()));
            } else if (names.contains(parent) && (list || !byName.containsKey(parent))) {
                errors.add(file.file().location() + ": its parent '" + parent + "' cannot be used, so this stream waits until that file is mended");
            } else {
                errors.add(file.error(new DeclarationException(file.line(), "its parent '" + parent
                        + "' is not among the list streams; add " + parent + ".yaml or name another")));
            }
        }
        return streams;
    }

    /** What a declaration says of others that is not so. */
    private static Optional<String> mistake(LoadedFile file, Map<String, LoadedFile> byName) {
        Stream stream = file.stream();
        LoadedFile parent = byName.get(stream.parent());
        if (parent != null && parent.stream().primaryKey().size() > 1) {
            return Optional.of("its parent '" + parent.stream().name() + "' has a primaryKey of several columns; partitions need one that is an id by itself");
        }
        if (stream.only() != null && parent == null) {
            return Optional.of("only: '" + stream.only() + "' chooses among a parent's objects, and this stream has no parent");
        }
        if (stream.only() != null && parent.stream().column(stream.only()).filter(column -> column.type() == ColumnType.BOOLEAN).isEmpty()) {
            return Optional.of("only: '" + stream.only() + "' is no boolean column of " + parent.stream().name());
        }
        return stream.unnest().stream().map(Unnest::table).filter(table -> byName.values().stream().anyMatch(other -> other.stream().name().equals(table)
                || other != file && other.stream().unnest().stream().anyMatch(part -> part.table().equals(table)))).findFirst()
                .map(table -> "unnest: the table " + table + " is another stream's; choose another name");
    }

    /** The URIs with which the routes of all files begin, with their placeholders filled where that is possible. */
    public List<String> beginnings(CamelContext context) {
        return routes.stream().flatMap(file -> file.definitions().stream()).map(route -> Beginnings.resolved(route.getInput().getUri(), context)).toList();
    }

    /** Two files have one route id, which Camel would load as one in silence. */
    public static final class DuplicateRouteException extends RuntimeException {
        DuplicateRouteException(String message) {
            super(message);
        }
    }
}
