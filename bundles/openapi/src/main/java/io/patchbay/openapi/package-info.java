/** Says what the API is: an OpenAPI document for programs, and a page for people. Found by the http bundle. */
@NullMarked
package io.patchbay.openapi;

import org.jspecify.annotations.NullMarked;
