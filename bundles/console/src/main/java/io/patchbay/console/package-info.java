/**
 * The operator's commands, {@code patchbay:*}, in the Karaf console. Each is one class. They are there even when other
 * parts of Patchbay are not, and then say which part is missing: Karaf would withdraw all of them if one mandatory
 * reference went, so every reference to a service is optional.
 */
@NullMarked
package io.patchbay.console;

import org.jspecify.annotations.NullMarked;
