/**
 * The guardrails that accounts make for their keys: what may be used, what may be spent, and what is blocked or redacted in
 * prompts and answers. Kept in a database; the gateway shows every request to it, the management API edits them.
 */
@NullMarked
package io.patchbay.guardrails;

import org.jspecify.annotations.NullMarked;
