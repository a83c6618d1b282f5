package org.brazeroutes.camel;

/**
 * A route file.
 *
 * @param name     without folder, {@code campaigns.yaml}
 * @param location where it lies, for messages
 * @param content  its text in UTF-8
 */
record RouteFile(String name, String location, byte[] content) {

    /** The name that the stream in it must have. */
    String stream() {
        return name.replaceFirst("\\.ya?ml$", "");
    }
}
