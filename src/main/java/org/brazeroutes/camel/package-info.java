/** Camel's side of a process: the shared routes, the sink component, the schedule, health and metrics, and what starts and checks all of it. */
package org.brazeroutes.camel;
