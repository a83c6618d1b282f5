/** What a stream is: its columns, key and request, the days a partition lacks, and the words for them; JDK only. */
package org.brazeroutes.stream;
