-- What managers say of a community: what it is meant to be, its own thresholds, its words of work, who is a bot. And what only
-- its history says: the verdict that stands, and the direction.

-- one row a community whose managers declared what it is meant to be
create table charter (
  community_id uuid primary key references community (community_id) on delete cascade,
  purpose text not null check (purpose in ('community', 'newsletter', 'workgroup', 'teaching_platform', 'blog')),
  note text,
  declared_at timestamptz not null
);

-- one row a threshold that a community sets otherwise than by default
create table threshold_setting (
  community_id uuid not null references community (community_id) on delete cascade,
  threshold text not null,
  value double precision not null,
  set_at timestamptz not null,
  primary key (community_id, threshold)
);

-- one row a language and family of words of work that a community gives itself instead of the default; an empty list counts none
create table talk_words (
  community_id uuid not null references community (community_id) on delete cascade,
  language text not null,
  family text not null check (family in ('artefact', 'procedure', 'document', 'build')),
  words text[] not null,
  set_at timestamptz not null,
  primary key (community_id, language, family)
);

-- which words of work an event was counted for, and how often each: {"merge": 2}; null where there is none. The evidence of
-- the counts beside it, since the text is not kept
alter table event add column work_words jsonb;

-- what the source says; is_bot is what counts: a manager's ruling, else the source, else what was recognised
alter table identity add column is_bot_by_source boolean not null default false;
update identity set is_bot_by_source = true where community_id is not null and is_bot;

-- one row an account that looks like a bot, or that a manager ruled on
create table bot_account (
  community_id uuid not null references community (community_id) on delete cascade,
  identity_key uuid not null,
  -- why: [{"by": "source" | "name" | "behaviour", …}], see server/rollup/bots
  reasons jsonb not null,
  -- plain enough to be left out until a manager says otherwise; else it counts until a manager confirms
  is_recognised boolean not null,
  found_at timestamptz,
  -- a manager's word: true a bot, false a person; null: nobody has said
  ruling boolean,
  ruled_at timestamptz,
  primary key (community_id, identity_key)
);

-- the verdict that stands and the direction, as of the day: both follow from the verdicts and weeks before it
alter table verdict_result add column course jsonb;
