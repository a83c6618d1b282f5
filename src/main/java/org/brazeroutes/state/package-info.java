/** What must survive a restart: cursors, leases, the history of passes, and the choices they were made under. */
package org.brazeroutes.state;
