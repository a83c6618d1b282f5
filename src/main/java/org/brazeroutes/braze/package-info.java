/** Braze's side: requests and answers, the rate limit, pauses, and what each failure means. */
package org.brazeroutes.braze;
