"""The metrics once more, in another language: from exported events, by the definitions in docs/metrics.md alone.

usage: measure.py EVENTS.csv OUT_DIR ZONE KNOWN_BY GRAIN

EVENTS.csv has the facts as stored (one row an event). Writes OUT_DIR/python.csv (grain, from_on, key, field, value, by) and
the tables that measure.R works on: people.csv, edges.csv, waits.csv, lives.csv. pandas groups, networkx measures graphs,
statsmodels gives Wilson intervals; nothing of ours is imported.
"""

import csv
import sys
from collections import Counter, defaultdict
from datetime import date, datetime, timedelta, timezone
from statistics import median
from zoneinfo import ZoneInfo

import networkx as nx
import pandas as pd
from statsmodels.stats.proportion import proportion_confint

events_file, out, zone_name, known_by_text, grain = sys.argv[1:]
ZONE = ZoneInfo(zone_name)
KNOWN_BY = datetime.fromisoformat(known_by_text.replace("Z", "+00:00"))
DAY = timedelta(days=1)
LAPSE_DAYS = 90
RIPE = timedelta(days=7)

CONTRIBUTIONS = {
    "question.asked": "question", "answer.posted": "answer", "reply.posted": "reply", "post.published": "post",
    "announcement.published": "announcement", "document.edited": "edit", "task.completed": "task",
}
OPENING = {"question": 1, "post": 2, "announcement": 3, "edit": 4, "task": 5}


def local_day(at):
    return at.astimezone(ZONE).date()


def period_of(day):
    if grain == "month":
        return day.replace(day=1)
    return day - timedelta(days=day.weekday()) if grain == "week" else day


def next_period(start):
    if grain == "month":
        return (start.replace(day=28) + timedelta(days=4)).replace(day=1)
    return start + timedelta(days=7 if grain == "week" else 1)


def start_of(day):
    """The first instant of a local day (fold=0: the earlier of two midnights)."""
    return datetime(day.year, day.month, day.day, tzinfo=ZONE).astimezone(timezone.utc)


class Event:
    pass


events = []
with open(events_file, newline="") as file:
    for row in csv.DictReader(file):
        event = Event()
        event.key = row["event_key"]
        event.type = row["type"]
        event.at = datetime.fromisoformat(row["occurred_at"].replace("Z", "+00:00"))
        event.person = row["person_id"] or None
        event.is_bot = row["is_bot"] == "true"
        event.thread = row["thread_key"] or None
        event.target = row["target_key"] or None
        event.channel = row["channel"] or None
        event.is_thanks = row["is_thanks"] == "true"
        event.is_work = row["is_work"] == "true"
        event.is_facilitator = row["is_facilitator"] == "true"
        events.append(event)
events.sort(key=lambda e: (e.at, e.key))
by_key = {e.key: e for e in events}

removed = {}
for e in events:
    if e.type == "content.deleted" and e.target and e.target not in removed:
        removed[e.target] = e.at

# contributions and their threads
contributions = [e for e in events if e.type in CONTRIBUTIONS]
content = {e.key: e for e in contributions}


def thread_of(e):
    seen = set()
    while e.thread is None and e.target in content and e.target not in seen:
        seen.add(e.key)
        e = content[e.target]
    return e.thread or e.key


threads = defaultdict(list)
for c in contributions:
    c.kind = CONTRIBUTIONS[c.type]
    c.rank = OPENING.get(c.kind, 9)
    c.conversation = thread_of(c)
    threads[c.conversation].append(c)

for members in threads.values():
    members.sort(key=lambda c: (c.at, c.rank, c.key))
    openers = [c for c in members if c.rank < 9]
    start = openers[0] if openers else None
    kind = "unknown" if start is None else "work" if start.kind in ("edit", "task") or start.is_work else start.kind
    latest_question = None
    for c in members:
        if c.kind == "question":
            latest_question = c
        c.start, c.thread_kind = start, kind
        target = content.get(c.target)
        is_direct = target is not None and target.kind == "question" and target.conversation == c.conversation and c.kind in ("answer", "reply")
        question = target if is_direct else latest_question
        c.is_quarantined = (is_direct and target.at > c.at) or (c.kind == "answer" and latest_question is None and kind == "question")
        answers_someone = (
            c.kind in ("answer", "reply") and not c.is_thanks and not c.is_quarantined
            and question is not None and c.person != question.person
        )
        c.question = question if answers_someone else None
        c.is_answer = answers_someone or (c.kind == "answer" and question is None and not c.is_quarantined)
        c.is_counted = not c.is_bot and not c.is_quarantined and c.key not in removed

counted = sorted((c for c in contributions if c.is_counted), key=lambda c: (c.at, c.key))
people_in = defaultdict(set)
for c in counted:
    people_in[c.conversation].add(c.person)


def category(c):
    if c.kind in ("edit", "task") or c.thread_kind == "work":
        return "work"
    if c.kind == "announcement":
        return "news"
    if c.kind in ("question", "answer") or c.is_answer:
        return "help"
    if len(people_in[c.conversation]) >= 2:
        return "discussion"
    return "broadcast" if c.start is c else "other"


for c in counted:
    c.category = category(c)
    c.period = period_of(local_day(c.at))

# episodes
accepted = set()
state, accepting = {}, {}
for e in sorted((e for e in events if e.type in ("answer.accepted", "answer.unaccepted")), key=lambda e: (e.at, e.type, e.key)):
    if e.type == "answer.accepted" and not state.get(e.target):
        accepting[e.target] = e
    state[e.target] = e.type == "answer.accepted"
answers_of = defaultdict(list)
for c in counted:
    if c.question is not None:
        answers_of[c.question.key].append(c)
        if state.get(c.key):
            accepted.add(c.question.key)

results = []


def say(start, key, by, **fields):
    for field, value in fields.items():
        if value is not None:
            results.append((grain, start.isoformat(), key, field, repr(float(value)), by))


def say_share(start, key, k, n, by="statsmodels"):
    if n == 0:
        return
    low, high = proportion_confint(k, n, alpha=0.05, method="wilson")
    say(start, key, by, numerator=k, denominator=n, value=k / n, low=low, high=high)


table = pd.DataFrame(
    [(c.period, c.person or "", c.start.person if c.start and c.start.is_counted or c.start and c.start.is_quarantined and not c.start.is_bot and c.start.key not in removed else None,
      c.start is c, c.is_answer, c.kind, c.category) for c in counted],
    columns=["period", "person", "host", "is_start", "is_answer", "kind", "category"],
)
people_rows = []
for start, rows in table.groupby("period"):
    known = rows[rows.person != ""]
    say(start, "contributions", "pandas", value=len(rows))
    say(start, "active-people", "pandas", value=known.person.nunique())
    say(start, "questions", "pandas", value=(rows.kind == "question").sum())
    say(start, "helpers", "pandas", value=known[known.is_answer].person.nunique())
    for name in ("help", "discussion", "broadcast", "news", "work", "other"):
        say_share(start, f"content-mix:{name}", int((rows.category == name).sum()), len(rows))
    hosts = rows.host.dropna().value_counts()
    say_share(start, "host-share", int(hosts.max()) if len(hosts) else 0, len(rows))
    for suffix, some in (("", rows), ("-of-starts", rows[rows.is_start]), ("-of-answers", rows[rows.is_answer])):
        counts = some[some.person != ""].person.value_counts()
        if len(counts) == 0:
            continue
        say_share(start, f"top-share{suffix}", int(counts.max()), len(some))
        total, half = int(counts.sum()), 0
        for place, count in enumerate(counts.sort_values(ascending=False), 1):
            half += count
            if half * 2 >= total:
                say(start, f"absence-factor{suffix}", "pandas", value=place)
                break
        # Gini as half the mean absolute difference over the mean, pair by pair
        values = counts.tolist()
        n = len(values)
        if n > 1:
            differences = sum(abs(a - b) for a in values for b in values)
            say(start, f"gini{suffix}", "pairwise", value=differences / (2 * n * n * (total / n)) * n / (n - 1))
        people_rows += [(start.isoformat(), f"{suffix or '-of-all'}", count) for count in values]

# answers to questions
wait_rows = []
questions = defaultdict(list)
for c in counted:
    if c.kind == "question":
        questions[c.period].append(c)
for start, asked in questions.items():
    ripe = [q for q in asked if q.at + RIPE <= KNOWN_BY]
    first = {q.key: min(a.at for a in answers_of[q.key]) for q in asked if answers_of[q.key]}
    say_share(start, "answered-share", sum(q.key in first and first[q.key] - q.at <= RIPE for q in ripe), len(ripe))
    say_share(start, "accepted-share", sum(q.key in accepted for q in ripe), len(ripe))
    for q in asked:
        until = first.get(q.key, KNOWN_BY)
        wait_rows.append((start.isoformat(), "", (until - q.at) / timedelta(hours=1), int(q.key in first)))
    facilitated = any(e.is_facilitator for e in events)
    if facilitated:
        by_peers = [q for q in ripe if any(a.person and not a.is_facilitator and a.at - q.at <= RIPE for a in answers_of[q.key])]
        say_share(start, "answered-by-peers-share", len(by_peers), len(ripe))

# who helped whom: at the helper's first answer to a question
edges = defaultdict(Counter)
for answers in filter(None, answers_of.values()):
    question = answers[0].question
    for helper in {a.person for a in answers if a.person}:
        if question.person and question.is_counted and helper != question.person:
            first_at = min(a.at for a in answers if a.person == helper)
            edges[period_of(local_day(first_at))][(helper, question.person)] += 1
edge_rows = []
for start, pairs in edges.items():
    graph = nx.DiGraph()
    for (helper, asker), weight in pairs.items():
        graph.add_edge(helper, asker, weight=weight)
        edge_rows.append((start.isoformat(), helper, asker, weight))
    n, size = graph.number_of_nodes(), graph.number_of_edges()
    r = nx.overall_reciprocity(graph)
    a = nx.density(graph)
    say(start, "direct-reciprocity", "networkx", value=r, denominator=size)
    if a < 1:
        say(start, "reciprocity-rho", "networkx", value=(r - a) / (1 - a))
    total = sum(pairs.values())
    say(start, "weighted-reciprocity", "networkx", value=sum(min(w, pairs.get((b, a), 0)) for (a, b), w in pairs.items()) / total)
    gave, received = {h for h, _ in pairs}, {a for _, a in pairs}
    say_share(start, "two-way-share", len(gave & received), len(gave | received))
for start, asked in questions.items():
    askers = {q.person for q in asked if q.person}
    say_share(start, "askers-who-help-share", len(askers & {h for h, _ in edges[start]}), len(askers))

# the shape of help: everybody active or helped, tied where one helped the other
active_people = defaultdict(set)
for c in counted:
    if c.person:
        active_people[c.period].add(c.person)
node_rows = []
for start in set(active_people) | set(edges):
    graph = nx.Graph()
    graph.add_nodes_from(active_people[start])
    graph.add_edges_from(edges[start])
    n = graph.number_of_nodes()
    node_rows += [(start.isoformat(), person) for person in graph]
    say(start, "giant-component-share", "networkx", value=max(map(len, nx.connected_components(graph))) / n, denominator=n)
    say(start, "help-density", "networkx", value=nx.density(graph))

# helping without the people who answered most in the period
given = defaultdict(Counter)
for c in counted:
    if c.is_answer and c.person:
        given[c.period][c.person] += 1
for start in set(questions) | set(edges) | set(given):
    ranking = sorted(given[start], key=lambda p: (-given[start][p], p))
    for k in (1, 2, 3):
        top, series = set(ranking[:k]), f":top-{k}"
        asked = [q for q in questions[start] if q.person is None or q.person not in top]
        ripe = [q for q in asked if q.at + RIPE <= KNOWN_BY]
        left = {q.key: [a for a in answers_of[q.key] if a.person is None or a.person not in top] for q in asked}
        first = {key: min(a.at for a in some) for key, some in left.items() if some}
        say(start, f"helpers-without-top{series}", "python", value=max(0, len(ranking) - k))
        say_share(start, f"answered-share-without-top{series}", sum(q.key in first and first[q.key] - q.at <= RIPE for q in ripe), len(ripe))
        say_share(start, f"accepted-share-without-top{series}", sum(any(state.get(a.key) for a in left[q.key]) for q in ripe), len(ripe))
        for q in asked:
            wait_rows.append((start.isoformat(), f"-without-top{series}", (first.get(q.key, KNOWN_BY) - q.at) / timedelta(hours=1), int(q.key in first)))
        pairs = [(h, a) for h, a in edges[start] if h not in top and a not in top]
        gave, received = {h for h, _ in pairs}, {a for _, a in pairs}
        say_share(start, f"two-way-share-without-top{series}", len(gave & received), len(gave | received))

# topics: the channels in which questions were asked
for start, asked in questions.items():
    topics = defaultdict(list)
    for q in asked:
        if q.channel:
            topics[q.channel].append(q)
    if not topics:
        continue
    answered = {t: sum(bool(answers_of[q.key]) for q in some) for t, some in topics.items()}
    answers = {t: sum(len(answers_of[q.key]) for q in some) for t, some in topics.items()}
    helping = {t: len({a.person for q in some for a in answers_of[q.key]}) for t, some in topics.items()}
    busy = [t for t in topics if answered[t] >= 5]
    say_share(start, "topics-on-one-helper", sum(helping[t] == 1 for t in busy), len(busy))
    say_share(start, "topics-with-two-helpers", sum(helping[t] >= 2 for t in busy), len(busy))
    usual_asked, usual_answers = median(map(len, topics.values())), median(answers.values())
    quarters = Counter((len(some) > usual_asked, answers[t] > usual_answers) for t, some in topics.items())
    for is_asked in (True, False):
        for is_answered in (True, False):
            name = f"{'many' if is_asked else 'few'}-asked-{'many' if is_answered else 'few'}-answered"
            say(start, f"topic-quadrant:{name}", "python", value=quarters[(is_asked, is_answered)], denominator=len(topics))

# somebody's first question and first post, and whether anybody else replied
in_thread = defaultdict(list)
for c in counted:
    in_thread[c.conversation].append(c)
first_starts = {}
for c in counted:
    if c.kind in ("question", "post") and c.person:
        first_starts.setdefault((c.person, c.kind), c)
replied = defaultdict(list)
for c in first_starts.values():
    if c.at + RIPE <= KNOWN_BY:
        replied[c.period].append(
            any(r.kind in ("answer", "reply") and r.person != c.person and timedelta(0) <= r.at - c.at <= RIPE for r in in_thread[c.conversation])
        )
for start, some in replied.items():
    say_share(start, "newcomers-answered-share", sum(some), len(some))

# membership
joins, leaves, activity = defaultdict(list), defaultdict(list), defaultdict(set)
spells = defaultdict(list)
for e in sorted(events, key=lambda e: (e.at, e.type, e.key)):
    if e.is_bot or e.person is None:
        continue
    if e.type == "member.joined":
        if not spells[e.person] or spells[e.person][-1][1] is not None:
            spells[e.person].append([e.at, None, bool(spells[e.person])])
    elif e.type == "member.left":
        if not spells[e.person]:
            spells[e.person].append([None, e.at, False])
        elif spells[e.person][-1][1] is None:
            spells[e.person][-1][1] = e.at
    elif e.type != "content.deleted":
        activity[e.person].add(local_day(e.at))
spells = {person: [s for s in some if s[0] != s[1]] for person, some in spells.items()}
has_joins = any(e.type == "member.joined" for e in events)
first_seen = Counter(period_of(min(days)) for days in activity.values())
first_on = min(local_day(e.at) for e in events)
last_on = local_day(KNOWN_BY - timedelta(microseconds=1))


def members_at(instant):
    return {p for p, some in spells.items() if any((s[0] is None or s[0] < instant) and (s[1] is None or s[1] >= instant) for s in some)}


start = period_of(first_on)
while start <= last_on:
    begins, ends = start_of(start), min(start_of(next_period(start)), KNOWN_BY)
    joined = sum(s[0] is not None and begins <= s[0] < ends for some in spells.values() for s in some)
    rejoined = sum(s[2] and s[0] is not None and begins <= s[0] < ends for some in spells.values() for s in some)
    left = sum(s[1] is not None and begins <= s[1] < ends for some in spells.values() for s in some)
    before, after = members_at(begins), members_at(ends)
    seen = {p for p, days in activity.items() if min(days) < next_period(start)}
    all_people = after if has_joins else seen
    say(start, "members", "python", value=len(all_people))
    say(start, "joins", "python", value=joined)
    say(start, "rejoins", "python", value=rejoined)
    say(start, "leavers", "python", value=left)
    say(start, "net-growth", "python", value=joined - left)
    say(start, "first-seen", "python", value=first_seen.get(start, 0))
    if before:
        say(start, "growth-rate", "python", value=(joined - left) / len(before), denominator=len(before))
        if left <= len(before):
            say_share(start, "leave-rate", left, len(before))
    last_day = min(next_period(start) - DAY, last_on)
    lapsed = 0
    for person in all_people:
        signs = {d for d in activity.get(person, ()) if d <= last_day}
        if has_joins:
            signs |= {local_day(s[0]) for s in spells.get(person, ()) if s[0] and s[0] < ends}
        lapsed += not any(0 <= (last_day - d).days < LAPSE_DAYS for d in signs)
    say(start, "lapsed-members", "python", value=lapsed, denominator=len(all_people))
    start = next_period(start)

# who stays, by the month of joining, and whether newcomers begin; in whole local days
whole_on = local_day(KNOWN_BY) - DAY
begins_on = min((min(days) for days in activity.values()), default=None)
written = defaultdict(list)
for c in counted:
    if c.person:
        written[c.person].append(local_day(c.at))


def first_joined(person):
    some = spells.get(person)
    return local_day(some[0][0]) if some and some[0][0] else None


helped_on = {}
for answers in filter(None, answers_of.values()):
    asker, day = answers[0].question.person, local_day(min(a.at for a in answers))
    if asker and answers[0].question.is_counted:
        helped_on[asker] = min(day, helped_on.get(asker, day))
is_join_known = any(first_joined(p) for p in spells)
lives_rows = []
activated, seconds = defaultdict(list), defaultdict(list)
for person in set(spells) | set(activity):
    some = spells.get(person) or []
    is_since_before = bool(some) and some[0][0] is None
    started = first_joined(person) if is_join_known else min(activity[person]) if activity.get(person) else None
    if started is not None and not (is_join_known and is_since_before) and grain == "month":
        sign = max([started] + [local_day(s[0]) for s in some if s[0]] + list(activity.get(person, ())))
        left = local_day(some[-1][1]) if some and some[-1][1] else None
        lapse = timedelta(days=LAPSE_DAYS)
        if left and (begins_on is None or sign >= left - lapse):
            gone = left
        else:
            gone = sign if begins_on is not None and (left or sign <= whole_on - lapse) else None
        followed = whole_on if begins_on is None else whole_on - lapse
        leaves_view = min(gone, followed) if gone else followed
        entry = (begins_on - started).days if begins_on and begins_on > started else -1
        if followed >= started and (leaves_view - started).days > entry:
            exit_day, is_gone = (leaves_view - started).days, int(bool(gone) and gone <= followed)
            lives_rows.append((period_of(started).isoformat(), "", entry, exit_day, is_gone))
            # joiners of a year, still there after 30 days, helped by then or not
            if entry == -1 and exit_day >= 30 and not (is_gone and exit_day <= 30):
                is_helped = person in helped_on and helped_on[person] <= started + timedelta(days=30)
                name = f"retention-of-{'helped' if is_helped else 'unhelped'}-joiners"
                on = period_of(started)
                for _ in range(12):
                    lives_rows.append((on.isoformat(), name, entry, exit_day, is_gone))
                    on = next_period(on)
    joined, own = first_joined(person), sorted(written.get(person, ()))
    month = timedelta(days=30)
    if joined and not is_since_before and begins_on and joined >= begins_on and not (own and own[0] < joined) and joined + month <= whole_on:
        activated[period_of(joined)].append(bool(own) and own[0] <= joined + month)
    if own and own[0] + month <= whole_on:
        seconds[period_of(own[0])].append(len(own) > 1 and own[1] <= own[0] + month)
for key, cohorts in (("newcomer-activation-share", activated), ("newcomer-second-contribution-share", seconds)):
    for start, people in cohorts.items():
        say_share(start, key, sum(people), len(people))
# reading answered threads of others, practices, and who had any benefit
answer_times, writers = defaultdict(list), defaultdict(list)
for c in counted:
    if c.question is not None and c.question.is_counted:
        answer_times[c.conversation].append(c.at)
    if c.person:
        writers[(c.conversation, c.person)].append(c.at)
benefits = defaultdict(list)
observed, first_observed = defaultdict(set), {}
sound = [e for e in events if not e.is_bot and e.key not in removed]
for e in sound:
    if e.type == "content.viewed" and e.person:
        thread = e.thread or (content[e.target].conversation if e.target in content else None)
        if any(at <= e.at for at in answer_times[thread]) and not any(at <= e.at for at in writers[(thread, e.person)]):
            observed[period_of(local_day(e.at))].add(e.person)
            first_observed.setdefault(e.person, e.at)
            benefits[e.person].append(e.at)
practices = {e.key: e for e in sound if e.type == "practice.shared"}
shared, viewed, reused = Counter(), defaultdict(set), defaultdict(set)
for e in practices.values():
    shared[period_of(local_day(e.at))] += 1
for e in sound:
    start, practice = period_of(local_day(e.at)), practices.get(e.target)
    if e.type == "content.viewed":
        some = [practice] if practice else [p for p in practices.values() if e.target is None and e.thread and p.thread == e.thread]
        viewed[start] |= {p.key for p in some if p.person != e.person}
    if e.type == "practice.reused" and practice and practice.person != e.person:
        reused[start].add(practice.key)
        if e.person:
            benefits[e.person].append(e.at)
    if e.type == "value.reported" and e.person:
        benefits[e.person].append(e.at)
for question_answers in filter(None, answers_of.values()):
    question = question_answers[0].question
    if question.person and question.is_counted:
        benefits[question.person].append(min(a.at for a in question_answers))
        benefits[question.person] += [accepting[a.key].at for a in question_answers if state.get(a.key) and accepting[a.key].person == question.person]
touches = {key: {local_day(e.at)} for key, e in practices.items()}
for e in sound:
    if e.type == "document.edited" and e.target in practices:
        touches[e.target].add(local_day(e.at))
    elif e.type == "practice.reused" and e.target in practices and practices[e.target].person != e.person:
        touches[e.target].add(local_day(e.at))
    elif e.type == "content.viewed":
        for practice in practices.values():
            if (e.target == practice.key or (e.target is None and e.thread and practice.thread == e.thread)) and practice.person != e.person:
                touches[practice.key].add(local_day(e.at))
for key, found in (("practices-viewed", viewed), ("practices-reused", reused)):
    for start, some in found.items():
        say(start, key, "python", value=len(some))
for start, count in shared.items():
    say(start, "practices-shared", "python", value=count)
benefit_days = {person: {local_day(at) for at in some} for person, some in benefits.items()}
start = period_of(first_on)
while start <= last_on:
    ends = min(start_of(next_period(start)), KNOWN_BY)
    last_day = min(next_period(start) - DAY, last_on)
    members = members_at(ends)
    seen = {p for p, days in activity.items() if min(days) < next_period(start)}
    recent = lambda days: any(0 <= (last_day - d).days < 90 for d in days)
    present = members if has_joins else {p for p in seen if recent(activity[p])}
    there = [days for key, days in touches.items() if local_day(practices[key].at) <= last_day]
    say_share(start, "practices-untouched-share", sum(not any(0 <= (last_day - d).days < 365 for d in days) for days in there), len(there))
    say_share(start, "observers-share", len(observed[start] & (members if has_joins else seen)), len(members if has_joins else seen))
    say_share(start, "benefit-share", sum(recent(benefit_days.get(p, ())) for p in present), len(present))
    start = next_period(start)
lag_rows = []
for person, at in first_observed.items():
    own = [c.at for c in counted if c.person == person]
    if not any(one < at for one in own):
        until = min(own, default=KNOWN_BY)
        lag_rows.append((period_of(local_day(at)).isoformat(), (until - at) / DAY, int(bool(own))))

# silences of more than 30 days between active days, and those that still last
known_on = local_day(KNOWN_BY - timedelta(microseconds=1))
silence_rows = []
for days in activity.values():
    ordered = sorted(days)
    for day, back in zip(ordered, ordered[1:] + [None]):
        length = ((back or known_on) - day).days
        if length > 30:
            silence_rows.append((period_of(known_on).isoformat(), length, int(back is not None)))


def write(name, header, rows):
    with open(f"{out}/{name}", "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)


write("python.csv", ["grain", "from_on", "key", "field", "value", "by"], results)
write("people.csv", ["from_on", "voice", "count"], people_rows)
write("edges.csv", ["from_on", "helper", "asker", "weight"], edge_rows)
write("lives.csv", ["from_on", "series", "entry", "exit", "is_gone"], lives_rows)
write("lags.csv", ["from_on", "days", "has_written"], lag_rows)
write("nodes.csv", ["from_on", "person"], node_rows)
write("silences.csv", ["from_on", "days", "is_back"], silence_rows)
write("waits.csv", ["from_on", "series", "hours", "is_answered"], wait_rows)
