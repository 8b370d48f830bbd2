-- What providers ask of accounts themselves.
alter table activity add column own_cost bigint not null default 0;
