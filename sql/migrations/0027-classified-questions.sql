-- The verdict asks how many questions of a window were recognised by rules that are often wrong.
create index event_classified_question on event (community_id, occurred_at)
  where classified_by is not null and type = 'question.asked';
