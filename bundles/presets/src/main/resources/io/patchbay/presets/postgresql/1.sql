create table preset (
    account text not null,
    slug text not null,
    version integer not null,
    created bigint not null, -- milliseconds since 1970
    system_prompt text not null,
    config text not null, -- JSON
    primary key (account, slug, version)
);
