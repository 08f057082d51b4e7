"""The numbers of same-numbers.sql as one would write them in a notebook: pandas for tables, networkx for the graph.

Called with the file of events; prints one JSON object: seconds from opening the file, and how many numbers came out.
"""
import json
import math
import sys
import time

import networkx as nx
import pandas as pd

CONTRIBUTIONS = ['question.asked', 'answer.posted', 'reply.posted', 'post.published', 'announcement.published',
                 'document.edited', 'task.completed']
GRAINS = {'day': 'D', 'week': 'W-SUN', 'month': 'M'}


def concentration(people):
    shares = people.value_counts(normalize=True)
    squares = float((shares ** 2).sum())
    entropy = -sum(p * math.log(p) for p in shares)
    return [float(shares.iloc[0]), squares, math.exp(entropy), 1 / squares] if len(shares) else []


def median_wait(waits, is_answered):
    """Kaplan-Meier: the first time by which half are answered."""
    at_risk, survival = len(waits), 1.0
    for seconds, answered in sorted(zip(waits, is_answered), key=lambda pair: (pair[0], not pair[1])):
        if answered:
            survival *= 1 - 1 / at_risk
            if survival <= 0.5 + 1e-12:
                return [seconds]
        at_risk -= 1
    return [None]


def category(thread):
    if thread.opening in ('document.edited', 'task.completed'):
        return 'work'
    if thread.opening == 'question.asked':
        return 'help'
    if thread.opening == 'announcement.published':
        return 'news'
    return 'discussion' if thread.people > 1 else 'broadcast'


began = time.perf_counter()
events = []
with open(sys.argv[1], encoding='utf-8') as file:
    for line in file:
        one = json.loads(line)
        events.append((one['id'], one['type'], one['occurred_at'], (one.get('actor') or {}).get('id'),
                       one.get('thread_id') or one['id'], one.get('in_reply_to')))
events = pd.DataFrame(events, columns=['id', 'type', 'at', 'person', 'thread', 'target'])
events['at'] = pd.to_datetime(events['at']).dt.tz_localize(None)
last = events['at'].max()

contributions = events[events['type'].isin(CONTRIBUTIONS)].sort_values('at')
threads = contributions.groupby('thread').agg(opening=('type', 'first'), host=('person', 'first'), start=('id', 'first'),
                                              people=('person', 'nunique'))
threads['category'] = [category(thread) for thread in threads.itertuples()]
named = contributions.join(threads, on='thread')
named['is_start'] = named['id'] == named['start']
named['is_answer'] = (named['type'] == 'answer.posted') & (named['person'] != named['host'])

questions = contributions[contributions['type'] == 'question.asked']
replies = contributions[contributions['type'].isin(['answer.posted', 'reply.posted'])]
pairs = questions.merge(replies, left_on='id', right_on='target', suffixes=('', '_reply'))
pairs = pairs[(pairs['person'] != pairs['person_reply']) & (pairs['at_reply'] >= pairs['at'])]
first = pairs.sort_values('at_reply').groupby('id').agg(answered_at=('at_reply', 'first'), helper=('person_reply', 'first'))
episodes = questions.join(first, on='id')
episodes['seconds'] = (episodes['answered_at'].fillna(last) - episodes['at']).dt.total_seconds()
moves = events[events['type'].isin(['member.joined', 'member.left'])]

numbers = 0
for frequency in GRAINS.values():
    for _, rows in named.groupby(named['at'].dt.to_period(frequency)):
        found = [len(rows), int(rows['is_start'].sum()), int(rows['is_answer'].sum()), rows['person'].nunique()]
        mix = rows['category'].value_counts()
        found += [int(mix.get(name, 0)) for name in ('help', 'discussion', 'broadcast', 'news', 'work')]
        for part in (rows, rows[rows['is_start']], rows[rows['is_answer']]):
            found += concentration(part['person'])
        found.append(float(rows['host'].value_counts(normalize=True).iloc[0]))
        numbers += len(found)
    for _, rows in episodes.groupby(episodes['at'].dt.to_period(frequency)):
        is_answered = rows['answered_at'].notna()
        found = [len(rows), int(is_answered.sum()), int((rows['answered_at'] <= rows['at'] + pd.Timedelta(days=7)).sum())]
        found += median_wait(rows['seconds'], is_answered)
        numbers += len(found)
    answered = episodes[episodes['helper'].notna()]
    for _, rows in answered.groupby(answered['answered_at'].dt.to_period(frequency)):
        graph = nx.from_pandas_edgelist(rows, 'helper', 'person', create_using=nx.DiGraph)
        numbers += 1 if nx.overall_reciprocity(graph) >= 0 else 0
    period = moves['at'].dt.to_period(frequency)
    joins = (moves['type'] == 'member.joined').groupby(period).sum()
    leavers = (moves['type'] == 'member.left').groupby(period).sum()
    members = (joins - leavers).cumsum()
    numbers += len(joins) + len(leavers) + len(members)

print(json.dumps({'seconds': time.perf_counter() - began, 'number_count': numbers}))
