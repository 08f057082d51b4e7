import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase } from './test-database.ts'
import { type AlertContent, alertContentSchema } from '../shared/contract/alert.ts'
import type { EventInput } from '../shared/contract/event.ts'
import { addDays } from '../shared/period.ts'
import { normaliseEvent } from '../server/ingest/normalise-event.ts'
import type { EventRow } from '../server/ingest/event-row.ts'
import { refreshCommunity } from '../server/jobs/refresh-community.ts'
import { appendEvents } from '../server/store/append-events.ts'
import { createCommunity } from '../server/store/communities.ts'
import type { Database } from '../server/store/connection.ts'
import type { AlertMaterial, Episode, Rule, RuleReading } from '../server/alerts/alert-rule.ts'
import { loadMaterial } from '../server/alerts/load-material.ts'
import { loadAnswerers, loadClosedWeeks, loadUnmet } from '../server/alerts/weekly/load-weeks.ts'
import { answeredShare } from '../server/alerts/rules/answered-share.ts'
import { newcomersUnanswered } from '../server/alerts/rules/newcomers-unanswered.ts'
import { onePerson } from '../server/alerts/rules/one-person.ts'

const ZONE = 'Asia/Kolkata'
/** A Sunday evening: the week is over soon, and not yet. */
const END = new Date('2025-06-29T15:00:00Z')
const WEEKS = 64
/** The weeks in which questions about pumps stay unanswered, and one person answers all others. */
const CHANGED = 52
const HOSTILE = 'pumps \u202e<b>& "valves"'
const HOUR = 3_600_000
const DAY = 24 * HOUR

let db: Database
let changed: AlertMaterial
let steady: AlertMaterial
beforeAll(async () => {
  db = await createTestDatabase()
  changed = await fill(rowsOf(eventsUntil(CHANGED)), 'Pumps \u202e& <i>valves</i>')
  steady = await fill(rowsOf(eventsUntil(WEEKS)), 'Steady')
}, 60_000)
afterAll(() => db.close())

/** Each week four questions about pumps and four of others; three of each four by newcomers. From week `last` on nobody answers the first, and one person the second. */
const eventsUntil = (last: number): EventInput[] => {
  const events: EventInput[] = []
  const begin = END.getTime() - WEEKS * 7 * DAY
  for (let week = 0; week < WEEKS; week++)
    for (let no = 0; no < 8; no++) {
      const at = begin + week * 7 * DAY + (no * 20 + 3) * HOUR
      const id = `q${week}-${no}`
      const asker = no % 4 === 3 ? `regular${no}` : `new${week}-${no}`
      const channel = no < 4 ? HOSTILE : 'general'
      const base = { source: 'forum', channel }
      const title = 'How do I stop the pump?'
      events.push({ ...base, id, type: 'question.asked', occurred_at: new Date(at).toISOString(), actor: { id: asker }, title })
      // one in sixteen waits for nine days even in good times
      const isLate = (week * 8 + no) % 16 === 5
      if (week >= last && no < 4) continue
      const helper = week >= last ? 'helper0' : `helper${(week + no) % 5}`
      const answered_at = new Date(at + (isLate ? 9 * DAY : 5 * HOUR))
      if (answered_at > END) continue
      events.push({
        ...base,
        id: `a${week}-${no}`,
        type: 'answer.posted',
        occurred_at: answered_at.toISOString(),
        actor: { id: helper },
        in_reply_to: id,
        thread_id: id,
        text: 'Close the valve first.',
      } as EventInput)
    }
  return events
}

const rowsOf = (events: readonly EventInput[]): EventRow[] =>
  events.map((event) => {
    const normalised = normaliseEvent(event, END)
    if (!normalised.ok) throw new Error(JSON.stringify([event, normalised.problems]))
    return normalised.ok
  })

const fill = async (rows: EventRow[], name: string): Promise<AlertMaterial> => {
  const community = await createCommunity(db, { slug: `c-${randomUUID()}`, name, time_zone: ZONE, now: END })
  if (community === null) throw new Error('the slug is taken')
  const { community_id: communityId } = community
  await appendEvents(db, { communityId, batchId: randomUUID(), rows, onConflict: 'report', dryRun: false, receivedAt: END })
  await refreshCommunity(db, communityId, { now: END })
  const found = await loadMaterial(db.pool, community, END)
  if (found === null) throw new Error('no numbers')
  return found.material
}

const read = (rule: Rule, material: AlertMaterial, kept: Parameters<Rule['read']>[2]['kept'] = []): Promise<RuleReading> =>
  rule.read(db.pool, material, { strictness: 1, kept })
const valueOn = (reading: RuleReading, series: string, on: string) =>
  reading.series.find(({ id }) => id === series)?.weeks.find((week) => week.on === on)?.value

/** What an alert may not hold, and whether it is one. */
const expectTold = (content: AlertContent) => {
  expect(alertContentSchema.parse(content)).toEqual(content)
  // what the community is called is laid out by who shows it; nothing else brings what turns text round
  const told = JSON.stringify({ ...content, community: null })
  expect(told).not.toMatch(/\u202e|helper\d|regular\d|new\d/)
  expect(told).not.toMatch(/NaN|Infinity|undefined|\bnull of\b/)
  expect(content.subject.length).toBeLessThan(140)
  for (const { path } of content.look_first) expect(path).toMatch(/^\/c\/c-[0-9a-f-]+\//)
}

describe('one share a week, as the tables have it', () => {
  it('answered within seven days, a week after the asking', async () => {
    const reading = await read(answeredShare, changed)
    expect(reading.periods.length).toBe(WEEKS - 1)
    const { rows } = await db.pool.query<{ on: string; asked: number; answered: number }>(
      `select q.on + 7 as on, count(*)::int as asked, count(*) filter (where a.at <= q.at + interval '168 hours')::int as answered
       from (
         select event_key, occurred_at as at, date_trunc('week', occurred_at at time zone $2)::date as on
         from contribution where community_id = $1 and kind = 'question'
       ) q
       left join lateral (
         select min(occurred_at) as at from contribution where community_id = $1 and question_key = q.event_key
       ) a on true
       group by 1 order by 1`,
      [changed.communityId, ZONE],
    )
    const asked = new Map(rows.map((row) => [row.on, row]))
    let checked = 0
    for (const { on } of reading.periods.slice(9)) {
      const last = Array.from({ length: 8 }, (_, i) => asked.get(addDays(on, -7 * i)))
      const [all, answered] = [
        last.reduce((sum, row) => sum + (row?.asked ?? 0), 0),
        last.reduce((sum, row) => sum + (row?.answered ?? 0), 0),
      ]
      expect(valueOn(reading, 'share', on), on).toBe(Number(((100 * answered) / all).toFixed(1)))
      expect(valueOn(reading, 'of', on), on).toBe(asked.get(on)?.asked)
      checked++
    }
    expect(checked).toBeGreaterThan(50)
  })
  it('of whoever gave most answers in eight weeks', async () => {
    const reading = await read(onePerson, changed)
    const { rows } = await db.pool.query<{ on: string; person_id: string; given: number }>(
      `select date_trunc('week', occurred_at at time zone $2)::date as on, person_id, count(*)::int as given
       from contribution where community_id = $1 and kind = 'answer' group by 1, 2`,
      [changed.communityId, ZONE],
    )
    for (const { on } of reading.periods.slice(9)) {
      const people = new Map<string, number>()
      for (const row of rows)
        if (row.on <= on && row.on > addDays(on, -56)) people.set(row.person_id, (people.get(row.person_id) ?? 0) + row.given)
      const all = [...people.values()].reduce((sum, given) => sum + given, 0)
      expect(valueOn(reading, 'share', on), on).toBe(Number(((100 * Math.max(...people.values())) / all).toFixed(1)))
    }
  })
})

describe('a change', () => {
  const only = (reading: RuleReading): Episode => {
    expect(reading.episodes).toHaveLength(1)
    return reading.episodes[0] as Episode
  }
  it('of the answered share names the channel that carries it', async () => {
    const reading = await read(answeredShare, changed)
    const episode = only(reading)
    const told = await reading.tell(episode, 'began', episode.began_on)
    expectTold(told)
    expect(told.subject).toMatch(/^Pumps & <i>valves<\/i>: fewer questions answered since April \(\d+ of \d+\)$/)
    expect(told.driver).toMatchObject({ is_found: true, parts: [{ of: 'Channel', label: 'pumps <b>& "valves"' }, { of: 'Answerer' }] })
    expect(told.driver?.sentence).toMatch(
      /^Most of it is in “pumps <b>& "valves"”: there \d+ of \d+ stayed without an answer, in the other channels/,
    )
    expect(told.figures[0]?.label).toBe('Answered within seven days')
    expect(told.chart?.weeks).toHaveLength(26)
    expect(told.look_first[0]?.path).toBe(`/c/${changed.slug}/helping#open-questions`)
    expect(told.on).toBe(episode.began_on)
    // the same, known later: the state of then
    const last = reading.periods.at(-1)?.on as string
    const later = await reading.tell(episode, 'began', last)
    expectTold(later)
    expect(later.on).toBe(last)
    expect(later.sentences[1]).toBe('The change shows since about the week of 7 April 2025.')
    expect(later.sentences[2]).toContain('It was noticed in the week of')
    expect(reading.sentence).toMatch(/^It stands: /)
    expect(reading.cannot_judge).toBeNull()
  })
  it('of newcomers is told as the metric counts them', async () => {
    const reading = await read(newcomersUnanswered, changed)
    const episode = only(reading)
    const told = await reading.tell(episode, 'began', episode.began_on)
    expectTold(told)
    expect(told.driver?.is_found).toBe(true)
    const { rows } = await db.pool.query<{ of: number; unmet: number }>(
      `select count(*)::int as of, count(*) filter (where first_reply_at is null or first_reply_at > started_at + interval '168 hours')::int as unmet
       from first_start where community_id = $1 and started_at >= $2::date::timestamp at time zone $4 and started_at < $3::date::timestamp at time zone $4`,
      [changed.communityId, addDays(episode.began_on, -56), episode.began_on, ZONE],
    )
    expect(told.figures[0]?.now).toBe(`${rows[0]?.unmet} of ${rows[0]?.of}\u00a0first questions and posts`)
  })
  it('of the top person says whether others answer less, and names nobody', async () => {
    const reading = await read(onePerson, changed)
    const episode = only(reading)
    const told = await reading.tell(episode, 'began', episode.began_on)
    expectTold(told)
    expect(told.headline).toMatch(/^One person has given most of the answers since April: \d+ of \d+, where \w+ would be usual\.$/)
    expect(told.driver).toMatchObject({
      is_found: true,
      parts: [{ label: 'The others answer less' }, { label: 'The top person answers more' }],
    })
  })
  it('is told when it becomes worse, and when it is over', async () => {
    for (const rule of [answeredShare, newcomersUnanswered, onePerson]) {
      const reading = await read(rule, changed)
      const episode = only(reading)
      const last = reading.periods.at(-1)?.on as string
      const worse = await reading.tell(episode, 'clearly_worse', last)
      expectTold(worse)
      expect(worse.headline).toMatch(/^Still .*: \d+ of \d+, where \w+ used to be usual\.$/)
      expect(worse.sentences[1]).toMatch(/^It was first noticed in the week of .*, and has become clearly worse since\.$/)
      const over = await reading.tell(episode, 'recovered', last)
      expectTold(over)
      expect(over.headline).toMatch(/ again: .*\d+ of \d+/)
      expect(over.driver).toBeNull()
      expect(over.how_sure).toBe('Most of the change is undone, four weeks running.')
    }
  })
  it('that is no more is taken back in words', async () => {
    for (const rule of [answeredShare, newcomersUnanswered, onePerson]) {
      const then = await read(rule, changed)
      const episode = only(then)
      const kept = { began_on: episode.began_on, ended_on: null, content: await then.tell(episode, 'began', episode.began_on) }
      const now = await read(rule, steady, [kept])
      expect(now.episodes).toEqual([])
      const content = await now.tellWithdrawn(kept)
      expectTold(content)
      expect(content.sentences[1]).toContain('within what is usual')
    }
  })
  it('does not begin where nothing changes', async () => {
    for (const rule of [answeredShare, newcomersUnanswered, onePerson]) expect((await read(rule, steady)).episodes, rule.id).toEqual([])
  })
})

describe('what cannot be judged', () => {
  it('says that threads are inferred, and that nothing is told', async () => {
    for (const rule of [answeredShare, newcomersUnanswered, onePerson]) {
      const reading = await read(rule, { ...changed, context: { ...changed.context, threads: 'inferred' } })
      expect(reading.cannot_judge, rule.id).toContain('inferred')
      expect(reading.episodes).toEqual([])
      expect(reading.periods.every(({ statistic, reason }) => statistic === null && reason !== null)).toBe(true)
      const untold = await read(rule, { ...changed, context: { ...changed.context, canTell: () => false } })
      expect(untold.cannot_judge).toMatch(/^No source tells/)
    }
  })
  it('says how much history it takes', async () => {
    const young = { ...changed, overUntil: addDays(changed.firstOn, 100) }
    expect((await read(answeredShare, young)).cannot_judge).toBe('It takes 34\u00a0weeks of history; there are 13.')
    expect((await read(newcomersUnanswered, young)).cannot_judge).toContain('The first 13 weeks do not count')
    expect((await read(onePerson, { ...changed, overUntil: changed.firstOn })).periods).toEqual([])
  })
})

it('knows nothing of a week that was cut off, nor of the questions that could have been answered in it', async () => {
  const weeks = await loadClosedWeeks(db.pool, changed)
  const cut = weeks.map((week, i) => ({ ...week, is_cut: i === 30 }))
  const [known, unknown] = [
    await loadUnmet(db.pool, changed, weeks, 'answered-share'),
    await loadUnmet(db.pool, changed, cut, 'answered-share'),
  ]
  expect(known.slice(1).every(({ share }) => share !== null)).toBe(true)
  expect(unknown.flatMap(({ share }, i) => (share === null ? [i] : []))).toEqual([0, 30, 31])
  const given = await loadAnswerers(db.pool, changed, cut)
  expect(given.flatMap(({ all }, i) => (all === null ? [i] : []))).toEqual([30])
})

it('says which source began in the weeks judged or before', async () => {
  const reading = await read(answeredShare, {
    ...changed,
    context: {
      ...changed.context,
      sources: [
        ...changed.context.sources,
        {
          source: 'new \u202echat',
          tells: [],
          cannot_tell: [],
          first_event_at: '2025-01-07T00:00:00Z',
          last_event_at: null,
          event_count: 1,
        },
      ],
    },
  })
  const [episode] = reading.episodes as [Episode]
  const told = await reading.tell(episode, 'began', episode.began_on)
  expectTold(told)
  expect(told.caveats[0]).toBe('“new chat” has told of it since 7 January 2025: what a new source adds counts like a change.')
})

it('answers in threads alone count where there are chats too', async () => {
  const both = { ...changed, context: { ...changed.context, threads: 'both' as const } }
  const [said, all] = [await read(onePerson, both), await read(onePerson, changed)]
  // nothing is inferred here, so both count the same
  expect(said.series).toEqual(all.series)
})
