/** What is told of members removed or imported at once, in words. Pure. */
import type { AlertContent } from '../../../shared/contract/alert.ts'
import { formatCount, formatDay, joinWords, sayCountOf, startSentence } from '../../../shared/format.ts'
import { addDays, periodOfDay } from '../../../shared/period.ts'
import { plainLine } from '../../../shared/plain-text.ts'
import { sayAlarmRate } from '../../../shared/say-alarm-rate.ts'
import { BULK_RULE } from '../../metrics/measured.ts'
import type { ToldAct } from './follow-acts.ts'

export type ActsTold = {
  frame: Pick<AlertContent, 'rule' | 'notice' | 'community' | 'on' | 'known_by' | 'chart' | 'evidence_path'>
  acts: readonly ToldAct[]
  /** People who leave, or join, in a week as is usual; null where too few weeks are known. */
  usual: (what: ToldAct['what']) => number | null
  a_year: number
}

const NAME_LENGTH = 60
/** Fewer than so many are not told apart from none. */
const SMALL_GROUP = 5
const members = (count: number): string => `${formatCount(count)} ${count === 1 ? 'member' : 'members'}`
const done = ({ what, count }: ToldAct): string => `${members(count)} were ${what} at once`

/** How many of them were undone: a handful that was not is not counted out. */
const sayUndone = ({ what, count, brought_back }: ToldAct): string | null => {
  if (brought_back === null) return null
  const day = formatDay(brought_back.on)
  if (!brought_back.is_same_people)
    return `About as many, ${formatCount(brought_back.count)}, were imported on ${day}: by the look of it the same list under other accounts.`
  const many = count - brought_back.count < SMALL_GROUP ? 'nearly all of them' : `${formatCount(brought_back.count)} of them`
  return what === 'removed'
    ? `By ${day} most were members again, ${many} within two weeks.`
    : `By ${day} most had been taken out again, ${many} within two weeks.`
}

const sayWhole = (act: ToldAct): string =>
  act.brought_back === null
    ? done(act)
    : act.what === 'removed'
      ? `${members(act.count)} were removed and brought back`
      : `${members(act.count)} were imported and taken out again`

const headlineOf = (acts: readonly ToldAct[]): string => joinWords(acts.map((act) => `${sayWhole(act)} on ${formatDay(act.on)}`))

const figuresOf = ({ acts, usual }: ActsTold): AlertContent['figures'] =>
  acts.map((act) => {
    const mean = usual(act.what)
    const verb = act.what === 'removed' ? 'leave' : 'join'
    const rate =
      mean === null
        ? null
        : mean < 0.5
          ? `hardly anybody ${verb}s in a week`
          : `about ${formatCount(Math.round(mean))} ${Math.round(mean) === 1 ? `${verb}s` : verb} in a week`
    return {
      label: act.what === 'removed' ? 'Removed at once' : 'Imported at once',
      now: `${formatCount(act.count)} within one minute, of ${formatCount(act.week_count)} who ${act.what === 'removed' ? 'left' : 'joined'} in the week`,
      usual: rate ?? 'not known yet',
      change: act.what === 'removed' ? 'not counted as leavers' : 'not counted as joins',
    }
  })

const lookFirst = ({ frame: { community }, acts }: ActsTold): AlertContent['look_first'] => {
  const at = `/c/${encodeURIComponent(community.slug)}`
  const act = acts.find(({ what }) => what === 'removed') ?? (acts[0] as ToldAct)
  const isRemoved = act.what === 'removed'
  return [
    {
      text: isRemoved ? 'Who left in that week, one by one.' : 'Who joined in that week, one by one.',
      path: `${at}/cases?metric=${isRemoved ? 'leavers' : 'joins'}&period=${periodOfDay(act.on, 'week')}`,
    },
    { text: 'Note what was done: the note then stands on every chart.', path: `${at}/interventions?new=${act.on}` },
    { text: 'The members month by month.', path: `${at}/membership` },
  ]
}

/** It has begun, or a further removal has joined it. */
export const sayActs = (told: ActsTold): AlertContent => {
  const { frame, acts, a_year } = told
  const headline = headlineOf(acts)
  const isRemoved = acts.some(({ what, brought_back }) => what === 'removed' && brought_back === null)
  const isImported = acts.some(({ what, brought_back }) => what === 'imported' && brought_back === null)
  return {
    ...frame,
    subject: `${plainLine(frame.community.name, NAME_LENGTH)}: ${headline}`,
    headline: `${startSentence(headline)}.`,
    sentences: [
      ...acts.flatMap((act) => sayUndone(act) ?? []),
      `So many within one minute is one act of an administrator or of a program, not people who ${isRemoved || !isImported ? 'leave' : 'join'} by themselves. The count of members follows it; trends of joins and leavers and the decline alarm leave the week out.`,
      ...(isRemoved
        ? [
            'If these people have really gone, nothing else here will say so: the decline alarm cannot see it. A note on that day keeps it in sight.',
          ]
        : []),
    ],
    how_sure: `Counted, not estimated. ${BULK_RULE} How often a busy week of people who come or go by themselves is taken for one, by simulation: ${sayAlarmRate(a_year)}.`,
    figures: figuresOf(told),
    driver: null,
    look_first: lookFirst(told),
    caveats: [
      'Where a source tells the day alone, all of a day lie in one minute: there only five times the busiest other day of a year is told.',
    ],
  }
}

/** What was removed has been brought back, or what was imported has been taken out again. */
export const sayUndoneActs = (told: ActsTold): AlertContent => {
  const { frame, acts } = told
  const undone = acts.filter(({ brought_back }) => brought_back !== null)
  const headline = headlineOf(undone)
  return {
    ...frame,
    subject: `${plainLine(frame.community.name, NAME_LENGTH)}: ${headline}`,
    headline: `${startSentence(headline)}.`,
    sentences: [...undone.flatMap((act) => sayUndone(act) ?? []), 'Neither counts as joins or as leavers. Nothing need be done.'],
    how_sure: 'Counted, not estimated.',
    figures: figuresOf({ ...told, acts: undone }),
    driver: null,
    look_first: lookFirst({ ...told, acts: undone }),
    caveats: [],
  }
}

/** What was told is undone by what came late: the week no longer shows it. */
export const sayNoAct = ({ frame, kept }: { frame: ActsTold['frame']; kept: AlertContent }): AlertContent => ({
  ...frame,
  subject: `${plainLine(frame.community.name, NAME_LENGTH)}: no bulk step after all in the week of ${formatDay(kept.on)}`,
  headline: `What came since shows no bulk step in the week of ${formatDay(kept.on)}.`,
  sentences: [
    `It was told: ${plainLine(kept.headline, 300)}`,
    'Members who were told of later, or taken back, have changed what that week looks like. Its joins and leavers count again.',
  ],
  how_sure: 'Counted, not estimated.',
  figures: kept.figures,
  driver: null,
  look_first: [{ text: 'The members month by month.', path: `/c/${encodeURIComponent(frame.community.slug)}/membership` }],
  caveats: [],
})

export const sayNoneStands = (acts: readonly ToldAct[], weeks: number): string => {
  const last = acts.at(-1)
  return last === undefined
    ? `No member was removed or imported in bulk in ${sayCountOf(weeks, 'week')}.`
    : `${startSentence(`${sayWhole(last)} on ${formatDay(last.on)}`)}; nothing since.`
}

/** The last day of a week. */
export const endOfWeek = (week_on: string): string => addDays(week_on, 6)
