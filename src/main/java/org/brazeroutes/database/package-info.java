/** One database: connections, transactions, names, and in one small class each what differs between products. */
package org.brazeroutes.database;
