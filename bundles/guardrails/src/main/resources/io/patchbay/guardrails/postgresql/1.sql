create table guardrail (
    id text primary key,
    account text not null,
    created bigint not null,
    changed bigint not null,
    -- What it says, as JSON.
    rules text not null
);

create table assignment (
    guardrail text not null,
    -- Id of an API key.
    key text not null,
    primary key (guardrail, key)
);
