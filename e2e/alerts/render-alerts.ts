import { JUDGED_ALARMS, MISSED } from './judged-alarms.ts'
import type { Noticing, Steadiness } from './measure-kinds.ts'
import type { Replayed, ReplayedAlarm } from './replay-archives.ts'
import { MOST_FALSE_A_YEAR, MOST_WEEKS, type ValidatedRule } from './validate-rules.ts'

const percent = (share: number) => `${Math.round(share * 100)} %`
const fixed = (value: number) => value.toFixed(2)
const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
const table = (head: readonly string[], rows: readonly (readonly string[])[]) =>
  [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n')

/** Fewer years of it say nothing. */
const LEAST_YEARS = 10
const steadyRow = ({ name, design, false_a_year, standard_error, while_it_looks }: Steadiness) => [
  name,
  `${fixed(false_a_year)} ± ${fixed(standard_error)}`,
  ...while_it_looks.map(({ years, told }) => (years < LEAST_YEARS ? '–' : `${fixed(told / years)} (${years.toFixed(0)})`)),
  design ?? '–',
]
const changingRow = ({ name, design, weeks, weeks_error, share_noticed, share_error, share_in_eight, stood }: Noticing) => [
  name,
  weeks === null ? 'never' : `${weeks}${weeks_error === null ? '' : ` ± ${weeks_error}`}`,
  `${percent(share_noticed)} ± ${percent(share_error)}`,
  percent(share_in_eight),
  percent(stood),
  design ?? '–',
]

const renderRule = ({ of, run, steady, changing, failures }: ValidatedRule): string =>
  [
    `### ${of.rule}`,
    `${run.communities} made-up histories of each kind, ${of.watched / 52} years each, seed ${run.seed}. ${failures.length === 0 ? 'It passes.' : `**It fails**: ${failures.join('; ')}.`}`,
    table(
      [
        'nothing changes',
        `false alarms a ${of.unit}-year`,
        ...(steady[0]?.while_it_looks ?? []).map(({ swing }) => `while it looks ${swing}`),
        'at its design',
      ],
      steady.map(steadyRow),
    ),
    ...(changing.length > 0
      ? [
          table(
            [
              'it changes',
              'median weeks to notice',
              'noticed at all',
              `within ${MOST_WEEKS} weeks`,
              'an alarm stood already',
              'at its design',
            ],
            changing.map(changingRow),
          ),
        ]
      : []),
  ].join('\n\n')

const sayAlarm = ({ slug, began_on, named, after, worse_on, ended_on, ending }: ReplayedAlarm): string[] => {
  const judged = JUDGED_ALARMS[`${slug} ${began_on}`]
  return [
    began_on,
    named
      .map(({ id, observed, expected, weeks, z }) => `${id} ${observed} of ${expected.toFixed(0)} in ${weeks} weeks (z ${z.toFixed(1)})`)
      .join(', '),
    after
      .filter(({ shares }) => shares.some((share) => share !== null))
      .map(({ weeks, shares }) => `${weeks} weeks on: ${shares.map((share) => (share === null ? '?' : percent(share))).join(', ')}`)
      .join('; '),
    [...worse_on.map((day) => `clearly worse ${day}`), ended_on === null ? 'stands at the end' : `${ending} ${ended_on}`].join(', '),
    judged === undefined ? 'not looked at yet' : `${judged.judged}: ${judged.why}`,
  ]
}

const renderReplay = (replayed: readonly Replayed[]): string =>
  [
    '### Real histories',
    `What the alarm of a decline would have told of the archives that come with the program, over ${replayed.reduce((sum, { years }) => sum + years, 0).toFixed(1)} years: each looked at by hand.`,
    ...replayed.map(({ name, years, alarms }) =>
      [
        `**${name}** (${years.toFixed(1)} years): ${alarms.length === 0 ? 'no alarm.' : ''}`,
        ...(alarms.length > 0
          ? [table(['told in the week of', 'because', 'of the level before, in 8 weeks', 'and then', 'judged'], alarms.map(sayAlarm))]
          : []),
      ].join('\n\n'),
    ),
    'Looked for and not told:',
    MISSED.map((one) => `- ${one}`).join('\n'),
  ].join('\n\n')

/** The section of docs/validation.md. */
export const renderAlerts = (
  rules: readonly ValidatedRule[],
  { replayed, more, rulesVersion }: { replayed: readonly Replayed[]; more: string; rulesVersion: string },
): string =>
  [
    '## How often an alert is false, and how soon it comes',
    `Written by \`npm run validate:alerts -- --write\`. Rules ${rulesVersion}. Made-up communities, seeded: weekly series go into the same functions that judge real ones. "±" is one standard error (of a median: the half width of the values around it). A false alarm is a mail that something began or became clearly worse where nothing did. It fails (exit 1) above ${MOST_FALSE_A_YEAR} a year on any kind in which nothing changes, or when a halving of all series at 8 a week (by chance alone, at twice its variance, with slow swings of each series, with seasons) takes over ${MOST_WEEKS} weeks in the median. Histories in which an alarm stood already when the change began are left out of the weeks to notice, since somebody had been told. "At its design" is what another simulation of the first detector found, with kinds that differ in detail; "–" where it had none. "While it looks calm": the same in the weeks in which a community of that kind swings so little by what was known then, with how many years that is ("–" under ten). A community that swings more than it shows is more often wrong than is stated of those that look like it: nobody can know of one which kind it is.`,
    ...rules.map(renderRule),
    more.trim(),
    ...(replayed.length > 0 ? [renderReplay(replayed)] : []),
  ].join('\n\n')
