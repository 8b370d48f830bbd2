package io.patchbay.adapter.sandbox;

import io.patchbay.api.chat.ChatEvent;

/**
 * One step of an answer.
 *
 * @param delayMillis how long it is held back
 * @param event what happens then
 */
record Step(long delayMillis, ChatEvent event) {}
