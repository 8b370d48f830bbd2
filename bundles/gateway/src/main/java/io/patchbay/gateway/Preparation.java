package io.patchbay.gateway;

import io.patchbay.api.pipeline.Passage;
import java.util.concurrent.CompletableFuture;

/** What has to be done to a request, and takes its time, before it goes on. */
sealed interface Preparation {
    /** Nothing, as with nearly all requests. */
    Preparation NONE = new None();

    /** Nobody knows: a plugin that has to be asked is being replaced. */
    Preparation AWAY = new Away();

    /** See {@link #NONE}. */
    record None() implements Preparation {}

    /** See {@link #AWAY}. */
    record Away() implements Preparation {}

    /** It has begun; completes with how the request passes the plugin of this name. */
    record UnderWay(String plugin, CompletableFuture<Passage> passage) implements Preparation {}
}
