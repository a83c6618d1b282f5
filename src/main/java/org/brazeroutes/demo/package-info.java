/** A simulator of Braze's REST export API, for trying things out, for tests and for benchmarks; it imports nothing from the product. */
package org.brazeroutes.demo;
