-- What applies to an account's requests, and the rules that keys did not have yet.
alter table account add column models text not null default ''; -- one a line
alter table account add column providers text not null default ''; -- one a line
alter table account add column regions text not null default ''; -- one a line
alter table account add column data_collection integer not null default 1; -- 0 or 1
alter table account add column data_retention integer not null default 1; -- 0 or 1
alter table account add column strategy text; -- null for the installation's

alter table api_key add column regions text not null default ''; -- one a line
alter table api_key add column data_retention integer not null default 1; -- 0 or 1
alter table api_key add column strategy text; -- null for the account's
