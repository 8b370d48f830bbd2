-- Amounts are billionths of a dollar.
create table ledger_account (
    id bigint primary key,
    name text not null unique,
    balance bigint not null
);

create table transfer (
    sequence bigint primary key,
    id text not null unique,
    kind text not null,
    created bigint not null, -- milliseconds since 1970
    credit bigint, -- the credit account in it, if there is one
    budget text not null,
    details text not null
);

create index transfer_by_credit on transfer (credit, sequence);

create table entry (
    sequence bigint not null,
    account bigint not null,
    amount bigint not null,
    primary key (sequence, account)
);

-- What was spent from budgets, by days since 1970 (UTC).
create table spending (
    budget text not null,
    day bigint not null,
    amount bigint not null,
    primary key (budget, day)
);

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% is never changed and never deleted', tg_table_name;
end
$$;

create trigger transfer_stays before update or delete or truncate on transfer
    for each statement execute function refuse_change();

create trigger entry_stays before update or delete or truncate on entry
    for each statement execute function refuse_change();
