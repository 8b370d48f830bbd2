package io.patchbay.catalog;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Describes a provider's file to configuration tools; {@link ProviderFileReader} reads it. Beside these keys there are
 * {@code option.NAME} (settings of the adapter) and {@code price.author/name} (the price of one model).
 */
@ObjectClassDefinition(name = "Provider", factoryPid = ProviderConfigurations.PID)
@interface ProviderConfig {
    @AttributeDefinition(description = "The provider's slug; NAME of io.patchbay.provider~NAME.cfg if not given")
    String name() default "";

    @AttributeDefinition(description = "The name shown to clients; the slug if not given")
    String display$_$name() default "";

    @AttributeDefinition(description = "The adapter that speaks the provider's wire format")
    String adapter() default "openai";

    @AttributeDefinition(description = "Where the provider's API is, such as https://api.example.com/v1")
    String base$_$url();

    @AttributeDefinition(
            type = AttributeType.PASSWORD,
            description =
                    "The credential, unless one is stored by patchbay:provider-key; $[env:NAME;default=] takes it "
                            + "from the environment")
    String api$_$key() default "";

    @AttributeDefinition(
            description = "A file with the credential, where api-key gives none; $[env:NAME;default=] takes its name "
                    + "from the environment")
    String api$_$key$_$file() default "";

    @AttributeDefinition(
            type = AttributeType.PASSWORD,
            description = "An access key, ID:SECRET or ID:SECRET:TOKEN, where api-key gives no credential")
    String access$_$key() default "";

    @AttributeDefinition(description = "Who trades the credential for a short-lived token, such as google; or nobody")
    String token() default "";

    @AttributeDefinition(description = "Whether the provider is of no use without a credential")
    boolean credential$_$required() default true;

    @AttributeDefinition(description = "Whether the provider is used at all")
    boolean enabled() default true;

    @AttributeDefinition(description = "Further headers of each request to it, Name: value, separated by commas")
    String headers() default "";

    @AttributeDefinition(
            description = "Its models, author/name or author/name=the-provider's-name, separated by commas; "
                    + "empty for those of the catalogue; discover, or no catalogue, to ask the provider")
    String models() default "";

    @AttributeDefinition(
            description = "Names not to offer of those that the provider or the catalogue names; * stands for anything")
    String exclude$_$models() default "";

    @AttributeDefinition(
            description = "Where the provider is asked: author of models whose names tell none; the slug if not given")
    String author() default "";

    @AttributeDefinition(description = "Where the provider is asked: how often")
    String discovery$_$interval() default "10m";

    @AttributeDefinition(description = "US dollars for a million prompt tokens")
    String price$_$prompt() default "";

    @AttributeDefinition(description = "US dollars for a million completion tokens")
    String price$_$completion() default "";

    @AttributeDefinition(description = "US dollars for a million prompt tokens that the provider's cache holds")
    String price$_$cache$_$read() default "";

    @AttributeDefinition(description = "US dollars for a million prompt tokens that are put into the provider's cache")
    String price$_$cache$_$write() default "";

    @AttributeDefinition(description = "The same for what is kept there for an hour; as for all other if not given")
    String price$_$cache$_$write$_$1h() default "";

    @AttributeDefinition(
            description = "What becomes of models whose price is not known: refuse, ceiling or free; "
                    + "as io.patchbay.catalog.cfg says if not given")
    String unknown$_$price() default "";

    @AttributeDefinition(description = "Tokens that fit into its models; 0 if unknown")
    long context$_$length() default 0;

    @AttributeDefinition(description = "Whether it may keep prompts or train with them, as far as you know")
    boolean collects$_$data() default true;

    @AttributeDefinition(
            description = "Whether it may keep a prompt after it has answered, for any reason, as far as you know")
    boolean retains$_$prompts() default true;

    @AttributeDefinition(description = "Where it processes prompts, in a word of your own: eu")
    String region() default "";

    @AttributeDefinition(description = "How long to wait for a connection")
    String connect$_$timeout() default "5s";

    @AttributeDefinition(description = "How long to wait for the first byte of an answer")
    String first$_$byte$_$timeout() default "60s";

    @AttributeDefinition(description = "How long to wait between two pieces of an answer")
    String idle$_$timeout() default "60s";

    @AttributeDefinition(description = "How long to wait for a whole answer that is not streamed")
    String total$_$timeout() default "300s";
}
