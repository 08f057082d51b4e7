/**
 * `/alert/:token`: what the recipient of an alert's mail says of it, without signing in. Reading changes nothing, since scanners fetch every
 * link of a mail; what changes something is posted by a button.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type pg from 'pg'
import { cleanWords } from '../../shared/clean-words.ts'
import { RULING_NOTE_LENGTH, type Ruling } from '../../shared/contract/alert.ts'
import { dayInZone, formatDay } from '../../shared/format.ts'
import { plainLine } from '../../shared/plain-text.ts'
import { ruleOf } from '../alerts/catalogue.ts'
import { readAlertToken } from '../jobs/alert-links.ts'
import { findAlertRecipient, maySay, type StoredAlertRecipient } from '../store/alert-recipients.ts'
import { ruleAlert } from '../store/alert-says.ts'
import { snoozeRule } from '../store/alert-settings.ts'
import { type LinkedAlert, readLinkedAlert, recipientMark } from '../store/linked-alert.ts'
import { alertPage, SNOOZE_WEEKS } from './alert-link-page.ts'
import { LINKED_PAGE_POLICY, sayPage } from './linked-page.ts'
import { SHARED_RATE_LIMIT, UNLISTED_HEADERS } from './shared-reports-routes.ts'

const DAY_MS = 86_400_000
/** Days after an alert has ended for which its links work; our judgement: a quarter, in which somebody looks back at it. */
export const LINK_DAYS_AFTER = 90
/** A form holds a note of a thousand characters; a longer one is cut and not refused. */
const MAX_FORM_BYTES = 64 * 1024

const DONE = {
  false_alarm: 'Noted: this was a false alarm.',
  right: 'Noted: this was right.',
  take_back: 'Taken back: nothing is said of it now.',
  snooze: `Snoozed for ${SNOOZE_WEEKS} weeks.`,
  unsnooze: 'The snooze is over: who is told of it is told again.',
} as const
type Deed = keyof typeof DONE

const ENDINGS: Record<LinkedAlert['state'], string> = {
  open: 'It still stands.',
  recovered: 'It has recovered since.',
  passed: 'It is over.',
  settled: 'After a year the new level counts as the usual one.',
  withdrawn: 'It was withdrawn: what came late showed that it was not so.',
  switched_off: 'It is not watched any more.',
}

type Opened = { alert: LinkedAlert; to: StoredAlertRecipient }
type TokenRequest = FastifyRequest<{ Params: { token: string }; Querystring: Record<string, unknown> }>

export const alertLinkRoutes =
  ({ pool, secretKey, now }: { pool: pg.Pool; secretKey: string; now: () => Date }) =>
  async (app: FastifyInstance): Promise<void> => {
    app.removeAllContentTypeParsers()
    app.addContentTypeParser('*', { parseAs: 'string', bodyLimit: MAX_FORM_BYTES }, (_request, body, done) => done(null, body))
    const options = { schema: { hide: true } as object, config: { access: 'public', rateLimit: SHARED_RATE_LIMIT } as const }

    const send = (reply: FastifyReply, status: number, html: string) =>
      reply
        .status(status)
        .type('text/html; charset=utf-8')
        .headers({ ...UNLISTED_HEADERS, 'content-security-policy': LINKED_PAGE_POLICY })
        .send(html)

    /** What the token opens; else the page that says why it opens nothing. */
    const open = async (token: string): Promise<Opened | { status: number; html: string }> => {
      const unknown = {
        status: 404,
        html: sayPage('This link leads nowhere', [
          'It may be cut short, or the alert is gone, or you are not told of this community’s alerts any more.',
          'If it came in a mail, try to open the whole of it from there.',
        ]),
      }
      const ids = readAlertToken(secretKey, token)
      if (ids === null) return unknown
      const alert = await readLinkedAlert(pool, ids.communityId, ids.alertId)
      const to = alert === null ? null : await findAlertRecipient(pool, ids.communityId, ids.recipientKey)
      if (alert === null || to === null) return unknown
      if (!maySay(to))
        return {
          status: 403,
          html: sayPage('This is for those who look after the community', [
            'You read its alerts; whether one was right, its managers say.',
          ]),
        }
      const isOver = alert.closed_at !== null && now().getTime() - alert.closed_at.getTime() > LINK_DAYS_AFTER * DAY_MS
      if (!isOver) return { alert, to }
      const text = `The alert ended more than ${LINK_DAYS_AFTER} days ago. On the Alerts page of the community something can still be said of it.`
      return { status: 410, html: sayPage('This link has run out', [text]) }
    }

    const show = ({ alert, to }: Opened, token: string, done: string) => {
      const day = (at: Date) => formatDay(dayInZone(at.toISOString(), alert.time_zone))
      const own = recipientMark(to)
      const who = (mark: string | null, name: string | null) =>
        mark !== null && mark === own ? 'You' : name === null ? 'Somebody who was told of it' : plainLine(name, 80)
      const snoozedUntil = alert.snoozed_until !== null && alert.snoozed_until > now() ? alert.snoozed_until : null
      // the address says what was done, and the store whether it was
      const isTrue: Record<Deed, boolean> = {
        false_alarm: alert.ruling === 'false_alarm',
        right: alert.ruling === 'right',
        take_back: alert.ruling === null,
        snooze: snoozedUntil !== null,
        unsnooze: snoozedUntil === null,
      }
      const deed = Object.hasOwn(DONE, done) ? (done as Deed) : null
      return alertPage({
        path: `/alert/${token}`,
        community: plainLine(alert.community_name, 120),
        subject: plainLine(alert.content.subject, 300),
        standing: `You were told on ${day(alert.told_at)}. ${ENDINGS[alert.state]}`,
        rule: ruleOf(alert.rule).title,
        evidence: `/c/${encodeURIComponent(alert.slug)}/alerts?alert=${readAlertToken(secretKey, token)?.alertId ?? ''}`,
        ruling:
          alert.ruling === null || alert.ruled_at === null
            ? null
            : {
                ruling: alert.ruling,
                by: who(alert.ruled_by, alert.ruled_by_name),
                on: day(alert.ruled_at),
                note: alert.ruling_note === null ? null : cleanWords(alert.ruling_note, { length: RULING_NOTE_LENGTH, isOneLine: false }),
              },
        snoozed:
          snoozedUntil === null || alert.snoozed_at === null
            ? null
            : { until: day(snoozedUntil), by: who(alert.snoozed_by, alert.snoozed_by_name), on: day(alert.snoozed_at) },
        done: deed !== null && isTrue[deed] ? DONE[deed] : null,
      })
    }

    const rule = async ({ alert, to }: Opened, alertId: string, ruling: Ruling | null, note: string | null) => {
      const userId = recipientMark(to)
      // a second click, or nothing to take back
      if (alert.ruling === ruling && (ruling === null || (alert.ruled_by === userId && note === null))) return
      await ruleAlert(pool, { communityId: alert.community_id, alertId, ruling, note, version: null, userId, now: now() })
    }

    const snooze = async ({ alert, to }: Opened, isOn: boolean) => {
      const isSnoozed = alert.snoozed_until !== null && alert.snoozed_until > now()
      // a second click does not make it longer
      if (isOn === isSnoozed) return
      const until = isOn ? new Date(now().getTime() + SNOOZE_WEEKS * 7 * DAY_MS) : null
      const isOnByDefault = ruleOf(alert.rule).is_on_by_default
      const of = { communityId: alert.community_id, rule: alert.rule, userId: recipientMark(to), now: now(), isOnByDefault }
      await snoozeRule(pool, { ...of, until })
    }

    app.get('/alert/:token', options, async (plain, reply) => {
      const { params, query } = plain as TokenRequest
      const opened = await open(params.token)
      if ('html' in opened) return send(reply, opened.status, opened.html)
      return send(reply, 200, show(opened, params.token, typeof query.done === 'string' ? query.done : ''))
    })

    app.post('/alert/:token', options, async (plain, reply) => {
      const { params, body } = plain as TokenRequest
      const opened = await open(params.token)
      if ('html' in opened) return send(reply, opened.status, opened.html)
      const fields = new URLSearchParams(typeof body === 'string' ? body : '')
      const deed = fields.get('do') ?? ''
      if (!Object.hasOwn(DONE, deed)) return send(reply, 400, show(opened, params.token, ''))
      const note = cleanWords(fields.get('note') ?? '', { length: RULING_NOTE_LENGTH, isOneLine: false }) || null
      const alertId = readAlertToken(secretKey, params.token)?.alertId ?? ''
      if (deed === 'snooze' || deed === 'unsnooze') await snooze(opened, deed === 'snooze')
      else await rule(opened, alertId, deed === 'take_back' ? null : (deed as Ruling), note)
      return reply.redirect(`/alert/${params.token}?done=${deed}`, 303)
    })
  }
