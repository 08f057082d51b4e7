import type { CommunitySummary } from '../../../shared/contract/community.ts'
import type { Cell } from '../../ui/csv.ts'
import { TRAJECTORY_WORDS, VERDICT_WORDS } from '../verdict/verdict-words.ts'

/** The rows shown as a file, with a header line; what is not known is empty. */
export const listFile = (rows: readonly CommunitySummary[]): Cell[][] => [
  [
    'slug',
    'name',
    'demo',
    'needs you',
    'verdict',
    'direction',
    'members',
    'answered, 12 months',
    'of questions',
    'last alert',
    'last alert stands',
    'last alert began',
    'contributions, 12 months',
    'known by',
  ],
  ...rows.map((row): Cell[] => [
    row.slug,
    row.name,
    row.is_demo ? 'yes' : 'no',
    row.needs.map(({ sentence }) => sentence).join('; '),
    row.standing === null ? null : VERDICT_WORDS[row.standing].word,
    row.trajectory === 'unknown' ? null : TRAJECTORY_WORDS[row.trajectory].word,
    row.member_count,
    row.answered_share?.denominator ? row.answered_share.numerator : null,
    row.answered_share?.denominator || null,
    row.last_alert?.headline ?? null,
    row.last_alert === null ? null : row.last_alert.is_standing ? 'yes' : 'no',
    row.last_alert?.began_on ?? null,
    row.contributions_by_month.length === 0 ? null : row.contributions_by_month.reduce((sum, { count }) => sum + count, 0),
    row.known_by,
  ]),
]
