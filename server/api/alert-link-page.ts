/** The page behind the link of an alert's mail, as HTML that needs no script: what was told, whether it was right, and a rest from it. */
import { RULING_NOTE_LENGTH, type Ruling } from '../../shared/contract/alert.ts'
import { escapeHtml } from '../mail/mail-page.ts'
import { form, page, paragraph } from './linked-page.ts'

export const SNOOZE_WEEKS = 4

export type AlertPage = {
  /** Path of the page, where its forms post to. */
  path: string
  community: string
  /** What was told, as the subject of the mail said it. */
  subject: string
  /** When it was told and how it stands, in sentences. */
  standing: string
  /** What is watched, as the pages name it. */
  rule: string
  /** Where the dashboard shows it. */
  evidence: string
  /** `by`: "You", a name, or somebody. */
  ruling: { ruling: Ruling; by: string; on: string; note: string | null } | null
  snoozed: { until: string; by: string; on: string } | null
  /** What was just done. */
  done: string | null
}

const RULED: Record<Ruling, string> = { false_alarm: 'a false alarm', right: 'right' }

const button = (value: string, label: string): string => `<button name="do" value="${value}">${label}</button>`

const rulingPart = ({ path, ruling }: AlertPage): string => {
  const said =
    ruling === null
      ? paragraph('What you say is counted, and held against how often such alerts are said to be wrong.')
      : [
          paragraph(`${ruling.by} said on ${ruling.on} that this was ${RULED[ruling.ruling]}.`),
          ruling.note === null ? '' : `<p class="note" dir="auto" style="white-space:pre-line">${escapeHtml(ruling.note)}</p>`,
        ].join('\n')
  const choices = [
    ruling?.ruling === 'false_alarm' ? '' : button('false_alarm', 'This was a false alarm'),
    ruling?.ruling === 'right' ? '' : button('right', 'It was right'),
  ].join('')
  return [
    '<h2 id="wrong">Was it right?</h2>',
    said,
    form(
      path,
      `<label for="note">Why, if you like</label><textarea id="note" name="note" rows="2" maxlength="${RULING_NOTE_LENGTH}" dir="auto"></textarea>
<div class="choices" style="margin-top:.75rem">${choices}</div>`,
    ),
    ruling === null ? '' : form(path, `<div class="choices">${button('take_back', 'Take that back')}</div>`),
  ].join('\n')
}

const snoozePart = ({ path, snoozed, rule, community }: AlertPage): string =>
  snoozed === null
    ? [
        '<h2 id="snooze">A rest from it?</h2>',
        paragraph(
          `For ${SNOOZE_WEEKS} weeks nobody is told of “${rule}” in ${community}: not you, and not the others who are told now. It is watched on; what still stands then is told, and so is that this one has ended, if it has.`,
        ),
        form(path, `<div class="choices">${button('snooze', `Snooze for ${SNOOZE_WEEKS} weeks`)}</div>`),
      ].join('\n')
    : [
        '<h2 id="snooze">It is snoozed</h2>',
        paragraph(`${snoozed.by} snoozed it on ${snoozed.on}. Until ${snoozed.until} nobody is told of “${rule}” in ${community}.`),
        form(path, `<div class="choices">${button('unsnooze', 'End the snooze')}</div>`),
      ].join('\n')

export const alertPage = (of: AlertPage): string =>
  page(
    of.subject,
    [
      `<p class="soft" style="margin-bottom:.5rem">${escapeHtml(of.community)} · ${escapeHtml(of.rule)}</p>`,
      `<h1>${escapeHtml(of.subject)}</h1>`,
      of.done === null ? '' : `<p class="note" role="status">${escapeHtml(of.done)}</p>`,
      paragraph(of.standing),
      `<p><a href="${escapeHtml(of.evidence)}" rel="noreferrer">See what it rests on</a> (you sign in there).</p>`,
      rulingPart(of),
      snoozePart(of),
      paragraph('What you do here is noted with your name or address, and can be undone here.', 'soft'),
    ].join('\n'),
  )
