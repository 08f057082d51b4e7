-- Threads of flat chats are inferred: what rests on them is told apart from what a source says.

-- how its thread was found (see event.inferred_link); null where the source said it
alter table contribution add column inferred_link text;

-- of the counted contributions: those in flat chats; of these, the questions, and the replies found by a name and by who spoke last
alter table contribution_day
  add column inferred_count integer not null default 0,
  add column inferred_question_count integer not null default 0,
  add column named_reply_count integer not null default 0,
  add column guessed_reply_count integer not null default 0;
