-- Imports of files that people drop: uploaded, checked, and then run by a process that may be killed at any time.

alter table import drop constraint import_status_check;
alter table import add constraint import_status_check
  check (status in ('uploading', 'checking', 'checked', 'running', 'done', 'failed', 'cancelled'));
-- [{name, size}], in the order they are kept under; null where it came by the command line, which keeps no files
alter table import add column files jsonb;
-- how they are to be read, as a person chose it; what is left out is found
alter table import add column options jsonb not null default '{}';
-- as recognised or named; null before
alter table import add column format text;
alter table import add column preview jsonb;
-- {by_type, skipped, first_event_at, last_event_at}, when it is over
alter table import add column summary jsonb;
alter table import add column progress_share real;
alter table import add column progress_rows bigint;
-- rows of the files, of which import_rejection holds the first hundred thousand
alter table import add column kept_rejection_count integer not null default 0;
-- who works on it, and until when that holds without a further word
alter table import add column worker_id uuid;
alter table import add column worker_until timestamptz;
-- how often its process has broken down in this step
alter table import add column breakdown_count integer not null default 0;
-- when a person or process last had to do with it: what is abandoned is swept away
alter table import add column touched_at timestamptz;
update import set kept_rejection_count = (
  select count(*) from import_rejection r where r.community_id = import.community_id and r.import_id = import.import_id
);
