-- grain: one row a local day with contributions among those at hand; each counts as often as its sign says
-- $1 community_id · $2 time zone
insert into contribution_day_new (
  community_id, day_on, contribution_count, anonymous_count, start_count, answer_count, question_count,
  help_count, discussion_count, broadcast_count, news_count, work_count, other_count,
  word_count, artefact_word_count, document_word_count, bot_count, quarantined_count, removed_count,
  inferred_count, inferred_question_count, named_reply_count, guessed_reply_count
)
select
  $1,
  local_day(c.occurred_at, $2),
  coalesce(sum(sign) filter (where is_counted), 0),
  coalesce(sum(sign) filter (where is_counted and person_id is null), 0),
  coalesce(sum(sign) filter (where is_counted and is_start), 0),
  coalesce(sum(sign) filter (where is_counted and is_answer), 0),
  coalesce(sum(sign) filter (where is_counted and kind = 'question'), 0),
  coalesce(sum(sign) filter (where is_counted and category = 'help'), 0),
  coalesce(sum(sign) filter (where is_counted and category = 'discussion'), 0),
  coalesce(sum(sign) filter (where is_counted and category = 'broadcast'), 0),
  coalesce(sum(sign) filter (where is_counted and category = 'news'), 0),
  coalesce(sum(sign) filter (where is_counted and category = 'work'), 0),
  coalesce(sum(sign) filter (where is_counted and category = 'other'), 0),
  coalesce(sum(sign * word_count) filter (where is_counted), 0),
  coalesce(sum(sign * artefact_word_count) filter (where is_counted), 0),
  coalesce(sum(sign * document_word_count) filter (where is_counted), 0),
  coalesce(sum(sign) filter (where is_bot), 0),
  coalesce(sum(sign) filter (where not is_bot and is_quarantined), 0),
  coalesce(sum(sign) filter (where not is_bot and not is_quarantined and removed_at is not null), 0),
  coalesce(sum(sign) filter (where is_counted and inferred_link is not null), 0),
  coalesce(sum(sign) filter (where is_counted and inferred_link is not null and kind = 'question'), 0),
  coalesce(sum(sign) filter (where is_counted and inferred_link = 'named'), 0),
  coalesce(sum(sign) filter (where is_counted and inferred_link = 'guess'), 0)
from contribution_signed c
where c.community_id = $1
group by 2
