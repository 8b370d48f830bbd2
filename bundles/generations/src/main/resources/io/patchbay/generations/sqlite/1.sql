create table generation (
    id text primary key,
    created integer not null, -- milliseconds since 1970
    account text not null,
    api_key text not null,
    json text not null
);

-- Amounts are billionths of a dollar; days are counted from 1970 (UTC).
create table activity (
    day integer not null,
    account text not null,
    api_key text not null,
    endpoint text not null,
    model text not null,
    provider text not null,
    requests integer not null,
    prompt_tokens integer not null,
    completion_tokens integer not null,
    reasoning_tokens integer not null,
    charged integer not null,
    cost integer not null,
    primary key (day, account, api_key, endpoint)
) without rowid;
