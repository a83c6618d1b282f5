/** Where records go: tables and files, each with what makes a pass all or nothing. */
package org.brazeroutes.sink;
