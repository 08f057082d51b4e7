-- The words of work that ingest counts. event.work_words holds them by family, as they stand in the list, never as they stood in
-- the text: {"artefact": {"merge": 2}, "document": {"draft": 1}}.

-- one row a community whose words of work were ever changed: what was received before was counted by others
create table talk_words_change (
  community_id uuid primary key references community (community_id) on delete cascade,
  changed_at timestamptz not null
);
