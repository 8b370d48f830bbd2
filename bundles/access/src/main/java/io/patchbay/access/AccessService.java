package io.patchbay.access;

import io.patchbay.api.access.Access;
import io.patchbay.api.access.ApiKey;
import io.patchbay.api.access.IssuedKey;
import io.patchbay.api.catalog.Secret;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureKind;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The component. Immediate, so that the first keys are made at the start and not by the first request. */
@Component(service = Access.class, immediate = true, configurationPid = "io.patchbay.access")
@Designate(ocd = AccessService.Config.class)
public final class AccessService implements Access {
    private static final Logger log = LoggerFactory.getLogger(AccessService.class);
    private static final Failure UNAUTHENTICATED =
            Failure.of(FailureKind.UNAUTHENTICATED, "Invalid API key. Check the Authorization header.");

    /** Settings of access. Its secret begins with a dot, so that it is not among the service's properties. */
    @ObjectClassDefinition(name = "Patchbay access")
    @interface Config {
        @AttributeDefinition(description = "Folder of the keys' hashes, absolute or relative to the data folder")
        String folder() default "access";

        @AttributeDefinition(
                description = "File for the secret of the key made at the first start, absolute or relative to the data"
                        + " folder; empty for no such key")
        String bootstrap$_$file() default "bootstrap.json";

        @AttributeDefinition(
                type = AttributeType.PASSWORD,
                description = "A management key of the operator's own choice; empty for none")
        String _bootstrap$_$key() default "";
    }

    private final KeyRing keys;

    @Activate
    public AccessService(Config config) {
        this(config, Path.of(System.getProperty("karaf.data", "data")), InstantSource.system(), new SecureRandom());
    }

    AccessService(Config config, Path data, InstantSource clock, RandomGenerator random) {
        try {
            keys = KeyRing.open(data.resolve(config.folder()), clock, random);
            var bootstrap = new Bootstrap(keys);
            if (!config.bootstrap$_$file().isBlank()) {
                bootstrap.inferenceKeyIn(data.resolve(config.bootstrap$_$file()));
            }
            if (!config._bootstrap$_$key().isEmpty()) {
                bootstrap.managementKey(Secret.of(config._bootstrap$_$key()));
            }
        } catch (IOException unreadable) {
            throw refusal(unreadable.toString(), unreadable);
        } catch (IllegalStateException broken) {
            throw refusal(String.valueOf(broken.getMessage()), broken);
        }
        log.info("{} API keys", keys.keys().size());
    }

    /** Said in one line of its own, because the stack trace that the framework logs is hard to read. */
    private static IllegalStateException refusal(String reason, Exception cause) {
        log.error("The API keys can't be used, so no request will be answered: {}", reason);
        return new IllegalStateException("The API keys can't be used: " + reason, cause);
    }

    @Override
    public ApiKey authenticate(Secret secret) {
        return keys.find(secret).orElseThrow(UNAUTHENTICATED::toException);
    }

    @Override
    public IssuedKey create(String name, ApiKey.Purpose purpose) {
        return keys.create(name, purpose);
    }

    @Override
    public List<ApiKey> keys() {
        return keys.keys();
    }
}
