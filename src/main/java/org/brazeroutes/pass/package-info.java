/** A pass of a stream, from the message that begins it to its result: what it asks Braze for, what it stores, and how it ends. */
package org.brazeroutes.pass;
