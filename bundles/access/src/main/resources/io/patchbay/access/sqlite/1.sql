-- Times are microseconds since 1970, amounts billionths of a dollar.
create table account (
    id text primary key,
    name text not null,
    overdraft integer not null,
    created integer not null
);

-- What is deleted stays, so that old charges can be told apart.
create table api_key (
    id text primary key, -- the keyed hash of the secret
    position integer not null unique, -- the oldest first
    account text not null,
    purpose text not null,
    label text not null,
    name text not null,
    created integer not null,
    changed integer not null,
    expires integer, -- null for never
    disabled integer not null, -- 0 or 1
    budget integer, -- null for none
    period text not null,
    counts_own_credentials integer not null, -- 0 or 1
    models text not null, -- one a line
    providers text not null, -- one a line
    data_collection integer not null, -- 0 or 1
    requests_per_minute integer not null, -- 0 for any number
    tokens_per_minute integer not null, -- 0 for any number
    deleted integer -- null for a key that is good
);
