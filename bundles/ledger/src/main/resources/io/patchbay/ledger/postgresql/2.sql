-- Deposits are few among many charges.
create index deposit_by_credit on transfer (credit, sequence) where kind <> 'CHARGE';
