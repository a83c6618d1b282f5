/** The command line: parsing, exit codes, output and logs; what the commands do stands behind {@link org.brazeroutes.cli.Commands}. */
package org.brazeroutes.cli;
