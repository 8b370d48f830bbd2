package io.patchbay.access;

import io.github.bucket4j.TimeMeter;
import io.patchbay.api.access.Access;
import io.patchbay.api.access.Account;
import io.patchbay.api.access.Accounts;
import io.patchbay.api.access.Admission;
import io.patchbay.api.access.ApiKey;
import io.patchbay.api.access.ApiKeys;
import io.patchbay.api.access.IssuedKey;
import io.patchbay.api.access.RateLimits;
import io.patchbay.api.access.Rules;
import io.patchbay.api.catalog.Secret;
import io.patchbay.api.database.Database;
import io.patchbay.api.database.Databases;
import io.patchbay.api.database.Scripts;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureKind;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The component. Immediate, so that the first keys are made at the start and not by the first request. */
@Component(
        service = {Access.class, ApiKeys.class, Accounts.class},
        immediate = true,
        configurationPid = "io.patchbay.access")
@Designate(ocd = AccessService.Config.class)
public final class AccessService implements Access, ApiKeys, Accounts {
    private static final Logger log = LoggerFactory.getLogger(AccessService.class);
    private static final Failure UNAUTHENTICATED =
            Failure.of(FailureKind.UNAUTHENTICATED, "Invalid API key. Check the Authorization header.");
    private static final Failure DISABLED = Failure.of(FailureKind.UNAUTHENTICATED, "This API key is disabled.");
    private static final Failure EXPIRED = Failure.of(FailureKind.UNAUTHENTICATED, "This API key has expired.");

    /** Settings of access. Its secret begins with a dot, so that it is not among the service's properties. */
    @ObjectClassDefinition(name = "Patchbay access")
    @interface Config {
        @AttributeDefinition(description = "Folder of the pepper, absolute or relative to the data folder")
        String folder() default "access";

        @AttributeDefinition(
                description = "File for the secret of the key made at the first start, absolute or relative to the data"
                        + " folder; empty for no such key")
        String bootstrap$_$file() default "bootstrap.json";

        @AttributeDefinition(
                type = AttributeType.PASSWORD,
                description = "A management key of the operator's own choice; empty for none")
        String _bootstrap$_$key() default "";

        @AttributeDefinition(
                description = "Wrong keys an address may send within a minute before it is told to wait; 0 for any"
                        + " number",
                min = "0")
        int wrong$_$keys$_$per$_$minute() default 20;
    }

    private final Database database;
    private final AccountList accounts;
    private final KeyRing keys;
    private final InstantSource clock;
    private final TimeMeter timeMeter;
    private final WrongKeys wrongKeys;
    /** Of the keys that have rate limits, by id. */
    private final Map<String, RateGate> gates = new ConcurrentHashMap<>();

    @Activate
    public AccessService(@Reference Databases databases, Config config) {
        this(
                databases,
                config,
                Path.of(System.getProperty("karaf.data", "data")),
                InstantSource.system(),
                new SecureRandom());
    }

    AccessService(Databases databases, Config config, Path data, InstantSource clock, RandomGenerator random) {
        this.clock = clock;
        this.timeMeter = new ClockMeter(clock);
        this.wrongKeys = new WrongKeys(config.wrong$_$keys$_$per$_$minute(), timeMeter);
        this.database = open(databases);
        try {
            var tables = new Tables(database);
            accounts = new AccountList(tables, clock);
            keys = keyRing(tables, data.resolve(config.folder()), random);
            var bootstrap = new Bootstrap(keys);
            if (!config.bootstrap$_$file().isBlank()) {
                bootstrap.inferenceKeyIn(data.resolve(config.bootstrap$_$file()));
            }
            if (!config._bootstrap$_$key().isEmpty()) {
                bootstrap.managementKey(Secret.of(config._bootstrap$_$key()));
            }
        } catch (IOException | SQLException unreadable) {
            database.close();
            throw refusal(unreadable.toString(), unreadable);
        } catch (RuntimeException broken) {
            database.close();
            throw refusal(String.valueOf(broken.getMessage()), broken);
        }
        log.info("{} API keys", keys.keys().size());
    }

    private static Database open(Databases databases) {
        try {
            return databases.open("access", Scripts.beside(AccessService.class));
        } catch (SQLException unusable) {
            throw refusal(String.valueOf(unusable.getMessage()), unusable);
        }
    }

    /** The keys in the database, after those of a file from before there was one. */
    private KeyRing keyRing(Tables tables, Path folder, RandomGenerator random) throws IOException, SQLException {
        var file = new KeyFile(folder.resolve("keys.json"));
        var old = file.read();
        var pepper = Pepper.load(folder.resolve("pepper"), old.isEmpty() && !tables.haveHadKeys(), random);
        if (!old.isEmpty()) {
            tables.insert(old);
            file.retire();
            log.info("{} API keys have moved from a file to the database", old.size());
        }
        var byId = new HashMap<String, Account>();
        accounts.accounts().forEach(account -> byId.put(account.id(), account));
        return new KeyRing(tables, tables.keys(byId), new KeyHasher(pepper), clock, random);
    }

    /** Said in one line of its own, because the stack trace that the framework logs is hard to read. */
    private static IllegalStateException refusal(String reason, Exception cause) {
        log.error("The API keys can't be used, so no request will be answered: {}", reason);
        return new IllegalStateException("The API keys can't be used: " + reason, cause);
    }

    @Deactivate
    void deactivate() {
        database.close();
    }

    @Override
    public ApiKey authenticate(Secret secret, String address) {
        var key = keys.find(secret)
                .orElseThrow(() -> wrongKeys.count(address, UNAUTHENTICATED).toException());
        return good(key);
    }

    @Override
    public ApiKey require(String id) {
        return good(findKey(id).orElseThrow(UNAUTHENTICATED::toException));
    }

    private ApiKey good(ApiKey key) {
        if (key.disabled()) {
            throw DISABLED.toException();
        }
        if (key.expires().filter(end -> !clock.instant().isBefore(end)).isPresent()) {
            throw EXPIRED.toException();
        }
        return key;
    }

    @Override
    public Rules rules(ApiKey key) {
        return Rules.of(key, accounts.findAccount(key.account().id()).orElseGet(key::account));
    }

    @Override
    public Admission admit(ApiKey key, long promptTokens) {
        if (key.rateLimits().equals(RateLimits.NONE)) {
            return Admission.UNLIMITED;
        }
        return gates.compute(
                        key.id(),
                        (id, old) -> old != null && old.limits().equals(key.rateLimits())
                                ? old
                                : new RateGate(key.rateLimits(), timeMeter))
                .admit(promptTokens);
    }

    @Override
    public List<ApiKey> keys() {
        return keys.keys();
    }

    @Override
    public Optional<ApiKey> findKey(String id) {
        return keys.findKey(id);
    }

    @Override
    public IssuedKey create(Account account, UnaryOperator<ApiKey.Builder> settings) {
        return keys.create(account, settings);
    }

    @Override
    public Optional<ApiKey> change(String id, UnaryOperator<ApiKey.Builder> settings) {
        return keys.change(id, settings);
    }

    @Override
    public boolean delete(String id) {
        gates.remove(id);
        return keys.delete(id);
    }

    @Override
    public List<Account> accounts() {
        return accounts.accounts();
    }

    @Override
    public Optional<Account> findAccount(String id) {
        return accounts.findAccount(id);
    }

    @Override
    public Account create(String id, UnaryOperator<Account.Builder> settings) {
        return accounts.create(id, settings);
    }

    @Override
    public Optional<Account> changeAccount(String id, UnaryOperator<Account.Builder> settings) {
        return accounts.changeAccount(id, settings);
    }
}
