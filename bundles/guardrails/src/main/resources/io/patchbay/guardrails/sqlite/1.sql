create table guardrail (
    id text primary key,
    account text not null,
    created integer not null,
    changed integer not null,
    -- What it says, as JSON.
    rules text not null
) without rowid;

create table assignment (
    guardrail text not null,
    -- Id of an API key.
    key text not null,
    primary key (guardrail, key)
) without rowid;
