/** Route files: found, read into Camel's model, checked, and what is said about a wrong one. Nothing is started. */
package org.brazeroutes.routes;
