package io.patchbay.api.presets;

import io.patchbay.api.json.JsonView;
import java.time.Instant;

/**
 * One version of an account's named defaults.
 *
 * @param account whose it is; nobody else sees it
 * @param slug its name
 * @param version from 1; the latest one counts
 * @param created when this version was saved
 * @param systemPrompt stands before all messages; empty if there is none
 * @param config fields of a chat request, which a request's own win over
 */
public record Preset(String account, String slug, int version, Instant created, String systemPrompt, JsonView config) {}
