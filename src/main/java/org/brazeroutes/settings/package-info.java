/** The settings: where they come from, what they may be, and what is said about a wrong one. */
package org.brazeroutes.settings;
