/** Camel's side: the shared routes, the sink component, the loading of route files, and what runs, tells and checks all of it. */
package org.brazeroutes.camel;
