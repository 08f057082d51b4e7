import { VERDICTS, type VerdictName } from '../../shared/contract/verdict.ts'
import type { ClusterShare } from './cluster-share.ts'
import type { Accusation, CaseRow, Flips, Tally } from './tally.ts'

const SHORT: Record<VerdictName, string> = {
  dormant: 'dormant',
  too_little_data: 'too little data',
  workgroup: 'workgroup',
  newsletter: 'newsletter',
  teaching_platform: 'teaching',
  blog: 'blog',
  community: 'community',
  mixed: 'mixed',
}
const SETS: Record<Tally['set'], string> = {
  tuning: 'Settings that were looked at while the rules were made',
  held_out: 'Settings held out',
  archive: 'Real archives',
}

const percent = (share: number): string => (share === 1 || share === 0 ? `${100 * share} %` : `${(100 * share).toFixed(1)} %`)
/** "96.1 % (93–98), 402 of 418 in 20" */
const share = (one: ClusterShare | null): string =>
  one === null
    ? '–'
    : `${percent(one.k / one.n)} (${Math.floor(100 * one.low)}–${Math.ceil(100 * one.high)}), ${one.k} of ${one.n} in ${one.communities}`

const table = (head: readonly string[], rows: readonly (readonly (string | number)[])[]): string[] => [
  `| ${head.join(' | ')} |`,
  `|${head.map(() => '---').join('|')}|`,
  ...rows.map((row) => `| ${row.join(' | ')} |`),
  '',
]

const confusion = ({ confusion: rows }: Tally): string[] =>
  table(
    ['it is \\ it was called', ...VERDICTS.map((name) => SHORT[name]), 'month ends'],
    rows.map(({ label, found }) => [
      `**${SHORT[label]}**`,
      ...VERDICTS.map((name) => (found[name] === 0 ? '·' : name === label ? `**${found[name]}**` : found[name])),
      VERDICTS.reduce((sum, name) => sum + found[name], 0),
    ]),
  )

const perVerdict = ({ recall, precision }: Tally): string[] =>
  table(
    ['verdict', 'precision: so called, and right', 'recall: it is one, and was so called'],
    VERDICTS.map((name) => [
      SHORT[name],
      share(precision.find(({ verdict }) => verdict === name)?.share ?? null),
      share(recall.find(({ verdict }) => verdict === name)?.share ?? null),
    ]),
  )

const flipRow = (what: string, { flips, years, communities, flipping }: Flips): (string | number)[] => [
  what,
  flips,
  years.toFixed(1),
  years === 0 ? '–' : (flips / years).toFixed(3),
  `${flipping} of ${communities}`,
]

const accused = (one: Accusation): (string | number)[] => [
  one.setting,
  one.at,
  SHORT[one.verdict],
  one.support === null ? '–' : percent(one.support),
  one.strength ?? '–',
  one.standing === null ? '–' : SHORT[one.standing],
]

const found = (row: CaseRow): string =>
  VERDICTS.filter((name) => row.found[name])
    .sort((a, b) => (row.found[b] ?? 0) - (row.found[a] ?? 0))
    .map((name) => `${SHORT[name]} ${row.found[name]}`)
    .join(', ')

const cases = (rows: readonly CaseRow[], isLabelled: boolean): string[] =>
  table(
    ['case', ...(isLabelled ? ['it is'] : []), 'called', 'right', 'wrong and clear', 'what stands is right, where something does'],
    rows.map((row) => [
      row.group === 'noisy' ? `${row.title}, a quarter of it noise` : row.title,
      ...(isLabelled ? [row.label.replaceAll('_', ' ')] : []),
      found(row),
      share(row.right),
      row.wrong_and_clear,
      row.standing_known === 0 ? '–' : `${percent(row.standing_right / row.standing_known)} of ${row.standing_known}`,
    ]),
  )

const bin = ({ from, to }: { from: number; to: number }): string =>
  from === 0 ? 'under 60 %' : to === Number.POSITIVE_INFINITY ? 'all of them' : `${100 * from} to ${Math.round(100 * to)} %`

const oneSet = (one: Tally, failures: readonly string[]): string[] => {
  const { true_communities: judged } = one
  return [
    `## ${SETS[one.set]}`,
    '',
    `${one.communities} communities, ${one.evaluations} month ends. ${failures.length === 0 ? 'It passes.' : 'It **fails**:'}`,
    '',
    ...failures.map((line) => `- ${line}`),
    ...(failures.length === 0 ? [] : ['']),
    ...confusion(one),
    ...perVerdict(one),
    ...(one.pure.length === 0
      ? []
      : table(
          ['pure type', 'right', 'right and clear'],
          one.pure.map(({ title, recall, right_and_clear }) => [title, share(recall), share(right_and_clear)]),
        )),
    `**False accusations**: month ends of true communities (${judged.communities}, with ${judged.evaluations} month ends) that were called blog, newsletter or workgroup, or had it stand: ${one.accusations.length}.`,
    '',
    ...(one.accusations.length === 0
      ? []
      : table(['community', 'month end', 'called', 'support', 'strength', 'what stands'], one.accusations.map(accused))),
    ...table(
      ['unjustified flips', 'flips', 'community-years', 'a year', 'communities that flipped'],
      [
        flipRow("this month's verdict, without hysteresis", one.flips.month),
        ...(one.flips.standing ? [flipRow('the verdict that stands, with it', one.flips.standing)] : []),
      ],
    ),
    '**Case by case**',
    '',
    ...cases(one.cases, true),
    ...(one.mixtures.length === 0
      ? []
      : [
          '**Mixtures**: nobody could say what is right, so mixed or either part counts as right; none of it enters the figures above.',
          '',
          ...cases(one.mixtures, false),
        ]),
    ...(one.calibration.every((row) => row.share === null)
      ? []
      : [
          '**What support is worth**: of the month ends with so much support, how many were right. Support says how far the threads of a window agree; it is no probability.',
          '',
          ...table(
            ['support', 'right'],
            one.calibration.map((row) => [bin(row), share(row.share)]),
          ),
        ]),
    ...(one.near_floor.every((row) => row.right === null)
      ? []
      : [
          '**Why 30 contributions**: windows of pure types, those of about 15 judged as though the floor were not there.',
          '',
          ...table(
            ['contributions', 'right', 'right and clear'],
            one.near_floor.map(({ from, to, right, right_and_clear }) => [`${from} to ${to}`, share(right), share(right_and_clear)]),
          ),
        ]),
  ]
}

/** The report as Markdown. `looks` says when and why the settings held out were looked at. */
export const renderReport = (
  sets: readonly { tally: Tally; failures: readonly string[] }[],
  { rulesVersion, looks }: { rulesVersion: string; looks: readonly string[] },
): string =>
  [
    '# How right the verdict is',
    '',
    `Written by \`npm run validate\`; do not edit. Rules ${rulesVersion}. Communities of which is known what they are go the whole way that a real one goes: events,`,
    'database, rollups, and at every month end the verdict with its support and what stands. Nothing is mocked. Made-up ones are drawn with fixed seeds by',
    'the generator of `npm run cli -- generate`, and [settings.ts](../e2e/validation/settings.ts) lists them with what an honest observer would call each.',
    'Made-up communities show that the rules do what they say, over sizes, noise and the cases we could think of. They do not show how often real ones are like them:',
    'for that there are the few real archives at the end, and whoever has more is asked to add theirs.',
    '',
    'A month end counts with at least 8 weeks of history and 30 contributions in its window (10 for the thin newsletter and the lone writer, which are known',
    'by less; none for what is silent). The unit is the month end, the communities are the sample: "96.1 % (93–98), 402 of 418 in 20" means 402 of 418 month',
    'ends of 20 communities, with a 95 % interval that takes month ends of one community to be alike. An unjustified flip is a change from one month end to the',
    'next while what the community is did not change; a first verdict after "too little data" takes nothing back and is none. "Right" is the verdict of the month,',
    'whatever its support. No made-up community is mixed by its label, so whichever was called "mixed" is a miss: it accuses nobody, and says that no pattern was found.',
    '',
    `It fails (exit 1) when a pure type is right at under 90 % of month ends, when a true community is called blog, newsletter or workgroup with clear support, or at 0.2 or more`,
    'unjustified flips a year of the verdict that stands: for each set by itself.',
    '',
    `A third of the settings, chosen by a hash of their names before any verdict was seen, was **held out**: nothing was tuned to it. ${looks.join(' ')}`,
    '',
    ...sets.flatMap(({ tally, failures }) => oneSet(tally, failures)),
  ].join('\n')
