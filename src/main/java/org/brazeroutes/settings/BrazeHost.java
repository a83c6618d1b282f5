package org.brazeroutes.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The REST host of a workspace, from an instance name or a URL; hosts that people paste by mistake are refused. */
final class BrazeHost {

    /** Instance name to the part of its host names that tells it apart. */
    private static final Map<String, String> INSTANCES = instances();

    private static final Pattern API_KEY = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final Pattern BRAZE_HOST = Pattern.compile("[\\w.-]+\\.braze\\.(com|eu)(/.*)?");
    private static final Pattern SDK = Pattern.compile("sdk\\.(.+)");
    private static final Pattern DASHBOARD = Pattern.compile("dashboard-(\\d\\d)\\.braze\\.(com|eu)");
    private static final Pattern NAMED_DASHBOARD = Pattern.compile("dashboard\\.(.+\\.braze\\.(?:com|eu))");
    private static final Pattern LOOPBACK = Pattern.compile("localhost|.+\\.localhost|127(\\.\\d{1,3}){3}|\\[(::1|0:0:0:0:0:0:0:1)]");

    private BrazeHost() {
    }

    static URI parse(String text) {
        String host = INSTANCES.get(text.toUpperCase(Locale.ROOT));
        if (host != null) {
            return URI.create("https://rest." + host);
        }
        if (API_KEY.matcher(text).matches()) {
            throw BadValue.hidden("looks like an API key; the key belongs into braze.api-key, here goes the REST host");
        }
        // Braze's own pages print host names without the scheme
        return check(BRAZE_HOST.matcher(text).matches() ? "https://" + text : text);
    }

    private static URI check(String text) {
        URI uri = uri(text);
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        restHost(host).ifPresent(rest -> {
            String kind = host.startsWith("sdk.") ? "an SDK host" : "the dashboard";
            throw new BadValue("that is " + kind + ", use the REST host https://" + rest);
        });
        if (uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new BadValue("use the host alone, such as https://rest.iad-01.braze.com; the key belongs into braze.api-key");
        }
        if (uri.getPort() == 0 || uri.getPort() > 65535) {
            throw new BadValue("the port is a number from 1 to 65535");
        }
        if (uri.getScheme().equalsIgnoreCase("http") && !LOOPBACK.matcher(host).matches()) {
            throw new BadValue("use https://, for the API key travels with every request");
        }
        String scheme = uri.getScheme();
        return URI.create(scheme.toLowerCase(Locale.ROOT) + text.substring(scheme.length()).replaceAll("/+$", ""));
    }

    private static URI uri(String text) {
        try {
            URI uri = new URI(text);
            String scheme = uri.getScheme();
            if (uri.getHost() != null && ("https".equalsIgnoreCase(scheme) || "http".equalsIgnoreCase(scheme))) {
                return uri;
            }
        } catch (URISyntaxException wrong) {
            // told below, as for a URL of another kind
        }
        throw new BadValue("use the REST URL of the workspace, such as https://rest.iad-01.braze.com, or its instance: "
                + String.join(", ", INSTANCES.keySet()));
    }

    /** The REST host behind an SDK or dashboard host. */
    private static Optional<String> restHost(String host) {
        Matcher sdk = SDK.matcher(host);
        if (sdk.matches()) {
            return Optional.of("rest." + sdk.group(1));
        }
        Matcher dashboard = DASHBOARD.matcher(host);
        if (dashboard.matches()) {
            String region = dashboard.group(2).equals("eu") ? "fra" : "iad";
            return Optional.of("rest." + region + "-" + dashboard.group(1) + ".braze." + dashboard.group(2));
        }
        Matcher named = NAMED_DASHBOARD.matcher(host);
        return named.matches() ? Optional.of("rest." + named.group(1)) : Optional.empty();
    }

    private static Map<String, String> instances() {
        Map<String, String> hosts = new LinkedHashMap<>();
        for (int i = 1; i <= 8; i++) {
            hosts.put("US-0" + i, "iad-0" + i + ".braze.com");
        }
        hosts.put("US-10", "us-10.braze.com");
        hosts.put("EU-01", "fra-01.braze.eu");
        hosts.put("EU-02", "fra-02.braze.eu");
        hosts.put("AU-01", "au-01.braze.com");
        hosts.put("ID-01", "id-01.braze.com");
        hosts.put("JP-01", "jp-01.braze.com");
        hosts.put("KR-01", "kr-01.braze.com");
        return hosts;
    }
}
