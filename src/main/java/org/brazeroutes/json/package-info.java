/** Records of Braze's answers and their JSON text: parsed once, and written as they came where nobody changed them. */
package org.brazeroutes.json;
