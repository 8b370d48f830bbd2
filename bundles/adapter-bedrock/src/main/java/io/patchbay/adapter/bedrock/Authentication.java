package io.patchbay.adapter.bedrock;

import io.patchbay.api.adapter.Credential;
import io.patchbay.api.catalog.Provider;
import io.patchbay.api.catalog.Secret;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.http.Headers;
import java.net.URI;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.regex.Pattern;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/**
 * Shows Bedrock who asks: by an API key of Bedrock's as it is, or by an access key ({@code ID:SECRET}, with a session's
 * token {@code ID:SECRET:TOKEN}), with which the request is signed (AWS Signature Version 4, by AWS's own library).
 */
final class Authentication {
    private static final String SERVICE = "bedrock";

    /** Of users and of sessions: no API key of Bedrock's looks like it. */
    private static final Pattern ACCESS_KEY = Pattern.compile("((?:AKIA|ASIA)[A-Z0-9]{4,124}):([^:]+)(?::(.+))?");

    private static final Pattern REGION =
            Pattern.compile("(?:^|\\.)((?:us|eu|ap|ca|sa|me|af|il|mx|cn)-(?:gov-|iso[a-z]?-)?[a-z]+-\\d)\\.");

    private static final AwsV4HttpSigner SIGNER = AwsV4HttpSigner.create();

    private Authentication() {}

    /**
     * The headers that go with a request.
     *
     * @param path below the provider's base URL, encoded
     */
    static Headers headers(Provider provider, Credential credential, String path, byte[] body) {
        var key = credential.apiKey().map(Secret::reveal).orElse("");
        var accessKey = ACCESS_KEY.matcher(key);
        if (accessKey.matches()) {
            var id = accessKey.group(1);
            var secret = accessKey.group(2);
            var token = accessKey.group(3);
            var identity = token == null
                    ? AwsCredentialsIdentity.create(id, secret)
                    : AwsSessionCredentialsIdentity.create(id, secret, token);
            return signed(provider, identity, credential, path, body);
        }
        return key.isEmpty() ? Headers.none() : Headers.of("Authorization", "Bearer " + key);
    }

    private static Headers signed(
            Provider provider, AwsCredentialsIdentity identity, Credential credential, String path, byte[] body) {
        var url = URI.create(provider.baseUrl().map(URI::toString).orElse("") + path);
        var unsigned = SdkHttpRequest.builder()
                .method(SdkHttpMethod.POST)
                .uri(url)
                .putHeader("Host", url.getPort() < 0 ? url.getHost() : url.getHost() + ':' + url.getPort())
                .build();
        var signed = SIGNER.sign(request -> request.identity(identity)
                .request(unsigned)
                .payload(ContentStreamProvider.fromByteArray(body))
                .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, SERVICE)
                .putProperty(AwsV4HttpSigner.REGION_NAME, region(provider, url))
                .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(credential.at(), ZoneOffset.UTC)));
        var headers = Headers.builder();
        signed.request().forEachHeader((name, values) -> {
            if (!name.equalsIgnoreCase("Host")) {
                values.forEach(value -> headers.add(name, value));
            }
        });
        return headers.build();
    }

    private static String region(Provider provider, URI url) {
        var told = provider.options().getOrDefault("region", "").strip();
        if (!told.isEmpty()) {
            return told;
        }
        var region = REGION.matcher(String.valueOf(url.getHost()));
        if (region.find()) {
            return region.group(1);
        }
        throw Failure.of(
                        FailureKind.UPSTREAM_AUTH,
                        "The gateway can't sign requests to the provider: its address names no region.")
                .toException();
    }
}
