/**
 * A value report cut into the pieces that a mail is laid out of, in the order of the page. The text part and the HTML both lay out
 * these, so that they say the same. Every text in them is one line that cannot reorder what stands around it.
 */
import type { ReportBenefit, ReportContent, ReportFigure, ValueReport } from '../../shared/contract/value-report.ts'
import { formatDay, formatPeriodShort, formatSavedHours } from '../../shared/format.ts'
import { plainLine, plainParagraphs } from '../../shared/plain-text.ts'
import { BENEFIT_PARTS, CLAIM_RANGE, nameMeasured, NOTHING_ASKED, OUTLIERS_APART, REPORT_HEADINGS } from '../../shared/report-headings.ts'
import { sayMade, sayRevision, saySources, sayStanding, sayWithdrawn } from '../../shared/say-report.ts'
import type { Block } from './mail-blocks.ts'

/** How much of each text a mail carries. The content has its own limits; these hold whatever it is, so that no mail is cut off. */
export type Room = { line: number; story: number; notes: number; rows: number }
export const FULL: Room = { line: 800, story: 2000, notes: 40, rows: 16 }
/** For a report that would be too large for Gmail. */
export const BRIEF: Room = { line: 200, story: 300, notes: 0, rows: 6 }
/** And for one that is made of the longest texts everywhere. */
export const LEAST: Room = { line: 80, story: 100, notes: 0, rows: 2 }

const orNull = <T>(value: T | null, change: (value: T) => T): T | null => (value === null ? null : change(value))

const figures = (of: readonly ReportFigure[], room: Room, when: string | null = null): Block[] =>
  of.length === 0
    ? []
    : [
        {
          kind: 'figures',
          rows: of.slice(0, room.rows).map((figure) => ({
            label: plainLine(figure.label, room.line),
            // once over all of them is enough
            when: figure.when === when ? null : orNull(figure.when, (text) => plainLine(text, 200)),
            value: orNull(figure.value, (text) => plainLine(text, room.line)),
            reason: figure.value === null ? plainLine(figure.reason ?? 'Not measured.', room.line) : null,
            mark: orNull(figure.note, (mark) => plainLine(mark, 8)),
          })),
        },
      ]

const text = (kind: 'paragraph' | 'small' | 'subheading' | 'heading' | 'label' | 'notice', of: string, room: Room): Block[] => {
  const plain = plainLine(of, room.line)
  return plain === '' ? [] : [{ kind, text: plain }]
}

const list = (texts: readonly string[], room: Room): Block[] =>
  texts.length === 0 ? [] : [{ kind: 'list', texts: texts.slice(0, room.rows).map((one) => plainLine(one, room.line)) }]

/** The days that several figures all count over: said once, over them. */
const sharedWhen = (of: readonly ReportFigure[]): string | null => {
  const when = of[0]?.when ?? null
  return of.length > 1 && of.every((one) => one.when === when) ? when : null
}

const sayPart = (part: string, when: string | null): string => (when === null ? part : `${part} ${when}`)

const cutBenefit = (benefit: ReportBenefit, room: Room): Block[] => [
  ...text('subheading', benefit.title, room),
  ...text('paragraph', benefit.sentence, room),
  ...(benefit.measured.length === 0
    ? []
    : [...text('label', sayPart(nameMeasured(benefit.measured), benefit.when), room), ...figures(benefit.measured, room, benefit.when)]),
  ...(benefit.confirmed.length === 0
    ? []
    : [
        ...text('label', sayPart(BENEFIT_PARTS.confirmed, sharedWhen(benefit.confirmed)), room),
        ...figures(benefit.confirmed, room, sharedWhen(benefit.confirmed)),
      ]),
  ...(benefit.unmeasured.length === 0
    ? []
    : [
        ...text('label', BENEFIT_PARTS.unmeasured, room),
        ...list(
          benefit.unmeasured.map(({ label, reason }) => `${label}: ${reason}`),
          room,
        ),
      ]),
]

const cutClaims = ({ claims }: ReportContent['pays'], room: Room): Block[] => {
  const hours = [claims.low_hours, claims.central_hours, claims.high_hours]
  const range = [CLAIM_RANGE.low, CLAIM_RANGE.central, CLAIM_RANGE.high].map((label, i) => ({
    label,
    when: null,
    value: formatSavedHours(hours[i] ?? 0),
    reason: null,
    mark: null,
  }))
  return [
    ...text('subheading', REPORT_HEADINGS.claims, room),
    { kind: 'paragraph', text: plainLine(claims.sentence, room.line), mark: orNull(claims.note, (mark) => plainLine(mark, 8)) },
    ...(hours.every((value) => value !== null) ? [{ kind: 'figures', rows: range } as const] : []),
    ...(claims.outliers.length === 0 ? [] : [...text('small', OUTLIERS_APART, room), ...list(claims.outliers, room)]),
  ]
}

const cutPays = ({ content: { pays } }: ValueReport, room: Room): Block[] => [
  ...text('heading', REPORT_HEADINGS.pays, room),
  ...text('paragraph', pays.sentence, room),
  ...text('subheading', REPORT_HEADINGS.benefited, room),
  ...figures([pays.benefited], room),
  ...text('subheading', REPORT_HEADINGS.stayed, room),
  ...text('paragraph', pays.retention.sentence, room),
  ...figures(pays.retention.figures, room),
  ...text('small', pays.retention.caveat, room),
  ...text('subheading', REPORT_HEADINGS.break_even, room),
  ...text('paragraph', pays.break_even.sentence, room),
  ...figures(pays.break_even.figures, room),
  ...cutClaims(pays, room),
]

const cutGrowth = ({ content }: ValueReport, room: Room): Block[] => {
  const { growth } = content
  const rows = growth.rows.slice(0, room.rows).map(({ label, cells, note }) => ({
    label: plainLine(label, 80),
    mark: orNull(note, (mark) => plainLine(mark, 8)),
    cells: cells.map(({ value, reason }) => ({
      value: orNull(value, (one) => plainLine(one, 80)),
      reason: value === null ? plainLine(reason ?? 'not known', room.line) : null,
    })),
  }))
  const trend = growth.trend.slice(-13).map(({ month, joined, left }) => ({ label: formatPeriodShort(month), joined, left }))
  return [
    ...text('heading', REPORT_HEADINGS.growth, room),
    ...text('paragraph', growth.sentence, room),
    ...(rows.length === 0 ? [] : [{ kind: 'growth', columns: growth.columns.map((one) => plainLine(one, 40)), rows } as const]),
    ...(trend.filter(({ joined, left }) => joined !== null || left !== null).length < 2
      ? []
      : [...text('label', 'Joined and left, month by month', room), { kind: 'trend', rows: trend } as const]),
    ...(content.is_month_whole || trend.length === 0
      ? []
      : text('small', `${content.title} is not whole: only the days that are known count.`, room)),
  ]
}

/** Somebody's own words; nothing where there are none. */
const quote = (told: string, by: string, room: Room): Block[] => {
  const texts = plainParagraphs(told, room.story).filter((one) => one !== '')
  return texts.length === 0 ? [] : [{ kind: 'quote', texts, by: by === '' ? null : by }]
}

const isCut = (told: string, room: Room): boolean => plainParagraphs(told, room.story).join('\n\n') !== plainParagraphs(told).join('\n\n')

const cutStories = ({ content, withdrawn_story_count }: ValueReport, room: Room): Block[] => [
  ...text('heading', REPORT_HEADINGS.stories, room),
  ...content.stories
    .slice(0, room.rows)
    .flatMap(({ text: told, by, on, is_shortened }) =>
      quote(told, `${plainLine(by, 120)}, ${formatDay(on)}${is_shortened || isCut(told, room) ? ' (shortened)' : ''}`, room),
    ),
  ...text('small', content.stories_note ?? '', room),
  ...(withdrawn_story_count === 0 ? [] : text('small', sayWithdrawn(withdrawn_story_count), room)),
]

const cutAsk = ({ content: { ask } }: ValueReport, room: Room): Block[] => [
  ...text('heading', REPORT_HEADINGS.ask, room),
  ...(ask === null
    ? ([{ kind: 'paragraph', text: NOTHING_ASKED }] as const)
    : quote(ask.text, `${plainLine(ask.by ?? '', 120)}${isCut(ask.text, room) ? ' (shortened)' : ''}`.trim(), room)),
]

const cutNotes = ({ content: { footnotes } }: ValueReport, room: Room): Block[] => {
  if (footnotes.length === 0) return []
  const notes = footnotes.slice(0, room.notes).map((one) => ({ mark: plainLine(one.mark, 8), text: plainLine(one.text, room.line * 2) }))
  return [
    ...text('heading', REPORT_HEADINGS.notes, room),
    notes.length === 0 ? { kind: 'small', text: 'The notes on how this was counted stand on the page.' } : { kind: 'notes', notes },
  ]
}

/** When it was made and of what, and what has been corrected in it. */
const cutMaking = (report: ValueReport, room: Room): Block[] => [
  ...text('heading', REPORT_HEADINGS.making, room),
  ...text('small', `${sayMade(report)} ${saySources(report)}`, room),
  ...report.corrections
    .filter(({ revision }) => report.revision !== null && revision <= report.revision)
    .slice(-room.rows)
    .flatMap(({ revision, made_at, reason, changes }) => [
      ...text('small', `Revision ${revision}, ${formatDay(made_at.slice(0, 10))}: ${reason}`, room),
      ...list(changes, room),
    ]),
]

/** The report as pieces, with no more of each than there is room for. */
export const cutReport = (report: ValueReport, room: Room = FULL): Block[] => {
  const { content } = report
  const isPlain = report.status === 'frozen' && (report.revision ?? 1) === 1 && (report.last_revision ?? 1) === 1
  return [
    {
      kind: 'kicker',
      text: `${plainLine(content.community.name, 120)} · Value report, ${plainLine(content.title, 60)}${sayRevision(report)}`,
    },
    ...(isPlain ? [] : text('notice', sayStanding(report), room)),
    { kind: 'title', text: plainLine(content.opening.headline, room.line) },
    ...(content.opening.sentences.length === 0
      ? []
      : [
          {
            kind: 'paragraph',
            text: plainLine(content.opening.sentences.join(' '), room.line * 2),
            mark: orNull(content.opening.note, (mark) => plainLine(mark, 8)),
          } as const,
        ]),
    ...(content.ask === null ? [] : text('small', 'One thing is asked of you, at the end.', room)),
    { kind: 'links' },
    ...(content.caveats.length === 0 ? [] : [...text('label', REPORT_HEADINGS.caveats, room), ...list(content.caveats, room)]),
    ...(content.benefits.length === 0 ? [] : text('heading', REPORT_HEADINGS.benefits, room)),
    ...content.benefits.flatMap((benefit) => cutBenefit(benefit, room)),
    ...cutPays(report, room),
    ...cutGrowth(report, room),
    ...cutStories(report, room),
    ...cutAsk(report, room),
    ...cutNotes(report, room),
    ...cutMaking(report, room),
  ]
}
