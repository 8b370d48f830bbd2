-- Amounts are billionths of a dollar.
create table ledger_account (
    id integer primary key,
    name text not null unique,
    balance integer not null
);

create table transfer (
    sequence integer primary key,
    id text not null unique,
    kind text not null,
    created integer not null, -- milliseconds since 1970
    credit integer, -- the credit account in it, if there is one
    budget text not null,
    details text not null
);

create index transfer_by_credit on transfer (credit, sequence);

create table entry (
    sequence integer not null,
    account integer not null,
    amount integer not null,
    primary key (sequence, account)
) without rowid;

-- What was spent from budgets, by days since 1970 (UTC).
create table spending (
    budget text not null,
    day integer not null,
    amount integer not null,
    primary key (budget, day)
) without rowid;

create trigger transfer_stays before update on transfer begin
    select raise(abort, 'transfers are never changed');
end;

create trigger transfer_is_kept before delete on transfer begin
    select raise(abort, 'transfers are never deleted');
end;

create trigger entry_stays before update on entry begin
    select raise(abort, 'entries are never changed');
end;

create trigger entry_is_kept before delete on entry begin
    select raise(abort, 'entries are never deleted');
end;
