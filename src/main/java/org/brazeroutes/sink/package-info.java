/** Where records go: tables, with types, keys and transactions. */
package org.brazeroutes.sink;
