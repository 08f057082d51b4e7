-- What the schedule of the monthly report has done and decided, beside the reports themselves.

-- months that end before this are not made by themselves; null: from when the community was set up
alter table report_setting add column made_since timestamptz;

-- a community that was here before reports were: its past is made by hand, if anybody wants it, and not sent all at once
insert into report_setting (community_id, is_made, draft_days, version, updated_at, made_since)
select community_id, true, 3, 0, now(), now() from community
on conflict (community_id) do nothing;

-- one row a month about which the schedule has something to remember
create table report_schedule (
  community_id uuid not null references community (community_id) on delete cascade,
  -- 2025-12, of the community's own calendar
  month text not null,
  -- when the managers were sent the draft
  drafted_at timestamptz,
  -- since when the report is due and waits for numbers that are brought up to date
  waiting_since timestamptz,
  -- none was made by itself: since when, and why
  skipped_at timestamptz,
  skipped_reason text,
  check ((skipped_at is null) = (skipped_reason is null)),
  primary key (community_id, month)
);
