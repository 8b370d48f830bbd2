package io.patchbay.api.billing;

import static java.util.Objects.requireNonNull;

import io.patchbay.api.access.Account;
import io.patchbay.api.access.ApiKey;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.ledger.Budget;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What is known of a generation before its first attempt. Immutable. */
public final class Order {
    private final String generation;
    private final Instant created;
    private final @Nullable ApiKey key;
    private final Endpoint endpoint;
    private final long promptTokens;
    private final @Nullable Long maxTokens;
    private final long answers;
    private final long images;
    private final List<Budget> budgets;

    private Order(
            String generation,
            Instant created,
            @Nullable ApiKey key,
            Endpoint endpoint,
            long promptTokens,
            @Nullable Long maxTokens,
            long answers,
            long images,
            List<Budget> budgets) {
        this.generation = requireNonNull(generation, "generation");
        this.created = requireNonNull(created, "created");
        this.key = key;
        this.endpoint = requireNonNull(endpoint, "endpoint");
        this.promptTokens = promptTokens;
        this.maxTokens = maxTokens;
        this.answers = answers;
        this.images = images;
        this.budgets = List.copyOf(budgets);
    }

    /**
     * The operator's own generation, of unknown size.
     *
     * @param generation its id
     * @param endpoint where it is tried first
     */
    public static Order of(String generation, Instant created, Endpoint endpoint) {
        return new Order(generation, created, null, endpoint, 0, null, 1, 0, List.of());
    }

    /** This order, with a key. */
    public Order by(ApiKey holder) {
        return new Order(generation, created, holder, endpoint, promptTokens, maxTokens, answers, images, budgets);
    }

    /** This order, of which the size of the prompt is estimated. */
    public Order prompt(long tokens) {
        return new Order(generation, created, key, endpoint, tokens, maxTokens, answers, images, budgets);
    }

    /** This order, of which no answer is longer than that. */
    public Order atMost(long completionTokens) {
        return new Order(generation, created, key, endpoint, promptTokens, completionTokens, answers, images, budgets);
    }

    /** This order, for so many answers to choose from; 1 if this is not called. */
    public Order answers(long choices) {
        if (choices < 1) {
            throw new IllegalArgumentException("an order for " + choices + " answers");
        }
        return new Order(generation, created, key, endpoint, promptTokens, maxTokens, choices, images, budgets);
    }

    /** This order, with so many images in the prompt; none if this is not called. */
    public Order images(long count) {
        return new Order(generation, created, key, endpoint, promptTokens, maxTokens, answers, count, budgets);
    }

    /** This order, which must fit into these budgets of its key too, beside the key's own; into none if this is not called. */
    public Order within(List<Budget> limits) {
        return new Order(generation, created, key, endpoint, promptTokens, maxTokens, answers, images, limits);
    }

    /** The generation's id, for which nothing is charged twice. */
    public String generation() {
        return generation;
    }

    /** When the request came: prices of that moment count. */
    public Instant created() {
        return created;
    }

    /** Who pays. */
    public Account account() {
        return key == null ? Account.OPERATOR : key.account();
    }

    /** With which key; empty if the operator asks. */
    public Optional<ApiKey> key() {
        return Optional.ofNullable(key);
    }

    /** What it must fit into beside the key's own budget. */
    public List<Budget> budgets() {
        return budgets;
    }

    /** Where it is tried first. */
    public Endpoint endpoint() {
        return endpoint;
    }

    /** About how large the prompt is. */
    public long promptTokens() {
        return promptTokens;
    }

    /** How many images are in the prompt, where one of its endpoints has a price for them. */
    public long images() {
        return images;
    }

    /** How many answers are wanted. */
    public long answers() {
        return answers;
    }

    /** How long each answer is at the most, if the client says so. */
    public OptionalLong maxTokens() {
        return maxTokens == null ? OptionalLong.empty() : OptionalLong.of(maxTokens);
    }
}
