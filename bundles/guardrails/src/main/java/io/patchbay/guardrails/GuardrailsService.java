package io.patchbay.guardrails;

import io.patchbay.api.access.Permissions;
import io.patchbay.api.chat.ModelRequest;
import io.patchbay.api.database.Database;
import io.patchbay.api.database.Databases;
import io.patchbay.api.database.Scripts;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.guardrails.AccountGuardrail;
import io.patchbay.api.guardrails.AccountGuardrail.Rules;
import io.patchbay.api.guardrails.Guardrail;
import io.patchbay.api.guardrails.Guardrails;
import io.patchbay.api.guardrails.Subject;
import io.patchbay.api.ledger.Budget;
import io.patchbay.api.pipeline.Passage;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The component: keeps all guardrails of all accounts in memory, for requests, and on disk. */
@Component(
        service = {Guardrail.class, Guardrails.class},
        property = Guardrail.NAME + "=accounts",
        immediate = true)
public final class GuardrailsService implements Guardrail, Guardrails {
    private static final Logger log = LoggerFactory.getLogger(GuardrailsService.class);

    private final Database database;
    private final Tables tables;
    private final InstantSource clock;
    private final Object writing = new Object();
    /** By account. Replaced, never changed. */
    private volatile Map<String, List<Ready>> guardrails = Map.of();

    /** One with its patterns compiled. */
    private record Ready(AccountGuardrail guardrail, Filters filters) {
        static Ready of(AccountGuardrail guardrail) {
            return new Ready(guardrail, Filters.of(guardrail.rules().filters()));
        }
    }

    /** Opens the database. */
    @Activate
    public GuardrailsService(@Reference Databases databases) {
        this(databases, InstantSource.system());
    }

    GuardrailsService(Databases databases, InstantSource clock) {
        this.clock = clock;
        try {
            database = databases.open("guardrails", Scripts.beside(GuardrailsService.class));
            tables = new Tables(database);
            tables.all().forEach(one -> put(Ready.of(one)));
        } catch (SQLException unusable) {
            log.error("Guardrails can't be read: {}", unusable.getMessage());
            throw new IllegalStateException("Guardrails can't be read: " + unusable.getMessage(), unusable);
        }
    }

    @Override
    public Optional<Passage> enter(Subject subject, ModelRequest request) {
        var ofAccount = guardrails.get(subject.account());
        if (ofAccount == null) {
            return Optional.empty();
        }
        var permissions = Permissions.ALL;
        var budgets = new ArrayList<Budget>();
        var filters = Filters.NONE;
        boolean applies = false;
        for (var one : ofAccount) {
            if (one.guardrail().appliesTo(subject)) {
                applies = true;
                var rules = one.guardrail().rules();
                permissions = rules.permissions().and(permissions);
                filters = filters.and(one.filters());
                if (rules.spending().isPresent() && !subject.key().isEmpty()) {
                    var spending = rules.spending().get();
                    budgets.add(
                            new Budget(subject.key(), spending.limit(), spending.period(), spending.countsOwnCost()));
                }
            }
        }
        return applies
                ? Optional.of(new GuardedPassage(request.json(), permissions, budgets, filters))
                : Optional.empty();
    }

    @Override
    public List<AccountGuardrail> all(String account) {
        return guardrails.getOrDefault(account, List.of()).stream()
                .map(Ready::guardrail)
                .toList();
    }

    @Override
    public Optional<AccountGuardrail> find(String account, String id) {
        return all(account).stream().filter(one -> one.id().equals(id)).findFirst();
    }

    @Override
    public AccountGuardrail create(String account, Rules rules) {
        var now = now();
        return write(new AccountGuardrail(UUID.randomUUID().toString(), account, now, now, rules, Set.of()));
    }

    @Override
    public AccountGuardrail change(String account, String id, Rules rules) {
        synchronized (writing) {
            var old = require(account, id);
            return write(new AccountGuardrail(id, account, old.created(), now(), rules, old.keys()));
        }
    }

    @Override
    public boolean delete(String account, String id) {
        synchronized (writing) {
            if (find(account, id).isEmpty()) {
                return false;
            }
            try {
                tables.delete(id);
            } catch (SQLException failure) {
                throw unwritten(failure);
            }
            remove(account, id);
            return true;
        }
    }

    @Override
    public int assign(String account, String id, Set<String> keys, boolean assigned) {
        synchronized (writing) {
            var old = require(account, id);
            var all = new HashSet<>(old.keys());
            boolean unused = assigned ? all.addAll(keys) : all.removeAll(keys);
            write(new AccountGuardrail(id, account, old.created(), old.changed(), old.rules(), all));
            return Math.abs(all.size() - old.keys().size());
        }
    }

    private AccountGuardrail require(String account, String id) {
        return find(account, id)
                .orElseThrow(() -> Failure.of(FailureKind.NOT_FOUND, "There is no such guardrail.")
                        .toException());
    }

    private AccountGuardrail write(AccountGuardrail guardrail) {
        var ready = Ready.of(guardrail);
        synchronized (writing) {
            try {
                tables.write(guardrail);
            } catch (SQLException failure) {
                throw unwritten(failure);
            }
            put(ready);
        }
        return guardrail;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private void put(Ready ready) {
        var account = ready.guardrail().account();
        var ofAccount = new ArrayList<>(guardrails.getOrDefault(account, List.of()));
        int place = place(ofAccount, ready.guardrail().id());
        if (place < ofAccount.size()) {
            ofAccount.set(place, ready);
        } else {
            ofAccount.add(ready);
        }
        replace(account, ofAccount);
    }

    private static int place(List<Ready> all, String id) {
        int place = 0;
        while (place < all.size() && !all.get(place).guardrail().id().equals(id)) {
            place++;
        }
        return place;
    }

    private void remove(String account, String id) {
        replace(
                account,
                guardrails.getOrDefault(account, List.of()).stream()
                        .filter(one -> !one.guardrail().id().equals(id))
                        .toList());
    }

    private void replace(String account, List<Ready> ofAccount) {
        var all = new HashMap<>(guardrails);
        if (ofAccount.isEmpty()) {
            all.remove(account);
        } else {
            all.put(account, List.copyOf(ofAccount));
        }
        guardrails = Map.copyOf(all);
    }

    private static FailureException unwritten(SQLException failure) {
        log.warn("A guardrail can't be written: {}", failure.toString());
        return Failure.of(FailureKind.UNAVAILABLE, "Guardrails can't be written now. Try again in a moment.")
                .toException();
    }

    @Deactivate
    void deactivate() {
        database.close();
    }
}
