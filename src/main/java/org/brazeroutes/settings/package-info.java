/** The settings: where they come from, what they may be, and what is said about a wrong one. Imports the JDK only. */
package org.brazeroutes.settings;
