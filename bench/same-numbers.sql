-- The yardstick's numbers, in DuckDB: for each day, week and month of the file, what a community's page is made of.
-- $file is put in by duckdb-same-numbers.ts. The last row that each table holds is one period.

create table event as
select id, type, occurred_at, actor.id as person, coalesce(thread_id, id) as thread, in_reply_to as target
from read_json($file, format = 'newline_delimited', columns = {
  id: 'varchar', type: 'varchar', occurred_at: 'timestamp', actor: 'struct(id varchar)', thread_id: 'varchar', in_reply_to: 'varchar'
});

create table contribution as
select * from event
where type in ('question.asked', 'answer.posted', 'reply.posted', 'post.published', 'announcement.published', 'document.edited', 'task.completed');

create table thread as
select thread, arg_min(type, occurred_at) as opening, arg_min(person, occurred_at) as host, arg_min(id, occurred_at) as start, count(distinct person) as people
from contribution group by thread;

create table named as
select c.*, t.host, c.id = t.start as is_start, c.type = 'answer.posted' and c.person <> t.host as is_answer,
  case
    when t.opening in ('document.edited', 'task.completed') then 'work'
    when t.opening = 'question.asked' then 'help'
    when t.opening = 'announcement.published' then 'news'
    when t.people > 1 then 'discussion'
    else 'broadcast'
  end as category
from contribution c join thread t using (thread);

create table grain as select unnest(['day', 'week', 'month']) as grain;
create table named_period as select grain, date_trunc(grain, occurred_at) as period, * exclude (occurred_at) from named, grain;

create table counts as
select grain, period, count(*) as contributions, count(*) filter (is_start) as starts, count(*) filter (is_answer) as answers,
  count(distinct person) as active_people, count(*) filter (category = 'help') as help, count(*) filter (category = 'discussion') as discussion,
  count(*) filter (category = 'broadcast') as broadcast, count(*) filter (category = 'news') as news, count(*) filter (category = 'work') as work
from named_period group by all;

-- of all contributions, of starts, of answers: the greatest share, HHI, Shannon's and Simpson's effective numbers
create table concentration as
with part as (
  select grain, period, person, 'all' as what from named_period
  union all select grain, period, person, 'starts' from named_period where is_start
  union all select grain, period, person, 'answers' from named_period where is_answer
), share as (
  select *, count / sum(count) over (partition by grain, period, what) as p
  from (select grain, period, what, person, count(*) as count from part group by all)
)
select grain, period, what, max(p) as top_share, sum(p * p) as hhi, exp(-sum(p * ln(p))) as n1, 1 / sum(p * p) as n2 from share group by all;

create table host_share as
select grain, period, max(count) / sum(count) as top_host_share
from (select grain, period, host, count(*) as count from named_period group by all) group by all;

create table episode as
select q.id, q.occurred_at as asked_at, q.person as asker, min(a.occurred_at) as answered_at, arg_min(a.person, a.occurred_at) as helper
from contribution q
left join contribution a on a.target = q.id and a.type in ('answer.posted', 'reply.posted') and a.person <> q.person and a.occurred_at >= q.occurred_at
where q.type = 'question.asked' group by all;

create table answered as
select grain, date_trunc(grain, asked_at) as period, count(*) as questions, count(answered_at) as answered,
  count(*) filter (answered_at <= asked_at + interval 7 day) as answered_in_week
from episode, grain group by all;

-- Kaplan-Meier: the first time by which half are answered, those still open counted as long as they have been
create table median_wait as
with wait as (
  select grain, date_trunc(grain, asked_at) as period, epoch(coalesce(answered_at, (select max(occurred_at) from event)) - asked_at) as seconds,
    answered_at is not null as is_answered
  from episode, grain
), step as (
  select grain, period, seconds, count(*) filter (is_answered) as ended, count(*) as left_now from wait group by all
), risk as (
  select *, sum(left_now) over (partition by grain, period order by seconds desc) as at_risk from step
), survival as (
  select *, sum(ln(greatest(1 - ended / at_risk, 1e-300))) over (partition by grain, period order by seconds) as log_survival from risk
)
select grain, period, min(seconds) filter (log_survival <= ln(0.5) + 1e-12) as median_seconds from survival group by all;

create table moved as
select grain, date_trunc(grain, occurred_at) as period, count(*) filter (type = 'member.joined') as joins, count(*) filter (type = 'member.left') as leavers
from event, grain where type in ('member.joined', 'member.left') group by all;
create table members as
select grain, period, joins, leavers, sum(joins - leavers) over (partition by grain order by period) as members from moved;

create table reciprocity as
with edge as (
  select distinct grain, date_trunc(grain, answered_at) as period, helper, asker from episode, grain where helper is not null
)
select a.grain, a.period, count(b.helper) / count(*) as two_way
from edge a left join edge b on b.grain = a.grain and b.period = a.period and b.helper = a.asker and b.asker = a.helper
group by a.grain, a.period;
