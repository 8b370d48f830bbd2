create table file (
    id text primary key,
    account text not null,
    created integer not null,
    name text not null,
    purpose text not null,
    -- Bytes.
    size integer not null
) without rowid;

-- Beside it, so that a list of files need not read them.
create table content (
    file text primary key,
    text text not null
) without rowid;

create table batch (
    id text primary key,
    account text not null,
    -- Id of the API key that pays.
    key text not null,
    created integer not null,
    expires integer not null,
    endpoint text not null,
    input text not null,
    status text not null,
    -- When it came to that, and what else is told of it, as JSON.
    details text not null
) without rowid;

create table result (
    batch text not null,
    line integer not null,
    status integer not null,
    -- A line of the output, as JSON.
    text text not null,
    primary key (batch, line)
) without rowid;
