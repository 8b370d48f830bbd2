create table generation (
    id text primary key,
    created bigint not null, -- milliseconds since 1970
    account text not null,
    api_key text not null,
    json text not null
);

-- Amounts are billionths of a dollar; days are counted from 1970 (UTC).
create table activity (
    day bigint not null,
    account text not null,
    api_key text not null,
    endpoint text not null,
    model text not null,
    provider text not null,
    requests bigint not null,
    prompt_tokens bigint not null,
    completion_tokens bigint not null,
    reasoning_tokens bigint not null,
    charged bigint not null,
    cost bigint not null,
    primary key (day, account, api_key, endpoint)
);
