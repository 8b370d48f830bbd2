-- For what looks at a stretch of time.
create index generation_by_time on generation (created, id);
