import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AlertNotice } from '../../shared/contract/alert.ts'
import { addDays, daysBetween } from '../../shared/period.ts'
import type { Episode } from './alert-rule.ts'
import { type Action, type Reconciled, reconcile, type StoredAlert } from './reconcile.ts'

const MONDAY = '2024-01-01'
const week = (n: number): string => addDays(MONDAY, 7 * n)
const weekNo = (day: string): number => daysBetween(MONDAY, day) / 7

const episode = (began: number, ended: number | null = null, more: Partial<Episode> = {}): Episode => ({
  began_on: week(began),
  worse_on: [],
  ended_on: ended === null ? null : week(ended),
  ending: ended === null ? null : 'recovered',
  ...more,
})
const readingOf = (last: number, episodes: Episode[], cannot_judge: string | null = null): Reconciled['reading'] => ({
  periods: Array.from({ length: last + 1 }, (_, n) => ({ on: week(n), statistic: 0, is_standing: false, notice: null, reason: null })),
  episodes,
  cannot_judge,
})

type World = { stored: StoredAlert[]; mails: { alert_id: string; notice: AlertNotice; on: string }[] }
const emptyWorld = (): World => ({ stored: [], mails: [] })

/** Does what was decided, as plainly as can be. */
const apply = (world: World, actions: readonly Action[], isSnoozed: boolean): World => {
  const stored = world.stored.map((alert) => ({ ...alert, notices: [...alert.notices] }))
  const mails = [...world.mails]
  const find = (id: string) => stored.find((alert) => alert.alert_id === id) as StoredAlert
  const tell = (alert: StoredAlert, notice: AlertNotice, on: string) => {
    alert.notices.push({ notice, noticed_on: on, sent: isSnoozed ? 'held' : 'sent' })
    if (!isSnoozed) mails.push({ alert_id: alert.alert_id, notice, on })
  }
  const drop = (alert: StoredAlert) => {
    alert.notices = alert.notices.map((one) => (one.sent === 'held' ? { ...one, sent: 'history' } : one))
  }
  for (const action of actions) {
    if (action.do === 'open' || action.do === 'keep') {
      const alert: StoredAlert = {
        alert_id: `alert of ${action.episode.began_on}`,
        began_on: action.episode.began_on,
        ended_on: action.episode.ended_on,
        state: action.do === 'open' ? 'open' : action.state,
        is_history: action.do === 'keep',
        is_said: false,
        notices: [],
      }
      expect(stored.map(({ began_on }) => began_on)).not.toContain(alert.began_on)
      if (action.do === 'open') tell(alert, 'began', action.on)
      else alert.notices.push({ notice: 'began', noticed_on: action.on, sent: 'history' })
      stored.push(alert)
    } else {
      const alert = find(action.alert_id)
      if (action.do === 'forget') stored.splice(stored.indexOf(alert), 1)
      if (action.do === 'revise' || action.do === 'close') Object.assign(alert, { state: action.state, ended_on: action.ended_on })
      if (action.do === 'close' || action.do === 'withdraw') drop(alert)
      if (action.do === 'close' && action.told) tell(alert, action.told.notice, action.told.on)
      if (action.do === 'resume') Object.assign(alert, { state: 'open', ended_on: null })
      if (action.do === 'withdraw') {
        Object.assign(alert, { state: 'withdrawn', ended_on: action.ended_on })
        if (action.is_told) tell(alert, 'withdrawn', action.ended_on)
      }
      if (action.do === 'worsen') {
        Object.assign(alert, { is_history: false, state: 'open', ended_on: null })
        if (!isSnoozed) drop(alert)
        tell(alert, 'clearly_worse', action.on)
      }
      if (action.do === 'tell_end') {
        const held = alert.notices.find((one) => one.notice === action.notice && one.noticed_on === action.of && one.sent === 'held')
        Object.assign(held as object, { sent: 'sent' })
        mails.push({ alert_id: alert.alert_id, notice: action.notice, on: action.of })
      }
      if (action.do === 'release') {
        const held = alert.notices.find((one) => one.notice === action.notice && one.noticed_on === action.of && one.sent === 'held')
        Object.assign(held as object, { sent: 'sent', noticed_on: action.on })
        drop(alert)
        mails.push({ alert_id: alert.alert_id, notice: action.notice, on: action.on })
      }
    }
    // the store would refuse it
    expect(stored.filter(({ state }) => state === 'open').length).toBeLessThan(2)
    for (const { notices } of stored) {
      const keys = notices.map(({ notice, noticed_on }) => (notice === 'clearly_worse' ? `${notice} ${noticed_on}` : notice))
      expect(new Set(keys).size).toBe(keys.length)
    }
  }
  return { stored, mails }
}

type Judgement = Partial<Omit<Reconciled, 'stored' | 'reading'>> & { last: number; episodes: Episode[]; cannot_judge?: string | null }

const decide = (world: World, { last, episodes, cannot_judge = null, ...more }: Judgement): Action[] =>
  reconcile({
    grain: 'week',
    watched_from: week(10),
    is_first: false,
    other_rules_until: null,
    is_snoozed: false,
    ...more,
    reading: readingOf(last, episodes, cannot_judge),
    stored: world.stored,
  })

const judge = (world: World, judgement: Judgement): World => apply(world, decide(world, judgement), judgement.is_snoozed ?? false)
const play = (judgements: Judgement[]): World => judgements.reduce(judge, emptyWorld())
const told = ({ mails }: World) => mails.map(({ notice, on }) => `${notice} ${weekNo(on)}`)
const states = ({ stored }: World) => stored.map(({ state, began_on }) => `${state} ${weekNo(began_on)}`)

const WORSE = { worse_on: [week(30)] }

describe('what is told of a reading', () => {
  it('is nothing the first time: all of it is history, what stands as well', () => {
    const world = play([{ last: 9, is_first: true, episodes: [episode(1, 4), episode(6)] }])
    expect(told(world)).toEqual([])
    expect(states(world)).toEqual(['recovered 1', 'open 6'])
    expect(world.stored.every(({ is_history }) => is_history)).toBe(true)
  })

  it('is that it began, that it got clearly worse, and that it recovered, each once', () => {
    const seen = (last: number): Episode[] => (last < 12 ? [] : [episode(12, last >= 40 ? 40 : null, last >= 30 ? WORSE : {})])
    const judgements = Array.from({ length: 40 }, (_, n) => ({ last: 10 + n, episodes: seen(10 + n) }))
    expect(told(play(judgements.flatMap((one) => [one, one])))).toEqual(['began 12', 'clearly_worse 30', 'recovered 40'])
  })

  it('is nothing when it settles', () => {
    const world = play([
      { last: 12, episodes: [episode(12)] },
      { last: 64, episodes: [episode(12, 64, { ending: 'settled' })] },
    ])
    expect(told(world)).toEqual(['began 12'])
    expect(states(world)).toEqual(['settled 12'])
  })

  it('is its present state after weeks in which nobody looked, once', () => {
    const world = play([
      { last: 11, episodes: [] },
      { last: 33, episodes: [episode(12, null, WORSE)] },
      { last: 34, episodes: [episode(12, null, WORSE)] },
    ])
    expect(told(world)).toEqual(['began 33'])
    expect(world.stored[0]?.began_on).toBe(week(12))
  })

  it('is nothing of what began and ended while nobody looked', () => {
    const world = play([
      { last: 11, episodes: [] },
      { last: 33, episodes: [episode(12, 20)] },
    ])
    expect(told(world)).toEqual([])
    expect(states(world)).toEqual(['recovered 12'])
    expect(world.stored[0]?.is_history).toBe(true)
  })

  it('is told late where late events show it, while it stands', () => {
    const world = play([
      { last: 20, episodes: [] },
      { last: 20, episodes: [episode(14)] },
    ])
    expect(told(world)).toEqual(['began 20'])
  })

  it('is that it is withdrawn where late events undo it, once, and never again the same', () => {
    const world = play([
      { last: 12, episodes: [episode(12)] },
      { last: 13, episodes: [] },
      { last: 14, episodes: [] },
      { last: 15, episodes: [episode(12)] },
      { last: 16, episodes: [] },
    ])
    expect(told(world)).toEqual(['began 12', 'withdrawn 13'])
    expect(states(world)).toEqual(['withdrawn 12'])
  })

  it('is a new alert where what was withdrawn stands all the same for as long as a begin may move', () => {
    const again = Array.from({ length: 12 }, (_, n) => ({ last: 14 + n, episodes: [episode(12)] }))
    const world = play([{ last: 12, episodes: [episode(12)] }, { last: 13, episodes: [] }, ...again])
    expect(told(world)).toEqual(['began 12', 'withdrawn 13', 'began 22'])
    expect(states(world)).toEqual(['withdrawn 12', 'open 22'])
  })

  it('is nothing where late events move its begin by some weeks', () => {
    const moved = [12, 11, 14, 9, 12, 20].map((began, n) => ({ last: 20 + n, episodes: [episode(began)] }))
    expect(told(play([{ last: 12, episodes: [episode(12)] }, ...moved]))).toEqual(['began 12'])
  })

  it('is a new one where the next begins after the last was over', () => {
    const world = play([
      { last: 12, episodes: [episode(12)] },
      { last: 22, episodes: [episode(12, 22)] },
      { last: 23, episodes: [episode(12, 22), episode(23)] },
    ])
    expect(told(world)).toEqual(['began 12', 'recovered 22', 'began 23'])
  })

  it('is both where one ended and the next began while nobody looked', () => {
    const world = play([
      { last: 12, episodes: [episode(12)] },
      { last: 40, episodes: [episode(12, 22), episode(35)] },
    ])
    expect(told(world)).toEqual(['began 12', 'recovered 22', 'began 40'])
  })

  it('is that history got worse, from then on as of any other', () => {
    const world = play([
      { last: 9, is_first: true, episodes: [episode(6)] },
      { last: 29, episodes: [episode(6)] },
      { last: 30, episodes: [episode(6, null, WORSE)] },
      { last: 44, episodes: [episode(6, 44, WORSE)] },
    ])
    expect(told(world)).toEqual(['clearly_worse 30', 'recovered 44'])
    expect(world.stored[0]?.is_history).toBe(false)
  })

  it('is nothing of history that recovers, or is not there any more', () => {
    const first: Judgement = { last: 9, is_first: true, episodes: [episode(6)] }
    const recovered = play([first, { last: 15, episodes: [episode(6, 15)] }])
    const gone = play([first, { last: 15, episodes: [] }])
    expect([...told(recovered), ...told(gone)]).toEqual([])
    expect([...states(recovered), ...states(gone)]).toEqual(['recovered 6'])
  })

  it('keeps history of which somebody has said something', () => {
    const world = play([{ last: 9, is_first: true, episodes: [episode(3, 7)] }])
    const said = { ...world, stored: world.stored.map((alert) => ({ ...alert, is_said: true })) }
    expect(states(judge(said, { last: 15, episodes: [] }))).toEqual(['recovered 3'])
  })

  it('is nothing while nothing can be judged, or where the newest events were erased', () => {
    const open: Judgement = { last: 30, episodes: [episode(28)] }
    const world = play([
      open,
      { last: 30, episodes: [], cannot_judge: 'too young' },
      { last: -1, episodes: [] },
      { last: 20, episodes: [] },
      open,
    ])
    expect(told(world)).toEqual(['began 30'])
    expect(states(world)).toEqual(['open 28'])
  })

  it('is nothing of what other limits or rules find in periods that were judged', () => {
    const before: Judgement = { last: 30, episodes: [] }
    const other = { last: 30, other_rules_until: week(30) }
    expect(told(play([before, { ...other, episodes: [episode(25)] }]))).toEqual([])
    expect(told(play([before, { ...other, last: 31, episodes: [episode(31)] }]))).toEqual(['began 31'])
  })
})

describe('while it is snoozed', () => {
  const isSnoozed = { is_snoozed: true }

  it('nobody is told, and what is held is told once when that is over, as it stands then', () => {
    const world = play([
      { last: 12, episodes: [episode(12)], ...isSnoozed },
      { last: 30, episodes: [episode(12, null, WORSE)], ...isSnoozed },
      { last: 33, episodes: [episode(12, null, WORSE)] },
      { last: 34, episodes: [episode(12, null, WORSE)] },
    ])
    expect(told(world)).toEqual(['began 33'])
  })

  it('what got worse is held, and told once', () => {
    const worse = { worse_on: [week(30), week(50)] }
    const world = play([
      { last: 12, episodes: [episode(12)] },
      { last: 30, episodes: [episode(12, null, WORSE)], ...isSnoozed },
      { last: 50, episodes: [episode(12, null, worse)], ...isSnoozed },
      { last: 52, episodes: [episode(12, null, worse)] },
      { last: 53, episodes: [episode(12, null, worse)] },
    ])
    expect(told(world)).toEqual(['began 12', 'clearly_worse 52'])
  })

  it('what ends is told once that is over, to who had been told that it began', () => {
    const worse = episode(12, null, WORSE)
    for (const [last, missing] of [
      [episode(12, 35, WORSE), 'recovered 35'],
      [episode(12, 35, { ...WORSE, ending: 'passed' }), 'passed 35'],
      [null, 'withdrawn 36'],
    ] as const) {
      const episodes = last === null ? [] : [last]
      const world = play([
        { last: 12, episodes: [episode(12)] },
        { last: 30, episodes: [worse], ...isSnoozed },
        { last: 36, episodes, ...isSnoozed },
        { last: 37, episodes },
        { last: 38, episodes },
      ])
      expect(told(world)).toEqual(['began 12', missing])
      expect(world.stored[0]?.notices.map(({ sent }) => sent)).toEqual(['sent', 'history', 'sent'])
    }
  })

  it('what ends and was never told is not told, neither then nor afterwards', () => {
    const world = play([
      { last: 12, episodes: [episode(12)], ...isSnoozed },
      { last: 22, episodes: [episode(12, 22)], ...isSnoozed },
      { last: 23, episodes: [episode(12, 22)] },
    ])
    expect(told(world)).toEqual([])
    expect(states(world)).toEqual(['recovered 12'])
  })
})

describe('switched off and on', () => {
  const off = (world: World, last: number): World => ({
    ...world,
    stored: world.stored.map((alert) => (alert.state === 'open' ? { ...alert, state: 'switched_off', ended_on: week(last) } : alert)),
  })
  const on: Partial<Judgement> = { is_first: true, watched_from: week(31) }

  it('goes on with what was told and still stands, and tells how it ends', () => {
    const world = off(play([{ last: 12, episodes: [episode(12)] }]), 14)
    const resumed = judge(world, { ...on, last: 30, episodes: [episode(12)] })
    expect(states(resumed)).toEqual(['open 12'])
    expect(told(judge(resumed, { last: 33, episodes: [episode(12, 33)] }))).toEqual(['began 12', 'recovered 33'])
  })

  it('takes what began or ended meanwhile for history', () => {
    const world = off(play([{ last: 12, episodes: [episode(12)] }]), 14)
    const resumed = judge(world, { ...on, last: 30, episodes: [episode(12, 17), episode(25)] })
    expect(states(resumed)).toEqual(['switched_off 12', 'open 25'])
    expect(told(resumed)).toEqual(['began 12'])
  })
})

// whatever a rule reads from one day to the next
const episodesUntil = (last: number) =>
  fc
    .array(fc.record({ gap: fc.nat(20), length: fc.nat(25), ending: fc.constantFrom('recovered', 'passed', 'settled') }), { maxLength: 5 })
    .map((spans) => {
      const episodes: Episode[] = []
      let at = 0
      for (const { gap, length, ending } of spans) {
        const began = at + gap
        if (began > last) break
        const ended = began + length + 1
        const worse_on = [16, 33].map((n) => began + n).filter((n) => n <= last && n < ended)
        const isOver = ended <= last
        episodes.push({
          began_on: week(began),
          worse_on: worse_on.map(week),
          ended_on: isOver ? week(ended) : null,
          ending: isOver ? (ending as Episode['ending']) : null,
        })
        at = ended + 1
      }
      return episodes
    })
const judgementsOf = fc
  .array(
    fc.integer({ min: 8, max: 70 }).chain((last) =>
      fc.record({
        last: fc.constant(last),
        episodes: episodesUntil(last),
        is_snoozed: fc.boolean(),
        cannot_judge: fc.option(fc.constant('too young'), { freq: 6 }),
        other_rules_until: fc.option(fc.constant(week(last)), { freq: 6 }),
      }),
    ),
    { minLength: 1, maxLength: 12 },
  )
  .map((all) => all.map((one, n) => ({ ...one, is_first: n === 0 })))

describe('whatever is read from one day to the next', () => {
  it('what is decided and done leaves nothing to decide, and nothing is told twice or before it began', () => {
    fc.assert(
      fc.property(judgementsOf, (judgements) => {
        let world = emptyWorld()
        for (const judgement of judgements) {
          const before = world
          world = judge(world, judgement)
          expect(decide(world, { ...judgement, is_first: false })).toEqual([])
          const news = world.mails.slice(before.mails.length)
          if (judgement.is_first || judgement.is_snoozed) expect(news).toEqual([])
          // one mail about an alert at a time
          expect(new Set(news.map(({ alert_id }) => alert_id)).size).toBe(news.length)
        }
        for (const { alert_id } of world.mails) {
          const own = world.mails.filter((mail) => mail.alert_id === alert_id).map(({ notice }) => notice)
          const ends = own.filter((notice) => notice !== 'began' && notice !== 'clearly_worse')
          expect(own.filter((notice) => notice === 'began').length).toBeLessThan(2)
          // told to be over at most once, and nothing after it
          expect(ends.length).toBeLessThan(2)
          if (ends.length > 0) expect(own.indexOf(ends[0] as AlertNotice)).toBe(own.length - 1)
          expect(['began', 'clearly_worse']).toContain(own[0])
        }
      }),
      { numRuns: 150 },
    )
  })

  it('what stands is watched: somebody was told, or it is history, held, or was told to be over a short while ago', () => {
    fc.assert(
      fc.property(judgementsOf, (judgements) => {
        let world = emptyWorld()
        for (const judgement of judgements) {
          world = judge(world, judgement)
          const standing = judgement.episodes.find(({ ended_on }) => ended_on === null)
          if (standing === undefined || judgement.cannot_judge !== null) continue
          const isOpen = world.stored.some(({ state }) => state === 'open')
          const isJustOver = world.stored.some(
            ({ ended_on }) => ended_on !== null && Math.abs(daysBetween(ended_on, week(judgement.last))) <= 56,
          )
          // time may also run backwards: then what was over later than now says nothing yet
          const isLaterOver = world.stored.some(({ ended_on }) => ended_on !== null && ended_on > week(judgement.last))
          expect(isOpen || isJustOver || isLaterOver).toBe(true)
        }
      }),
      { numRuns: 150 },
    )
  })
})
