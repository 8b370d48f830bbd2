-- What providers ask of accounts themselves.
alter table activity add column own_cost integer not null default 0;
