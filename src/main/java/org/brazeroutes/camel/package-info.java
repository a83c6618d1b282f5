/** The shared routes and the steps they call, the sink component, loading of route files, and the passes of streams. */
package org.brazeroutes.camel;
